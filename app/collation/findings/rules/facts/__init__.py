"""What is said to be so: numbers, dates and names."""
