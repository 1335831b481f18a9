"""What the export menus show."""
