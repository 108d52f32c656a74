"""Tells cats from dogs in photos and sorts them into folders."""

__version__ = "0.1.0"
