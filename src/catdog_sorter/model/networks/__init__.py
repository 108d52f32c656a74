"""The architectures, one module for each framework, and conversion of weights between them."""
