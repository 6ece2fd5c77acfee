"""Scripts that make and check parts of the product."""
