"""How the bundled sample pictures and the bundled detector are made."""
