"""Many articles in and out: import, export, seeds."""
