"""Databases, temporary files and the program's own folders. Knows nothing of photos."""
