"""Put the program together: controllers and views over the services, and the connections between them."""

from anylabeling.bootstrap.program import Program, StartOptions

__all__ = ["Program", "StartOptions"]
