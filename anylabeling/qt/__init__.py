"""Qt mechanics without product policy."""
