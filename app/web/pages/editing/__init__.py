"""Pages about who may edit."""
