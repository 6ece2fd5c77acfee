"""Small helpers with no product knowledge."""
