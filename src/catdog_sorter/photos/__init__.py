"""Which files are photos, and what belongs to each. Reads folders; decodes and moves nothing."""
