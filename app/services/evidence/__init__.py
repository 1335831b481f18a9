"""Evidence files: made by editors, kept so that each can be made again, byte for byte, for whoever asks."""
