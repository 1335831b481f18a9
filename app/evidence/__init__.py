"""Evidence files: a comparison with all that it rests on in one zip, and checking such a file without any server."""
