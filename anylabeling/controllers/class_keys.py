"""The digit keys: each gives the selected objects its label, or arms it for what is drawn next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.config import Config
from anylabeling.controllers.documents import DocumentController
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.controllers.labels import LabelController

DIGITS = "1234567890"


@dataclass(frozen=True, slots=True)
class ClassKey:
    """What a digit stands for.

    Attributes:
        digit: "0" to "9".
        label: The label.
        mode: Tool that it switches to, or empty to stay with the one that is active.
    """

    digit: str
    label: str
    mode: str = ""


class ClassKeyController(QObject):
    """Knows what each digit stands for.

    Signals:
        keys_changed: Mapping of digit to ClassKey.
        armed_changed: The label that new objects get without a question, or an empty text.
        tool_requested: Name of the tool to switch to.
        notified: A Notice for the person.
    """

    keys_changed = Signal(object)
    armed_changed = Signal(str)
    tool_requested = Signal(str)
    notified = Signal(object)

    def __init__(
        self, labels: LabelController, documents: DocumentController, config: Config, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._labels = labels
        self._documents = documents
        self._keys: dict[str, ClassKey] = {}
        self.apply(config)

    @property
    def keys(self) -> Mapping[str, ClassKey]:
        """What each digit stands for."""
        return self._keys

    def apply(self, config: Config) -> None:
        """Follow the settings: the digits that they name, else the configured labels in their order."""
        stated = config["digit_shortcuts"]
        if stated is not None:
            keys = {digit: ClassKey(digit, one["label"], one.get("mode", "")) for digit, one in stated.items()}
        else:
            labels = list(config["labels"] or ())[: len(DIGITS)]
            keys = {digit: ClassKey(digit, str(label)) for digit, label in zip(DIGITS, labels, strict=False)}
        if keys != self._keys:
            self._keys = keys
            self.keys_changed.emit(keys)

    def digit_of(self, label: str) -> str:
        """Return the digit of a label, or an empty text."""
        return next((digit for digit, key in self._keys.items() if key.label == label), "")

    def press(self, digit: str, selection: Sequence[int]) -> None:
        """Give the selected objects the label of a digit; with none selected, arm it for what is drawn next."""
        key = self._key(digit)
        if key is None:
            return
        if selection:
            self._labels.relabel(selection, key.label)
            return
        armed = "" if self._labels.armed == key.label and not key.mode else key.label
        if not self._labels.arm(armed):
            return
        self.armed_changed.emit(armed)
        if key.mode:
            self.tool_requested.emit(key.mode)

    def arm(self, digit: str) -> None:
        """Arm the label of a digit for what is being drawn, with the tool that draws it."""
        key = self._key(digit)
        if key is not None and key.label != self._labels.armed and self._labels.arm(key.label):
            self.armed_changed.emit(key.label)

    def _key(self, digit: str) -> ClassKey | None:
        key = self._keys.get(digit)
        if key is None:
            text = tr("The key {digit} stands for no label.", digit=digit)
            self.notified.emit(
                Notice(text, tr("Name one under digit_shortcuts or labels in the settings."), level="info")
            )
        return key
