"""The canvas that shows and edits one image."""
