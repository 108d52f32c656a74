"""An HTTP service that classifies photos. Keeps no photo and writes none to disk."""
