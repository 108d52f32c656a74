"""Decodes files to pixels in worker processes. Knows no model and moves nothing."""
