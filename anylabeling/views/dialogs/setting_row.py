"""One setting as a row of a form: name, control, unit, what it does, and whether it differs from the default."""

from __future__ import annotations

from qtpy.QtCore import QSize, Qt, Signal
from qtpy.QtGui import QColor
from qtpy.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from anylabeling.config import Setting, SettingKind
from anylabeling.translation import tr
from anylabeling.views.dialogs.setting_controls import ColorButton, FontFamilyBox, MappingEdit, TextListEdit
from anylabeling.views.dialogs.setting_values import choice_text, unchosen_color_text
from anylabeling.views.icons import icon

_TITLES = {
    "performance.accel": tr("Compiled code"),
    "performance.num_worker_threads": tr("Worker threads"),
    "performance.io_threads": tr("File threads"),
    "performance.image_cache_size_mb": tr("Image cache"),
    "performance.embedding_memory_mb": tr("AI tool in memory"),
    "performance.embedding_disk_mb": tr("AI tool on disk"),
    "performance.preload_enabled": tr("Pre-loading"),
    "performance.preload_count": tr("Pre-loaded images"),
    "performance.enable_result_caching": tr("Result caching"),
    "performance.cache_persistence": tr("Keep on disk"),
    "performance.detection_store_mb": tr("Kept detections"),
    "performance.preferred_backend": tr("Backend"),
    "performance.max_batch_size": tr("Largest batch"),
    "performance.tensorrt_enabled": "TensorRT",
    "performance.tensorrt_fp16": tr("Half precision (FP16)"),
    "performance.tensorrt_int8": tr("8-bit integers (INT8)"),
    "performance.tensorrt_workspace_gb": tr("Workspace"),
}
_EXAMPLES = {
    SettingKind.FLAGS_BY_LABEL: "person: [occluded, truncated]",
    SettingKind.ATTRIBUTES_BY_LABEL: "person: {pose: [standing, sitting], age: number}",
    SettingKind.LABELS_BY_DIGIT: "1: car\n2: {label: person, mode: rectangle}",
    SettingKind.COLORS_BY_LABEL: "person: [75, 105, 195]",
}
"""As they stand in the settings file."""
_TITLE_PX = 168
_COMPACT_TITLE_PX = 256
_WIDE_PX = 216
_CONTROL_PX = 152


def title_of(setting: Setting) -> str:
    """Return what the form calls a setting."""
    return _TITLES.get(setting.key) or tr(setting.name.replace("_", " ").capitalize())


class SettingRow(QWidget):
    """A setting with the control that its type asks for.

    Signals:
        value_changed: Key and new value, after the person changed it.
    """

    value_changed = Signal(str, object)

    def __init__(
        self, setting: Setting, value: object, parent: QWidget | None = None, *, compact: bool = False
    ) -> None:
        """Make the row.

        Args:
            setting: What it shows.
            value: The value in force.
            parent: Qt's owner.
            compact: What the setting does is its name; there is no other line.
        """
        super().__init__(parent)
        self.setting = setting
        self._quiet = False
        self._compact = compact
        self.title = tr(setting.text) if compact else title_of(setting)
        title = QLabel(self.title)
        title.setWordWrap(compact)
        title.setFixedWidth(_COMPACT_TITLE_PX if compact else _TITLE_PX)
        self.control = self._make_control()
        self.control.setAccessibleName(self.title)
        title.setBuddy(self.control)
        self.mark = QLabel("●")
        self.mark.setObjectName("changedMark")
        self.reset_button = QToolButton()
        self.reset_button.setIcon(icon("reset"))
        self.reset_button.setIconSize(QSize(16, 16))
        self.reset_button.setAccessibleName(tr("Reset {value}", value=self.title))
        self.reset_button.clicked.connect(self._on_reset_clicked)
        self._build(title)
        self.set_value(value)

    def value(self) -> object:
        """Return the value that the control shows."""
        control = self.control
        if isinstance(control, QCheckBox):
            return control.isChecked()
        if isinstance(control, FontFamilyBox):
            return control.value()
        if isinstance(control, QComboBox):
            return self._choices()[max(control.currentIndex(), 0)]
        if isinstance(control, QSpinBox):
            return 0 if control.specialValueText() and control.value() == control.minimum() else control.value()
        if isinstance(control, QDoubleSpinBox):
            return control.value()
        if isinstance(control, (TextListEdit, ColorButton, MappingEdit)):
            return control.value()
        assert isinstance(control, QLineEdit)
        return control.text() or (None if self.setting.nullable else "")

    def set_value(self, value: object) -> None:
        """Show a value, without a signal; one beyond what the form offers is shown and kept."""
        self._quiet = True
        control = self.control
        if isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, FontFamilyBox):
            control.set_value(value if isinstance(value, str) else None)
        elif isinstance(control, QComboBox):
            choices = self._choices()
            control.setCurrentIndex(choices.index(value) if value in choices else 0)
        elif isinstance(control, (QSpinBox, QDoubleSpinBox)) and isinstance(value, (int, float)):
            self._set_number(control, value)
        elif isinstance(control, (TextListEdit, ColorButton, MappingEdit)):
            control.set_value(value)  # type: ignore[arg-type]
        elif isinstance(control, QLineEdit):
            control.setText("" if value is None else str(value))
        self._quiet = False
        self._show_mark()

    def is_default(self) -> bool:
        """Return whether the value is the default."""
        return bool(self.value() == self.setting.default)

    def _choices(self) -> list[str | None]:
        return [*([None] if self.setting.nullable else []), *self.setting.choices]

    def _build(self, title: QLabel) -> None:
        self.unit = QLabel(tr(self.setting.unit) if self.setting.unit else "")
        self.unit.setProperty("muted", True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(title)
        line.addWidget(self.control)
        line.addWidget(self.unit)
        line.addStretch(1)
        line.addWidget(self.mark)
        line.addWidget(self.reset_button)
        about = QLabel(
            tr(self.setting.text) + (tr(". Takes effect at the next start") if self.setting.needs_restart else "")
        )
        if self._compact and self.setting.needs_restart:
            about.setText(tr("Takes effect at the next start"))
        about.setVisible(not self._compact or self.setting.needs_restart)
        self.problem = QLabel("")
        self.problem.setProperty("kind", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        about.setProperty("muted", True)
        about.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.addLayout(line, 0, 0)
        grid.addWidget(about, 1, 0)
        if isinstance(self.control, MappingEdit):
            line.removeWidget(self.control)
            grid.addWidget(self.control, 2, 0)
            self.control.refused.connect(self._show_problem)
        grid.addWidget(self.problem, 3, 0)
        grid.setRowMinimumHeight(0, 28)

    def _make_control(self) -> QWidget:
        kind, setting = self.setting.kind, self.setting
        if kind is SettingKind.BOOL:
            box = QCheckBox()
            box.toggled.connect(self._on_edited)
            return box
        if kind is SettingKind.CHOICE:
            combo = QComboBox()
            combo.setFixedWidth(_CONTROL_PX)
            for choice in self._choices():
                combo.addItem(choice_text(setting.key, choice), choice)
            combo.currentIndexChanged.connect(self._on_edited)
            return combo
        if kind is SettingKind.INT:
            spin = QSpinBox()
            spin.setGroupSeparatorShown(True)
            spin.setSingleStep(64 if setting.unit == "MB" else 1)
            if self._has_off():
                spin.setSpecialValueText(tr("off"))
            return self._number_control(spin)
        if kind is SettingKind.FLOAT:
            double = QDoubleSpinBox()
            is_share = setting.dialog_range is not None and setting.dialog_range[1] <= 1
            double.setDecimals(2 if is_share else 1)
            double.setSingleStep(0.05 if is_share else 0.5)
            return self._number_control(double)
        return self._other_control()

    def _other_control(self) -> QWidget:
        kind, setting = self.setting.kind, self.setting
        special: TextListEdit | ColorButton | MappingEdit | FontFamilyBox
        if kind is SettingKind.TEXT_LIST:
            special = TextListEdit()
            special.setPlaceholderText(tr("With commas between them"))
            special.setFixedWidth(_WIDE_PX)
        elif kind in (SettingKind.COLOR, SettingKind.COLOR_ALPHA):
            special = ColorButton(with_opacity=kind is SettingKind.COLOR_ALPHA, nullable=setting.nullable)
            if unchosen := unchosen_color_text(setting.key):
                special.set_unchosen(setting.default, unchosen)
            special.setFixedWidth(_WIDE_PX)
        elif kind is SettingKind.FONT:
            special = FontFamilyBox()
            special.setFixedWidth(_WIDE_PX)
        elif kind in _EXAMPLES:
            special = MappingEdit(_EXAMPLES[kind])
        else:
            line = QLineEdit()
            line.setFixedWidth(_WIDE_PX)
            line.editingFinished.connect(self._on_edited)
            return line
        special.edited.connect(self._on_edited)
        return special

    def _show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _number_control(self, spin: QSpinBox | QDoubleSpinBox) -> QWidget:
        spin.setFixedWidth(_CONTROL_PX)
        spin.setKeyboardTracking(False)
        # A wheel that scrolls the page must not change what the mouse happens to be over.
        spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        spin.valueChanged.connect(self._on_edited)
        return spin

    def _has_off(self) -> bool:
        bounds, offered = self.setting.bounds, self.setting.dialog_range
        return bounds is not None and offered is not None and bounds[0] == 0 < offered[0]

    def _set_number(self, spin: QSpinBox | QDoubleSpinBox, value: float) -> None:
        least, most = self.setting.dialog_range or self.setting.bounds or (0, 1_000_000)
        most = max(most, value)
        if isinstance(spin, QDoubleSpinBox):
            spin.setRange(min(least, value), most)
            spin.setValue(value)
            return
        off = self._has_off()
        least = min(least, value) if value or not off else least
        # One below the least number that is offered stands for 0, which is "off".
        lowest = int(least) - (1 if off else 0)
        spin.setRange(lowest, int(most))
        spin.setValue(lowest if off and not value else int(value))

    def _on_edited(self, *_: object) -> None:
        if self._quiet:
            return
        self._show_mark()
        self.value_changed.emit(self.setting.key, self.value())

    def _on_reset_clicked(self) -> None:
        self.set_value(self.setting.default)
        self.value_changed.emit(self.setting.key, self.value())

    def _text_of(self, value: object) -> str:
        if isinstance(value, bool):
            return tr("on") if value else tr("off")
        if self.setting.kind is SettingKind.CHOICE and (value is None or isinstance(value, str)):
            return choice_text(self.setting.key, value)
        if value is None:
            return tr("none")
        if self.setting.kind in (SettingKind.COLOR, SettingKind.COLOR_ALPHA) and isinstance(value, tuple):
            return unchosen_color_text(self.setting.key) or QColor(*value).name()
        return f"{value} {tr(self.setting.unit) if self.setting.unit else ''}".strip()

    def _show_mark(self) -> None:
        changed = not self.is_default()
        default = self.setting.default
        text = self._text_of(default)
        self.unit.setVisible(not (self._has_off() and self.value() == 0))
        self.mark.setVisible(changed)
        self.mark.setToolTip(tr("Differs from the default"))
        self.reset_button.setVisible(changed)
        self.reset_button.setToolTip(tr("Reset to the default: {text}", text=text))
