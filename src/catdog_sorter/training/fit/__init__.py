"""Fits a network to labelled photos in either framework, and exports it."""
