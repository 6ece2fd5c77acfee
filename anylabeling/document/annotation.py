"""Everything that is known about one image, as a frozen value that any thread may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anylabeling.document.shape import Shape


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """The content of one label file.

    Attributes:
        shapes: The objects, bottom first.
        flags: Named yes/no marks of the image.
        text: The image's text.
        description: A remark on the image.
        tags: Words that describe the image, in an order of their own.
        checked: A person has reviewed the image.
        image_path: The picture as the label file names it, with forward slashes; empty when there is no file yet.
        image_size: Width and height in pixels as the label file states them, in the EXIF-rotated frame, or None.
        image_data: The picture embedded as base64, or None. Kept as read.
        version: The version that the label file states.
        extra: Keys of the label file that this program does not know, kept verbatim.
    """

    shapes: tuple[Shape, ...] = ()
    flags: Mapping[str, bool] = field(default_factory=dict)
    text: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    checked: bool = False
    image_path: str = ""
    image_size: tuple[int, int] | None = None
    image_data: str | None = None
    version: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def with_changes(self, **changes: Any) -> Annotation:
        """Return this annotation with some fields replaced."""
        return replace(self, **changes)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that a person or a model has put in."""
        said = (self.shapes, any(self.flags.values()), self.text, self.description, self.tags, self.checked)
        return not any(said)

    def content(self) -> tuple[object, ...]:
        """Return everything but identities, comparable with ``==``."""
        return (
            tuple(shape.content() for shape in self.shapes),
            dict(self.flags),
            self.text,
            self.description,
            self.tags,
            self.checked,
            self.image_path,
            self.image_size,
            self.image_data,
            dict(self.extra),
        )
