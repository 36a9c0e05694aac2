"""A figure to the bytes of a file."""
