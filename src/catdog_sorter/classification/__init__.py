"""From photos found to verdicts: pipeline, cache, corrections, and the public `Classifier`."""
