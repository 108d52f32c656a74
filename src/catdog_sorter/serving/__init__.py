"""A service that says over HTTP what photos show. Keeps no photo and writes none down."""
