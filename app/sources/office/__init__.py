"""Read word processors' documents: docx, odt, rtf."""
