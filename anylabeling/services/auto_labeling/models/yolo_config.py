"""What a config.yaml says about which detections count, in the words of AnyLabeling and of X-AnyLabeling."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import (
    MAX_TILE_OVERLAP,
    MAX_TILE_PX,
    MIN_TILE_PX,
    SuggestedOptions,
    Tiling,
)
from anylabeling.services.auto_labeling.model_files import clean_name
from anylabeling.services.auto_labeling.model_spec import ModelFacts
from anylabeling.translation import tr

_MOST_DETECTIONS = 100_000
_SHOWN = 5
"""How many names a message lists."""

_logger = logging.getLogger(__name__)


def suggested_options(facts: ModelFacts, class_names: Sequence[str]) -> SuggestedOptions:
    """Return the thresholds, the classes and the greatest number that a config asks for.

    Args:
        facts: With the keys of the config; a value that makes no sense is as good as none.
        class_names: Of the model; empty where only a run can tell how many there are.

    Raises:
        ModelError: When it asks for classes and the model has none of them.
    """
    config = facts.config
    return SuggestedOptions(
        confidence=share_of(config, "confidence_threshold", "conf_threshold"),
        iou=share_of(config, "nms_threshold", "iou_threshold"),
        classes=_wanted_classes(facts, class_names),
        max_detections=whole_number(config.get("max_det"), 1, _MOST_DETECTIONS),
        tiling=_tiling(config),
    )


def _tiling(config: Mapping[str, Any]) -> Tiling | None:
    """Return the tiles that a config of X-AnyLabeling's type ``*_sahi`` asks for; None for others."""
    keys = ("slice_width", "slice_height")
    if "sahi" not in str(config.get("type", "")).lower().split("_") and not any(key in config for key in keys):
        return None
    sides = [side for key in keys if (side := whole_number(config.get(key), MIN_TILE_PX, MAX_TILE_PX)) is not None]
    shares = [config.get("overlap_width_ratio"), config.get("overlap_height_ratio")]
    known = [float(share) for share in shares if isinstance(share, int | float) and 0.0 <= share <= MAX_TILE_OVERLAP]
    usual = Tiling(max(sides, default=0))
    return replace(usual, overlap=max(known)) if known else usual


def is_agnostic(config: Mapping[str, Any]) -> bool:
    """Say whether a config wants overlapping boxes to be one object whatever their classes."""
    return config.get("agnostic") is True


def whole_number(value: object, least: int, greatest: int) -> int | None:
    """Return a number out of a file where it is one within its bounds, else None."""
    try:
        number = int(float(value)) if isinstance(value, int | float | str) else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and least <= number <= greatest else None


def share_of(config: Mapping[str, Any], *keys: str) -> float | None:
    """Return the first number from 0 to 1 under some keys, or None."""
    for key in keys:
        value = config.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= 1.0:
            return float(value)
    return None


def _wanted_classes(facts: ModelFacts, class_names: Sequence[str]) -> frozenset[str] | None:
    """Return the names under ``filter_classes``; a number that is no name counts as a class id."""
    listed = facts.config.get("filter_classes")
    if isinstance(listed, str | int):
        listed = [listed]
    if not isinstance(listed, list) or not listed or not class_names:
        return None
    known = set(class_names)
    asked = {_class_name(entry, class_names) for entry in listed}
    wanted = asked & known
    strange = ", ".join(sorted(asked - known)[:_SHOWN])
    if not wanted:
        raise ModelError(
            tr(
                "The config of {name} wants only objects of classes that the model does not have: {strange}.",
                name=facts.path.name,
                strange=strange,
            ),
            hint=tr("Take them out of filter_classes. It has {names}.", names=", ".join(class_names[:_SHOWN])),
        )
    if strange:
        _logger.warning("filter_classes of %s names classes that the model does not have: %s", facts.path.name, strange)
    return frozenset(wanted)


def _class_name(entry: object, class_names: Sequence[str]) -> str:
    name = clean_name(str(entry))
    is_id = isinstance(entry, int) and not isinstance(entry, bool) and 0 <= entry < len(class_names)
    return class_names[entry] if is_id and name not in class_names and isinstance(entry, int) else name
