"""Reports a person keeps: of the photos of a run, and the frame every page shares."""
