"""From folders of labelled photos to a model bundle."""
