"""The only way out: standard output and error, files, and what the terminal can show."""
