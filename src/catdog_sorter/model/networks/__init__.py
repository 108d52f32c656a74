"""The architectures, one module a framework, and how weights travel between their layouts."""
