"""Classifying on many computers at once, with Ray, into parts that are each whole or not there."""
