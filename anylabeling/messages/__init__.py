"""Frozen values that cross between the services and the window."""
