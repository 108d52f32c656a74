"""Trains a model bundle on folders of labelled photos."""
