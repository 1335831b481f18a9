"""What readers are shown first of a finished comparison: its most serious finding, and excerpts around a change."""
