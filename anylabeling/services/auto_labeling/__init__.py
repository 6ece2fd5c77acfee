"""Models that label: specification, backends, model families, the pipeline over many images."""

import os

# ONNX Runtime would report to Microsoft from its first use on: since 1.32 on Linux, too. It asks for this once, when it
# is loaded, and other packages load it as well, so it is said before anything here can. A person's own word counts.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
