"""Classifies photos that were found: pipeline, cache, corrections, and the public `Classifier`."""
