"""Classifies on many computers with Ray, into parts that are written atomically."""
