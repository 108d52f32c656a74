"""The window's other process, and what both say to each other."""
