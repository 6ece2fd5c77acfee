"""Of distributions that unpack into one and the same folder exactly one is installed: two break each other."""

from __future__ import annotations

import re
from importlib.metadata import distributions

import pytest

FAMILIES = {
    "OpenCV": {
        "opencv-python",
        "opencv-python-headless",
        "opencv-contrib-python",
        "opencv-contrib-python-headless",
    },
    "ONNX Runtime": {"onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino"},
}


@pytest.mark.parametrize("family", FAMILIES)
def test_exactly_one_distribution_of_a_family_is_installed(family: str) -> None:
    names = {re.sub(r"[-_.]+", "-", entry.metadata["Name"]).lower() for entry in distributions()}
    assert len(names & FAMILIES[family]) == 1, f"{family}: {sorted(names & FAMILIES[family])}"
