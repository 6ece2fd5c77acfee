"""What the dialogs show for values that a settings file holds as words of the program."""

from __future__ import annotations

from collections.abc import Mapping

from anylabeling.translation import tr

_CHOICES: Mapping[str, Mapping[str | None, str]] = {
    "language": {
        "system": tr("system"),
        "en_US": "English",
        "vi_VN": "Tiếng Việt",
        "zh_CN": "简体中文",
    },
    "theme": {"system": tr("system"), "light": tr("light"), "dark": tr("dark")},
    "logger_level": {
        "debug": tr("debug"),
        "info": tr("info"),
        "warning": tr("warning"),
        "error": tr("error"),
        "fatal": tr("fatal"),
    },
    "validate_label": {None: tr("any"), "exact": tr("exact")},
    "label_completion": {"startswith": tr("at the start"), "contains": tr("anywhere")},
    "canvas.double_click": {None: tr("nothing"), "close": tr("closes it")},
    "shape_color": {None: tr("none"), "auto": tr("auto"), "manual": tr("manual")},
    "performance.preferred_backend": {
        "auto": tr("auto"),
        "onnx-cpu": "ONNX Runtime, CPU",
        "onnx-gpu": "ONNX Runtime, GPU",
        "ultralytics": "Ultralytics",
        "cv2.dnn": "OpenCV DNN",
        "tensorrt": "TensorRT",
        "openvino": "OpenVINO",
    },
    "performance.accel": {"auto": tr("auto"), "rust": "Rust", "cython": "Cython", "numpy": "NumPy"},
}

_UNCHOSEN_COLORS: Mapping[str, str] = {
    "shape.line_color": tr("accent"),
    "shape.fill_color": tr("its own colour"),
    "shape.vertex_fill_color": tr("white"),
    "shape.select_line_color": tr("its own colour"),
    "shape.select_fill_color": tr("its own colour"),
    "shape.hvertex_fill_color": tr("accent"),
}


def choice_text(key: str, choice: str | None) -> str:
    """Return what is shown for a value of a setting that is one of several.

    Raises:
        KeyError: When the setting or the value is not known here.
    """
    return _CHOICES[key][choice]


def unchosen_color_text(key: str) -> str:
    """Return what takes the place of a colour whose default stands for no choice; empty where it stands for itself."""
    return _UNCHOSEN_COLORS.get(key, "")
