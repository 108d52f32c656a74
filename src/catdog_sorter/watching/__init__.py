"""Sorts new photos in a folder as they appear."""
