"""Reports of the photos of a run, and the page layout that all reports share."""
