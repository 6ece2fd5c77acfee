"""One file per canvas mode."""
