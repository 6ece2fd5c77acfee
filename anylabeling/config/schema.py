"""Every setting: its key, type, default, bounds and what it does. A new setting is one row here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType

from anylabeling.config import shortcuts
from anylabeling.config.setting import Setting, SettingKind, describe_values, validate

__all__ = ["SETTINGS", "Setting", "SettingKind", "describe_values", "nearest_key", "validate"]

_BOOL, _INT, _FLOAT = SettingKind.BOOL, SettingKind.INT, SettingKind.FLOAT
_TEXT, _CHOICE, _TEXT_LIST = SettingKind.TEXT, SettingKind.CHOICE, SettingKind.TEXT_LIST
_COLOR, _COLOR_ALPHA = SettingKind.COLOR, SettingKind.COLOR_ALPHA

BACKENDS = ("auto", "onnx-cpu", "onnx-gpu", "ultralytics", "cv2.dnn", "tensorrt", "openvino")
ACCELERATORS = ("auto", "rust", "cython", "numpy")


def default_worker_threads() -> int:
    """Return min(8, number of processors)."""
    return min(8, os.cpu_count() or 1)


def _general_rows() -> tuple[Setting, ...]:
    section = "General"
    return (
        Setting("language", _CHOICE, "Language of the window; system: that of the desktop where it is one of these",
                section, "system", choices=("system", "en_US", "vi_VN", "zh_CN"), needs_restart=True),
        Setting("theme", _CHOICE, "Colours of the window", section, "system", choices=("system", "light", "dark")),
        Setting("font_family", SettingKind.FONT,
                "Font of the window and of what is written at shapes; none: the system's", section, None,
                nullable=True),
        Setting("resume", _BOOL, "Open a folder at the image that was shown last there", section, True),
        Setting("open_last_folder", _BOOL, "Open the folder that was open last when none is named", section, False),
        Setting("auto_save", _BOOL, "Save labels whenever they change", section, True),
        Setting("store_data", _BOOL, "Put a copy of the image into its label file", section, False),
        Setting(
            "logger_level",
            _CHOICE,
            "How much the log says",
            section,
            "info",
            choices=("debug", "info", "warning", "error", "fatal"),
            needs_restart=True,
        ),
        Setting("file_search", _TEXT, "Search text of the file list at the start", section, None, nullable=True,
                needs_restart=True),
        Setting("file_list_checkbox_editable", _BOOL,
                "Tick images as checked by a click on their mark in the file list", section, True),
        Setting("max_recent_files", _INT, "How many recent folders and files the menu holds", section, 10,
                bounds=(0, 100), dialog_range=(0, 30), needs_restart=True),
    )  # fmt: skip


def _label_rows() -> tuple[Setting, ...]:
    section = "Labels"
    return (
        Setting("display_label_popup", _BOOL, "Ask for the label of each new shape", section, True),
        Setting("auto_use_last_label", _BOOL, "Give new shapes the last label without asking", section, False),
        Setting("auto_switch_to_edit_mode", _BOOL, "Go back to selecting after each shape that was drawn", section,
                False),
        Setting("auto_use_last_gid", _BOOL, "Give new shapes the group number that was given last", section, False),
        Setting("keep_prev", _BOOL, "Start an image without labels with the shapes of the one before", section, False),
        Setting("labels", _TEXT_LIST, "Labels to choose from", section, None, nullable=True),
        Setting("flags", _TEXT_LIST, "Flags that an image can have", section, None, nullable=True),
        Setting("label_flags", SettingKind.FLAGS_BY_LABEL,
                "Flags that a shape can have, by a pattern that its label matches", section, None, nullable=True),
        Setting("attributes", SettingKind.ATTRIBUTES_BY_LABEL,
                "Attributes that a shape can have, by label: a list of choices, or text, number or check", section,
                None, nullable=True),
        Setting("digit_shortcuts", SettingKind.LABELS_BY_DIGIT,
                "Label of each digit key; none: the first ten labels", section, None, nullable=True),
        Setting("validate_label", _CHOICE, "Labels that are accepted; exact: only those from the list", section, None,
                nullable=True, choices=("exact",)),
        Setting("sort_labels", _BOOL, "Sort the labels by name", section, True),
        Setting("show_label_text_field", _BOOL, "Ask for text and description in the label dialog", section, True),
        Setting("show_linking", _BOOL, "Show links between shapes as arrows", section, True),
        Setting("label_completion", _CHOICE, "Where the typed text is looked for in the labels", section, "startswith",
                choices=("startswith", "contains")),
    )  # fmt: skip


def _canvas_rows() -> tuple[Setting, ...]:
    section = "Canvas"
    return (
        Setting("keep_prev_scale", _BOOL, "Keep the zoom from image to image", section, False),
        Setting("keep_prev_brightness", _BOOL, "Keep brightness, gamma and saturation from image to image", section,
                False),
        Setting("keep_prev_contrast", _BOOL, "Keep the contrast from image to image", section, False),
        Setting("canvas.fill_opacity", _FLOAT, "How much of the picture the fills of shapes hide", section, 0.18,
                bounds=(0, 1), dialog_range=(0, 1)),
        Setting("canvas.grid", _BOOL, "Draw a grid over the picture", section, False),
        Setting("canvas.grid_size", _INT, "Distance of the grid's lines", section, 64, bounds=(2, 10_000),
                dialog_range=(2, 1000), unit="px of the image"),
        Setting("canvas.navigator", _BOOL, "Show the whole picture in a corner while it is cut off", section, False),
        Setting("canvas.crosshair_color", _COLOR, "Colour of the crosshair; none: black and white, seen on anything",
                section, None, nullable=True),
        Setting("canvas.crosshair_width", _INT, "Width of the crosshair's lines", section, 1, bounds=(1, 9),
                dialog_range=(1, 5), unit="px"),
        Setting("canvas.crosshair_opacity", _FLOAT, "How much of the picture the crosshair hides", section, 1.0,
                bounds=(0.05, 1), dialog_range=(0.1, 1)),
        Setting("canvas.crosshair_tools", _TEXT_LIST, "Tools with a crosshair, such as rectangle; none: all that draw",
                section, None, nullable=True),
        Setting("show_cross_line", _BOOL, "Show a crosshair while drawing", section, True),
        Setting("show_groups", _BOOL, "Show a frame around groups of shapes", section, True),
        Setting("show_texts", _BOOL, "Show the text of each shape", section, True),
        Setting("show_labels", _BOOL, "Show the label at each shape", section, True),
        Setting("show_scores", _BOOL, "Show the score at each shape", section, True),
        Setting("show_attributes", _BOOL, "Show attributes and flags at each shape", section, False),
        Setting("show_degrees", _BOOL, "Show the angle at rotated rectangles", section, False),
        Setting("epsilon", _FLOAT, "How near the cursor must be to take hold of a point",
                section, 10.0, bounds=(0.5, 200), dialog_range=(2, 50), unit="px"),
        Setting("canvas.snap", _BOOL, "Snap to points, edges and axes while drawing and dragging; Alt inverts it",
                section, False),
        Setting("canvas.snap_distance", _FLOAT, "How near the cursor must be to snap", section, 8.0,
                bounds=(1, 100), dialog_range=(2, 40), unit="px"),
        Setting("canvas.angle_step", _FLOAT, "Shift keeps lines at multiples of this angle while drawing", section,
                45.0, bounds=(1, 90), dialog_range=(1, 90), unit="degrees"),
        Setting("canvas.keep_inside", _BOOL, "Keep shapes inside of the picture while drawing and dragging", section,
                True),
        Setting("canvas.wand_tolerance", _INT, "How much colours may differ for the magic wand", section, 24,
                bounds=(0, 255), dialog_range=(0, 128)),
        Setting("canvas.simplify_tolerance", _FLOAT, "How far an outline may move when it is simplified", section, 1.0,
                bounds=(0, 1000), dialog_range=(0.1, 20), unit="px of the image"),
        Setting("canvas.brush_size", _INT, "Diameter of the brush", section, 20, bounds=(1, 2000),
                dialog_range=(1, 300), unit="px of the image"),
        Setting("canvas.wheel_resize", _BOOL, "The wheel sizes the rectangle that is selected: all "
                "of it with the mouse inside, else the nearest side", section, False),
        Setting("canvas.wheel_resize_share", _FLOAT, "How much it grows with each notch of the wheel",
                section, 0.05, bounds=(0.001, 1.0), dialog_range=(0.01, 0.5)),
        Setting("canvas.wheel_resize_px", _FLOAT, "How far a side moves with each notch", section,
                2.0, bounds=(0.1, 1000.0), dialog_range=(0.5, 50.0), unit="px of the image"),
        Setting("canvas.double_click", _CHOICE, "What a double click does to the polygon that is being drawn",
                section, "close", nullable=True, choices=("close",)),
    )  # fmt: skip


def _color_rows() -> tuple[Setting, ...]:
    section = "Colours"
    return (
        Setting("shape_color", _CHOICE, "Colours of labels; auto: by name; manual: those below; none: one for all",
                section, "auto", nullable=True, choices=("auto", "manual")),
        Setting("default_shape_color", _COLOR, "Colour of labels that have none of their own", section, (0, 255, 0)),
        Setting("shift_auto_shape_color", _INT, "Moves on in the palette by so many colours", section, 0,
                bounds=(-1000, 1000), dialog_range=(0, 100)),
        Setting("label_colors", SettingKind.COLORS_BY_LABEL, "Colours of some labels, which count with auto, too",
                section, None, nullable=True),
        Setting("shape.line_color", _COLOR_ALPHA, "Line of a shape without a label; by default the accent",
                section, (0, 255, 0, 128)),
        Setting("shape.fill_color", _COLOR_ALPHA, "Inside of a shape that is drawn; by default its own colour",
                section, (220, 220, 220, 150)),
        Setting("shape.vertex_fill_color", _COLOR_ALPHA, "Points of a shape; by default white",
                section, (0, 255, 0, 255)),
        Setting("shape.select_line_color", _COLOR_ALPHA, "Line of a selected shape; by default its own colour",
                section, (255, 255, 255, 255)),
        Setting("shape.select_fill_color", _COLOR_ALPHA, "Inside of a selected shape; by default its own colour",
                section, (0, 255, 0, 155)),
        Setting("shape.hvertex_fill_color", _COLOR_ALPHA, "Point under the cursor; by default the accent",
                section, (255, 255, 255, 255)),
        Setting("shape.point_size", _INT, "Size of a point",
                section, 8, bounds=(1, 64), dialog_range=(2, 24),
                unit="px"),
    )  # fmt: skip


def _auto_labeling_rows() -> tuple[Setting, ...]:
    section = "Auto-labeling"
    return (
        Setting("auto_labeling.confidence", _FLOAT, "Least score of a detection that counts", section, 0.25,
                bounds=(0, 1), dialog_range=(0, 1)),
        Setting("auto_labeling.iou", _FLOAT, "Boxes of one class that overlap more than this are one object", section,
                0.45, bounds=(0, 1), dialog_range=(0, 1)),
        Setting("auto_labeling.selected_classes", _TEXT_LIST, "Classes that are labelled; null means all", section,
                None, nullable=True),
        Setting("auto_labeling.max_detections", _INT, "At most so many objects in an image", section, 300,
                bounds=(1, 100_000), dialog_range=(1, 10_000)),
        Setting("auto_labeling.existing", _CHOICE, "What happens to shapes that are there already", section, "keep",
                choices=("keep", "replace", "skip")),
        Setting("auto_labeling.tiles", _BOOL, "Large images are looked at in tiles, besides as a whole: small objects "
                "are found", section, False),
        Setting("auto_labeling.tile_px", _INT, "Side of a tile; 0 takes what the model looks at at once", section, 0,
                bounds=(0, 4096), dialog_range=(0, 4096), unit="pixels"),
        Setting("auto_labeling.tile_overlap", _FLOAT, "Share of a tile that the next one shows, too: as much as the "
                "largest small object", section, 0.2, bounds=(0, 0.9), dialog_range=(0, 0.9)),
        Setting("auto_labeling.text_prompt", _TEXT_LIST, "What models look for that find what is typed", section, None,
                nullable=True),
        Setting("auto_labeling.last_model", _TEXT, "Model file that is loaded at the start", section, None,
                nullable=True),
    )  # fmt: skip


def _plugin_rows() -> tuple[Setting, ...]:
    section = "Plug-ins"
    return (
        Setting("plugins.disabled", _TEXT_LIST, "Plug-ins that are switched off, by name", section, None,
                nullable=True),
        Setting("plugins.shortcuts", SettingKind.KEYS_BY_ACTION, "Keys of the actions of plug-ins, by plugin.action",
                section, None, nullable=True),
    )  # fmt: skip


def _inference_rows() -> tuple[Setting, ...]:
    section = "Inference"
    return (
        Setting("performance.preferred_backend", _CHOICE, "What runs the models; auto takes the fastest that works",
                section, "auto", choices=BACKENDS),
        Setting("performance.accel", _CHOICE, "Compiled code for overlaps, outlines, files and pictures; auto takes "
                "the fastest that is built", section, "auto", choices=ACCELERATORS),
        Setting("performance.batch_size", _INT, "Images that go through a model in one call", section, 4,
                bounds=(1, 256), dialog_range=(1, 16), unit="images"),
        Setting("performance.max_batch_size", _INT, "Most images in one call, however many would fit", section, 16,
                bounds=(1, 256), dialog_range=(1, 64), unit="images"),
    )  # fmt: skip


def _thread_rows() -> tuple[Setting, ...]:
    section = "Threads"
    return (
        Setting("performance.num_worker_threads", _INT, "Threads that decode and process images", section,
                default_worker_threads, bounds=(1, 256), dialog_range=(1, 16), unit="threads",
                default_note="number of processors, at most 8"),
        Setting("performance.io_threads", _INT, "Threads that read and write files", section, 4, bounds=(1, 64),
                dialog_range=(1, 16), unit="threads"),
    )  # fmt: skip


def _memory_rows() -> tuple[Setting, ...]:
    section = "Memory"
    return (
        Setting("performance.image_cache_size_mb", _INT, "Memory for decoded images; 0 turns the cache off", section,
                512, bounds=(0, 1_048_576), dialog_range=(128, 2048), unit="MB"),
        Setting("performance.embedding_memory_mb", _INT, "Memory for pictures that the AI tool has made ready", section,
                256, bounds=(16, 1_048_576), dialog_range=(32, 2048), unit="MB"),
        Setting("performance.embedding_disk_mb", _INT, "Disk space for pictures that the AI tool has made ready; 0 "
                "keeps none", section, 2048, bounds=(0, 1_048_576), dialog_range=(256, 16384), unit="MB"),
        Setting("performance.preload_enabled", _BOOL, "Decode the next images ahead of time", section, True),
        Setting("performance.preload_count", _INT, "How many images are decoded ahead", section, 3, bounds=(1, 100),
                dialog_range=(1, 10), unit="images"),
    )  # fmt: skip


def _caching_rows() -> tuple[Setting, ...]:
    section = "Caching"
    return (
        Setting("performance.enable_result_caching", _BOOL, "Remember what the image filter found", section, True),
        Setting("performance.cache_persistence", _BOOL, "Keep what was found on disk for the next start", section,
                True),
        Setting("performance.detection_store_mb", _INT, "Most space for what models found; what was not used for the "
                "longest time goes first", section, 1024, bounds=(16, 1_048_576), dialog_range=(64, 16384), unit="MB"),
    )  # fmt: skip


def _tensorrt_rows() -> tuple[Setting, ...]:
    section = "TensorRT"
    return (
        Setting("performance.tensorrt_enabled", _BOOL, "Let auto build and use TensorRT engines", section, False),
        Setting("performance.tensorrt_fp16", _BOOL, "Build engines with half precision", section, True),
        Setting("performance.tensorrt_int8", _BOOL, "Build engines with 8-bit integers, which needs calibration",
                section, False),
        Setting("performance.tensorrt_workspace_gb", _FLOAT, "GPU memory that building an engine may take", section,
                4.0, bounds=(0.25, 256), dialog_range=(0.5, 32), unit="GB"),
    )  # fmt: skip


def _image_filter_rows() -> tuple[Setting, ...]:
    section = "Image filter"
    yes_no = ("any", "yes", "no")
    return (
        Setting("image_filter.source", _CHOICE, "Where the objects come from: the model, the labels, or both compared",
                section, "detections", choices=("detections", "labels", "both")),
        Setting("image_filter.selected_classes", _TEXT_LIST, "Classes that count; null means any", section, None,
                nullable=True),
        Setting("image_filter.all_of", _TEXT_LIST, "Classes each of which has to be there", section, None,
                nullable=True),
        Setting("image_filter.none_of", _TEXT_LIST, "Classes none of which may be there", section, None,
                nullable=True),
        Setting("image_filter.count_mode", _CHOICE, "How the number of objects is compared", section, "any",
                choices=("any", "at_least", "exactly", "at_most")),
        Setting("image_filter.count_value", _INT, "The number it is compared with", section, 1, bounds=(1, 100),
                dialog_range=(1, 100), unit="objects"),
        Setting("image_filter.count_scope", _CHOICE, "Count all objects together, or each class by itself", section,
                "total", choices=("total", "per_class")),
        Setting("image_filter.confidence", _FLOAT, "Least score of an object that counts", section, 0.25,
                bounds=(0, 1), dialog_range=(0, 1)),
        Setting("image_filter.confidence_max", _FLOAT, "Greatest score of an object that counts", section, 1.0,
                bounds=(0, 1), dialog_range=(0, 1)),
        Setting("image_filter.scope", _CHOICE, "Look through the whole folder, or the sub-folder of the open image",
                section, "folder", choices=("folder", "subfolder")),
        Setting("image_filter.sort", _CHOICE, "Order of the matches", section, "folder",
                choices=("folder", "count", "confidence", "disagreement")),
        Setting("image_filter.reverse", _BOOL, "Turn that order around", section, False),
        Setting("image_filter.iou", _FLOAT, "Overlap above which boxes of one class are one object", section, 0.45,
                bounds=(0, 1), dialog_range=(0, 1)),
        *(
            Setting(f"image_filter.{name}_{end}_px", _INT, f"{text}; 0 for no limit", section, 0,
                    bounds=(0, 1_000_000), dialog_range=(0, 100_000), unit="pixels")
            for name, what in (("box", "size of an object"), ("width", "width of an image"),
                               ("height", "height of an image"))
            for end, text in (("min", f"Least {what}"), ("max", f"Greatest {what}"))
        ),
        Setting("image_filter.has_labels", _CHOICE, "Whether there has to be a label file", section, "any",
                choices=yes_no),
        Setting("image_filter.checked", _CHOICE, "Whether a person has to have checked the image", section, "any",
                choices=yes_no),
        Setting("image_filter.flags", _TEXT_LIST, "Flags that have to be set", section, None, nullable=True),
        *(
            Setting(f"image_filter.{name}", _TEXT_LIST, f"Tags of which {what}", section, None, nullable=True)
            for name, what in (("tags", "one has to be there"), ("all_tags", "each has to be there"),
                               ("no_tags", "none may be there"))
        ),
        Setting("image_filter.text_contains", _TEXT, "Text that the labels have to contain", section, None,
                nullable=True),
        Setting("image_filter.name_pattern", _TEXT, "Pattern of the file name, with * and ?", section, None,
                nullable=True),
        Setting("image_filter.recognise_moved", _BOOL, "Recognise images that were moved by their content", section,
                False),
        Setting("image_filter.csv_class_counts", _BOOL, "Add the number of objects of each class to exported CSV files",
                section, False),
        Setting("image_filter.gather_labels", _BOOL, "Take label files along when matches are put into a folder",
                section, True),
        Setting("image_filter.last_export_dir", _TEXT, "Folder of the last export", section, None, nullable=True),
    )  # fmt: skip


def _all_rows() -> tuple[Setting, ...]:
    return (
        *_general_rows(),
        *_label_rows(),
        *_canvas_rows(),
        *_color_rows(),
        *_auto_labeling_rows(),
        *_plugin_rows(),
        *_inference_rows(),
        *_thread_rows(),
        *_memory_rows(),
        *_caching_rows(),
        *_tensorrt_rows(),
        *_image_filter_rows(),
        *shortcuts.ROWS,
    )


SETTINGS: Mapping[str, Setting] = MappingProxyType({row.key: row for row in _all_rows()})
"""All settings by dotted key, in the order in which they are shown."""

SECTION_NAMES: frozenset[str] = frozenset(key.partition(".")[0] for key in SETTINGS if "." in key)
"""First parts of dotted keys: mappings in the file, such as "performance"."""


def nearest_key(key: str) -> str | None:
    """Return the known key that looks most like an unknown one, or None when nothing does."""
    import difflib  # slow to import, and rarely needed

    key = key[:200]
    section, _, name = key.rpartition(".")
    if section in SECTION_NAMES:
        # Within its section first: the names there are what the person was choosing from.
        names = [known.rpartition(".")[2] for known in SETTINGS if known.startswith(f"{section}.")]
        close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
        if close:
            return f"{section}.{close[0]}"
    by_name: dict[str, str] = {}
    for known in SETTINGS:
        by_name.setdefault(known.rpartition(".")[2], known)
    close = difflib.get_close_matches(name, by_name, n=1, cutoff=0.75)
    if close:
        return by_name[close[0]]
    # The whole key, but not for a section that is spelled right: it alone would make any of its keys look near.
    close = [] if section in SECTION_NAMES else difflib.get_close_matches(key, SETTINGS, n=1, cutoff=0.75)
    return close[0] if close else None
