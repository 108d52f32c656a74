"""Labelled photos: found, split, augmented and prepared."""
