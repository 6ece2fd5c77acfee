"""From the values of the controls, named as in the settings, to the question and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anylabeling.messages.filtering import CountMode, CountScope, FilterQuery, FilterSource, Range, SortKey
from anylabeling.translation import tr

MORE_DEFAULTS: Mapping[str, object] = {
    "iou": 0.45,
    "box_min_px": 0,
    "box_max_px": 0,
    "width_min_px": 0,
    "width_max_px": 0,
    "height_min_px": 0,
    "height_max_px": 0,
    "has_labels": "any",
    "checked": "any",
    "flags": None,
    "tags": None,
    "all_tags": None,
    "no_tags": None,
    "text_contains": None,
    "name_pattern": None,
}
"""The conditions that are rarely used, when they are not set."""

DEFAULTS: Mapping[str, object] = {
    "source": "detections",
    "selected_classes": None,
    "all_of": None,
    "none_of": None,
    "count_mode": "any",
    "count_value": 1,
    "count_scope": "total",
    "confidence": 0.25,
    "confidence_max": 1.0,
    "scope": "folder",
    "sort": "folder",
    "reverse": False,
    **MORE_DEFAULTS,
}
"""The values of all controls that make up a question, when nothing is asked for."""

_LEAST_KNOWN_SCORE = 0.05
_SAME = (
    "source",
    "needs_model",
    "folder",
    "name",
    "text",
    "flags",
    "tags",
    "all_tags",
    "no_tags",
    "has_labels",
    "checked",
    "image_width",
    "image_height",
)
_YES_NO = {"any": None, "yes": True, "no": False}
_RANGE_TEXTS = {"box": tr("object size"), "width": tr("image width"), "height": tr("image height")}
_REMOVED_TEXTS = {
    "folder": tr("the sub-folder"),
    "file name": tr("the file name"),
    "label file": tr("the label file"),
    "checked": tr("checked or not"),
    "flags": tr("the flags"),
    "tags": tr("the tags"),
    "text": tr("the text"),
    "image size": tr("the image size"),
    "none of the classes": tr("“none of” the classes"),
    "all of the classes": tr("“all of” the classes"),
    "classes": tr("the classes"),
    "objects": tr("having no objects"),
    "confidence": tr("the confidence"),
    "box size": tr("the object size"),
    "count": tr("the number of objects"),
}


class QuestionError(ValueError):
    """The controls do not make up a question; the text says what is to be changed."""


def query_from(values: Mapping[str, Any], subfolder: str = "") -> FilterQuery:
    """Return the question.

    Args:
        values: By the names of DEFAULTS.
        subfolder: The folder that "this sub-folder" means.

    Raises:
        QuestionError: When the values contradict each other.
    """
    if values["confidence"] > values["confidence_max"]:
        raise QuestionError(tr("The least confidence is above the greatest one."))
    return FilterQuery(
        classes=_names(values["selected_classes"]),
        count_mode=CountMode(values["count_mode"]),
        count_value=int(values["count_value"]),
        confidence=float(values["confidence"]),
        iou=float(values["iou"]),
        source=FilterSource(values["source"]),
        all_of=_names(values["all_of"]),
        none_of=_names(values["none_of"]),
        count_scope=CountScope(values["count_scope"]),
        confidence_max=float(values["confidence_max"]),
        box_size_px=_range(values, "box"),
        image_width=_range(values, "width"),
        image_height=_range(values, "height"),
        has_labels=_YES_NO[values["has_labels"]],
        checked=_YES_NO[values["checked"]],
        flags=frozenset(values["flags"] or ()),
        tags=_names(values["tags"]),
        all_tags=_names(values["all_tags"]),
        no_tags=_names(values["no_tags"]),
        text=str(values["text_contains"] or ""),
        name=_pattern(str(values["name_pattern"] or "")),
        folder=subfolder if values["scope"] == "subfolder" else "",
        sort=SortKey(values["sort"]),
        reverse=bool(values["reverse"]),
    )


def set_count(values: Mapping[str, object]) -> int:
    """Return how many of the rarely used conditions are set; both ends of a range are one."""
    changed = {name for name, default in MORE_DEFAULTS.items() if values[name] != default}
    ends = {name for name in changed if name.endswith("_px")}
    return len(changed - ends) + len({name.partition("_")[0] for name in ends})


def is_known_without_model(before: FilterQuery, now: FilterQuery) -> bool:
    """Return whether what answered one question answers another without running a model or opening images."""
    if now.needs_model and now.confidence < _LEAST_KNOWN_SCORE:
        return False
    return all(getattr(before, name) == getattr(now, name) for name in _SAME)


def removed_text(removed: tuple[tuple[str, int], ...], total: int) -> str:
    """Return a sentence that says which conditions ruled out most images."""
    if not removed or not total:
        return tr("No image matches.")
    named = [
        (_REMOVED_TEXTS.get(condition, tr("the {condition}", condition=condition)), count)
        for condition, count in removed[:2]
    ]
    first = tr(
        "No image matches. Most were ruled out by {named}: {named2:,} of {total:,}",
        named=named[0][0],
        named2=named[0][1],
        total=total,
    )
    return (
        tr("{first}; then by {named}: {named2:,}.", first=first, named=named[1][0], named2=named[1][1])
        if len(named) > 1
        else f"{first}."
    )


def _names(value: object) -> frozenset[str] | None:
    return frozenset(map(str, value)) or None if isinstance(value, (list, tuple, frozenset, set)) else None


def _pattern(text: str) -> str:
    """Return the pattern; a text without wildcards is looked for anywhere in the name."""
    return text if not text or any(sign in text for sign in "*?[") else f"*{text}*"


def _range(values: Mapping[str, Any], name: str) -> Range | None:
    least, greatest = float(values[f"{name}_min_px"]), float(values[f"{name}_max_px"])
    if not least and not greatest:
        return None
    if greatest and least > greatest:
        raise QuestionError(tr("The least {range_texts} is above the greatest one.", range_texts=_RANGE_TEXTS[name]))
    return least, greatest or float(1 << 30)
