"""The filter's question as arguments of a command line."""

from __future__ import annotations

import argparse
import contextlib

from anylabeling.errors import UsageError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.filtering import CountMode, CountScope, FilterQuery, FilterSource, SortKey

_COUNT_FORMS = "any, at_least:N, exactly:N or at_most:N with N from 1 to 100"


def add_query_arguments(parser: argparse.ArgumentParser) -> None:
    """Add an argument for each part of the question but ``--classes``, ``--conf`` and ``--iou``."""
    add = parser.add_argument
    add("--count", type=_count, default=(CountMode.ANY, 1), metavar="HOW", help=f"{_COUNT_FORMS} (default: any)")
    add("--per-class", action="store_true", help="compare the number of each class instead of all together")
    add("--all-of", type=class_list, metavar="A,B", help="each of these classes has to be there")
    add("--none-of", type=class_list, metavar="A,B", help="none of these classes may be there")
    add("--max-conf", type=share, default=1.0, metavar="0-1", help="greatest score of an object that counts")
    add("--box-size", type=_range, metavar="MIN-MAX", help="square root of a box's area in pixels")
    add("--width", type=_range, metavar="MIN-MAX", help="width of the image in pixels")
    add("--height", type=_range, metavar="MIN-MAX", help="height of the image in pixels")
    sources = [source.value for source in FilterSource]
    add("--source", choices=sources, default=sources[0], help="whose objects count (default: what the model detects)")
    add("--has-labels", type=_yes_no, metavar="yes|no", help="whether there is a label file")
    add("--checked", type=_yes_no, metavar="yes|no", help="whether the image is marked as checked")
    add("--flags", type=class_list, metavar="A,B", help="flags that the image has")
    add("--tags", type=class_list, metavar="A,B", help="tags of which the image has one")
    add("--all-tags", type=class_list, metavar="A,B", help="tags each of which the image has")
    add("--no-tags", type=class_list, metavar="A,B", help="tags none of which the image has")
    add("--text", default="", help="contained in a text or description")
    add("--name", default="", metavar="PATTERN", help="file name, such as 'img_*.jpg'")
    add("--folder", default="", metavar="DIR", help="only images in or below a folder of this name")
    add("--sort", choices=[key.value for key in SortKey], default=SortKey.FOLDER.value, help="order (default: folder)")
    add("--reverse", action="store_true", help="turn the order around")


def query_from(arguments: argparse.Namespace, options: DetectOptions) -> FilterQuery:
    """Return the question that arguments ask.

    Args:
        arguments: Parsed ones, with ``classes`` among them.
        options: Confidence and overlap.

    Raises:
        UsageError: When it makes no sense.
    """
    mode, value = arguments.count
    try:
        return FilterQuery(
            classes=arguments.classes,
            count_mode=mode,
            count_value=value,
            confidence=options.confidence,
            iou=options.iou,
            source=FilterSource(arguments.source),
            all_of=arguments.all_of,
            none_of=arguments.none_of,
            count_scope=CountScope.PER_CLASS if arguments.per_class else CountScope.TOTAL,
            confidence_max=arguments.max_conf,
            box_size_px=arguments.box_size,
            image_width=arguments.width,
            image_height=arguments.height,
            has_labels=arguments.has_labels,
            checked=arguments.checked,
            flags=arguments.flags or frozenset(),
            tags=arguments.tags,
            all_tags=arguments.all_tags,
            no_tags=arguments.no_tags,
            text=arguments.text,
            name=arguments.name,
            folder=arguments.folder,
            sort=SortKey(arguments.sort),
            reverse=arguments.reverse,
        )
    except ValueError as error:
        raise UsageError(f"{error}.".capitalize()) from error


def share(text: str) -> float:
    """Return a number from 0 to 1."""
    with contextlib.suppress(ValueError):
        if 0.0 <= (value := float(text)) <= 1.0:
            return value
    raise argparse.ArgumentTypeError(f"must be a number from 0 to 1, not {text!r}")


def class_list(text: str) -> frozenset[str]:
    """Return names that are separated by commas."""
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError("needs at least one name")
    return names


def _yes_no(text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        raise argparse.ArgumentTypeError(f"must be yes or no, not {text!r}")
    return text.lower() == "yes"


def _range(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    with contextlib.suppress(ValueError):
        limits = float(low or 0), float(high or "inf")
        if 0 <= limits[0] <= limits[1]:
            return limits
    raise argparse.ArgumentTypeError(f"must be MIN-MAX, MIN- or -MAX, not {text!r}")


def _count(text: str) -> tuple[CountMode, int]:
    word, colon, number = text.partition(":")
    if word == CountMode.ANY.value and not colon:
        return CountMode.ANY, 1
    value = int(number[:10]) if number.isdecimal() else 0
    if word in {mode.value for mode in CountMode} - {CountMode.ANY.value} and 1 <= value <= 100:
        return CountMode(word), value
    raise argparse.ArgumentTypeError(f"must be {_COUNT_FORMS}, not {text!r}")
