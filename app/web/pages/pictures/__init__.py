"""Share pictures: what they say, how they are drawn, and where they are kept."""
