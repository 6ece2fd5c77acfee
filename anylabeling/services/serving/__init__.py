"""Models for other machines: loaded here, asked over HTTP."""
