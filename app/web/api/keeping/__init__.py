"""Labels, exports, evidence files and the trash."""
