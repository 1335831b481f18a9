"""Tables, the engine, and reads."""
