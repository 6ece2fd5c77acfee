"""Decoded pictures: scanning folders, caching, loading ahead."""
