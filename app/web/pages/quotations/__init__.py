"""Pages about quotations."""
