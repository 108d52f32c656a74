"""A trained model: its bundle, and the backends and networks that run it."""
