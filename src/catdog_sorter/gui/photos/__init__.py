"""The photos in the window: rows, grid, thumbnails and the large picture."""
