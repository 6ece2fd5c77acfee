"""Models that label: specification, backends, model families, the pipeline over many images."""
