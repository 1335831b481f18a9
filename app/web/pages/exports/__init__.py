"""What the menus of things to take away show."""
