"""Keeping the program running: opening the database, background work, backup."""
