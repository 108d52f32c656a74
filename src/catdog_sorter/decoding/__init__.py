"""From a file to pixels, in processes that may die. Knows no model and moves nothing."""
