"""The worker process of the window, and the messages between the two."""
