"""Finds photos and the files that belong to each. Reads folders; decodes and moves nothing."""
