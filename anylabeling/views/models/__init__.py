"""Item models behind the lists."""
