"""Import and export of data sets: what both dialogs have in common, and each of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from qtpy.QtCore import QSize, Qt, Signal
from qtpy.QtGui import QStandardItemModel
from qtpy.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from anylabeling.document.formats.base import FormatInfo
from anylabeling.document.formats.registry import all_formats
from anylabeling.messages.datasets import (
    ExchangeReport,
    ExistingLabels,
    ExportRequest,
    Frame,
    ImageMode,
    ImportRequest,
)
from anylabeling.messages.progress import Progress
from anylabeling.translation import tr
from anylabeling.views.widgets.progress_strip import ProgressStrip
from anylabeling.views.widgets.scroll_where_small import ScrollWhereSmall
from anylabeling.views.widgets.text import plural
from anylabeling.views.widgets.within_screen import room_on_screen

_SPLITS = (("train", tr("Training"), 80), ("val", tr("Validation"), 20), ("test", tr("Test"), 0))
_MOST_FAILURES = 200
_LEAST_PX, _MARGIN_PX, _BAR_PX = 620, 16, 16
_BY_TAB = Qt.FocusPolicy.TabFocus
_FRAMES_OUT = (
    (tr("As shown; copies are written upright"), Frame.AUTO),
    (tr("As stored, for programs that ignore EXIF"), Frame.STORED),
)
_FRAMES_IN = (
    (tr("As the sizes in the data set say"), Frame.AUTO),
    (tr("As shown"), Frame.SHOWN),
    (tr("As stored"), Frame.STORED),
)


class PathRow(QWidget):
    """A field for a path, and buttons that choose one.

    Signals:
        changed: The path is another one.
    """

    changed = Signal()

    def __init__(self, title: str, name: str, *, files: bool = False, placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        self.folder_button = self._button(tr("Folder…"), folder=True)
        layout.addWidget(self.folder_button)
        if files:
            layout.addWidget(self._button(tr("File…"), folder=False))
        self.setFocusProxy(self.line)

    def path(self) -> str:
        """Return the path, or an empty text."""
        return self.line.text().strip()

    def _button(self, text: str, *, folder: bool) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(folder=folder))
        return button

    def _choose(self, *, folder: bool) -> None:
        dialog = QFileDialog(self.window(), self._title, self.path())
        dialog.setFileMode(QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.line.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class ExchangeDialog(QDialog):
    """A form, the state of the work, and a report.

    Signals:
        cancel_requested: The work is to stop.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None, title: str, action: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._running = False
        self._action = action
        self.form = QFormLayout()
        self.form.setSpacing(8)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.format = QComboBox()
        self.format.setAccessibleName(tr("Format"))
        self.format.setMaxVisibleItems(20)
        self.labels = QLineEdit()
        self.labels.setPlaceholderText(tr("all; several with commas between them"))
        self.labels.setAccessibleName(tr("Labels"))
        self.frame = QComboBox()
        self.frame.setAccessibleName(tr("Photos that are stored turned"))
        self.work = ProgressStrip(self)
        self.work.cancel_requested.connect(self.cancel_requested)
        self.work.hide()
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Report"))
        self.report.setTabChangesFocus(True)
        self.report.setProperty("report", True)
        self.report.hide()
        self.action_button = QPushButton(action)
        self.action_button.setProperty("primary", True)
        self.action_button.setDefault(True)
        self.action_button.clicked.connect(self._act)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.action_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        layout.setSpacing(12)
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addLayout(self.form)
        body.addWidget(self.report, 1)
        page.setMinimumWidth(min(_LEAST_PX, room_on_screen(self).width() - _BAR_PX) - 2 * _MARGIN_PX)
        self._body = ScrollWhereSmall(page)
        layout.addWidget(self._body, 1)
        layout.addWidget(self.work)
        layout.addLayout(buttons)

    def set_running(self, running: bool) -> None:
        """Say whether the work runs; until it is over there is no other."""
        self._running = running
        self.work.setVisible(running)
        if running:
            self.report.hide()
            self.work.set_progress(None)
        for row in range(self.form.rowCount()):
            item = self.form.itemAt(row, QFormLayout.ItemRole.FieldRole)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setEnabled(not running)
        self.action_button.setText(tr("Stop") if running else self._action)
        self.refresh()
        if not running:
            self.action_button.setFocus()

    def set_progress(self, progress: Progress) -> None:
        """Show how far the work is."""
        self.work.set_progress(progress)

    def show_report(self, report: ExchangeReport) -> None:
        """Say what came of it."""
        self._say(report_text(report))

    def show_error(self, text: str, hint: str) -> None:
        """Say why it did not begin, or ended."""
        self._say(f"{text}\n{hint}".strip())

    def refresh(self) -> None:
        """Let the button be of use when there is enough to begin."""
        self.action_button.setEnabled(self._running or self.is_complete())

    def is_complete(self) -> bool:
        """Say whether there is enough to begin."""
        raise NotImplementedError

    def begin(self) -> None:
        """Ask for the work."""
        raise NotImplementedError

    def chosen_labels(self) -> frozenset[str] | None:
        """Return the labels that are wanted, or None for all."""
        names = frozenset(name.strip() for name in self.labels.text().split(",") if name.strip())
        return names or None

    def add_row(self, text: str, field: QWidget) -> None:
        """Add a field with its name before it, whose key leads to it."""
        label = QLabel(text)
        label.setBuddy(field)
        if isinstance(field, QComboBox):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.form.addRow(label, field)

    def order_tabs(self) -> None:
        """Let Tab go through the form from above to below, then to the buttons."""
        widgets: list[QWidget] = []
        for row in range(self.form.rowCount()):
            item = self.form.itemAt(row, QFormLayout.ItemRole.FieldRole)
            field = item.widget() if item is not None else None
            if field is not None:
                inner = field.findChildren(QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly)
                is_row = field.layout() is not None
                widgets += [one for one in inner if one.focusPolicy() & _BY_TAB] if is_row else [field]
        widgets += [self.report, self.work.cancel_button, self.action_button, self.close_button]
        for before, after in itertools.pairwise(widgets):
            QWidget.setTabOrder(before, after)

    def _act(self) -> None:
        if self._running:
            self.cancel_requested.emit()
        elif self.is_complete():
            self.begin()

    def _say(self, text: str) -> None:
        self.report.setPlainText(text)
        self.report.show()
        self._body.updateGeometry()  # it has grown, which the window would hear of later
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(QSize(self.width(), max(self.height(), self.sizeHint().height())).boundedTo(room_on_screen(self)))


class ExportDialog(ExchangeDialog):
    """What to export, and where.

    Signals:
        export_requested: An ExportRequest.
    """

    export_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, tr("Export a Data Set"), tr("Export"))
        self.target = PathRow(tr("Folder for the data set"), tr("Folder for the data set"))
        self.images = _combo(
            tr("Pictures"),
            (
                (tr("Copy them"), ImageMode.COPY),
                (tr("Link them, which takes no space"), ImageMode.LINK),
                (tr("Leave them out"), ImageMode.NONE),
            ),
        )
        self.divided = QCheckBox(tr("&Divide into parts"))
        self.shares = {name: self._share(title, share) for name, title, share in _SPLITS}
        self.seed = QSpinBox()
        self.seed.setRange(0, 999_999)
        self.seed.setAccessibleName(tr("Number that the division begins with"))
        self.only_labelled = QCheckBox(tr("Only images with la&bels"))
        self.only_checked = QCheckBox(tr("Only chec&ked images"))
        self.overwrite = QCheckBox(tr("&Write into a folder that is not empty; class numbers in it stay"))
        for info in all_formats():
            if info.can_write:
                self.format.addItem(format_text(info), info)
        for text, frame in _FRAMES_OUT:
            self.frame.addItem(text, frame)
        self._fill()
        self.target.changed.connect(self.refresh)
        self.divided.toggled.connect(lambda _on: self._show_parts())
        self.format.currentIndexChanged.connect(lambda _index: self._show_parts())
        for share in self.shares.values():
            share.valueChanged.connect(lambda _value: self.refresh())
        self._show_parts()
        self.order_tabs()

    def choose_format(self, format_id: str) -> None:
        """Show a format."""
        for index in range(self.format.count()):
            if self._info(index).id == format_id:
                self.format.setCurrentIndex(index)

    def request(self) -> ExportRequest:
        """Return what is asked for."""
        splits = tuple((name, share.value()) for name, share in self.shares.items() if share.value())
        return ExportRequest(
            self._info(self.format.currentIndex()).id,
            self.target.path(),
            images=self.images.currentData(),
            splits=splits if self.divided.isChecked() else (),
            seed=self.seed.value(),
            only_labelled=self.only_labelled.isChecked(),
            only_checked=self.only_checked.isChecked(),
            classes=self.chosen_labels(),
            frame=self.frame.currentData(),
            overwrite=self.overwrite.isChecked(),
        )

    def is_complete(self) -> bool:
        """Say whether there is a folder, and a part where parts are wanted."""
        parts = not self.divided.isChecked() or any(share.value() for share in self.shares.values())
        return bool(self.target.path()) and parts

    def begin(self) -> None:
        """Ask for the export."""
        self.export_requested.emit(self.request())

    def _info(self, index: int) -> FormatInfo:
        info: FormatInfo = self.format.itemData(index)
        return info

    def _share(self, title: str, value: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, 100)
        box.setValue(value)
        box.setSuffix(" %")
        box.setAccessibleName(title)
        box.setPrefix(f"{title} ")
        return box

    def _fill(self) -> None:
        self.add_row(tr("&Format"), self.format)
        self.add_row(tr("F&older"), self.target)
        self.add_row(tr("&Pictures"), self.images)
        parts = QWidget()
        row = QHBoxLayout(parts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for share in self.shares.values():
            row.addWidget(share, 1)
        self._seed_label = QLabel(tr("Seed"))
        division = QWidget()
        row = QHBoxLayout(division)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.divided, 1)
        row.addWidget(self._seed_label)
        row.addWidget(self.seed)
        self.form.addRow("", division)
        self.form.addRow("", parts)
        self.form.addRow("", self.only_labelled)
        self.form.addRow("", self.only_checked)
        self.add_row(tr("&Labels"), self.labels)
        self.add_row(tr("Photos stored &turned"), self.frame)
        self.form.addRow("", self.overwrite)

    def _show_parts(self) -> None:
        for share in (*self.shares.values(), self.seed, self._seed_label):
            share.setEnabled(self.divided.isChecked())
        needs = self._info(self.format.currentIndex()).needs_images
        leave = self.images.findData(ImageMode.NONE)
        model = self.images.model()
        item = model.item(leave) if isinstance(model, QStandardItemModel) else None
        if item is not None:
            item.setEnabled(not needs)
        if needs and self.images.currentIndex() == leave:
            self.images.setCurrentIndex(0)
        self.refresh()


class ImportDialog(ExchangeDialog):
    """What to import, and what becomes of labels that are there.

    Signals:
        import_requested: An ImportRequest; its format is empty where it is to be recognised.
    """

    import_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, tr("Import a Data Set"), tr("Import"))
        self.source = PathRow(tr("The data set"), tr("Folder or file of the data set"), files=True)
        self.images = PathRow(
            tr("Folder of the pictures"), tr("Folder of the pictures"), placeholder=tr("where the data set has them")
        )
        self.existing = _combo(
            tr("Images that have labels"),
            (
                (tr("Leave them alone"), ExistingLabels.KEEP),
                (tr("Add the objects that they lack"), ExistingLabels.MERGE),
                (tr("Replace their labels; the old files are kept aside"), ExistingLabels.REPLACE),
            ),
        )
        self.format.addItem(tr("Recognise it"), "")
        for info in all_formats():
            if info.can_read:
                self.format.addItem(format_text(info), info.id)
        for text, frame in _FRAMES_IN:
            self.frame.addItem(text, frame)
        self.add_row(tr("&Data set"), self.source)
        self.add_row(tr("&Format"), self.format)
        self.add_row(tr("&Pictures in"), self.images)
        self.add_row(tr("Images with &labels"), self.existing)
        self.add_row(tr("Onl&y labels"), self.labels)
        self.add_row(tr("Photos stored &turned"), self.frame)
        self.source.changed.connect(self.refresh)
        self.refresh()
        self.order_tabs()

    def request(self) -> ImportRequest:
        """Return what is asked for."""
        return ImportRequest(
            self.format.currentData(),
            self.source.path(),
            images=self.images.path(),
            existing=self.existing.currentData(),
            classes=self.chosen_labels(),
            frame=self.frame.currentData(),
        )

    def is_complete(self) -> bool:
        """Say whether there is a data set."""
        return bool(self.source.path())

    def begin(self) -> None:
        """Ask for the import."""
        self.import_requested.emit(self.request())


def format_text(info: FormatInfo) -> str:
    """Return a format's name with what it is for, where the name does not say it."""
    return info.title if info.holds.casefold() in info.title.casefold() else f"{info.title}: {info.holds}"


def report_text(report: ExchangeReport) -> str:
    """Return what came of an export or import, a sentence a line."""
    head = tr(
        "{format}: {images} with {objects}.",
        format=report.format,
        images=plural(report.images, "image"),
        objects=plural(report.objects, "object"),
    )
    lines = [f"{tr('Stopped')}. {head}" if report.cancelled else head, *report.lines]
    if report.failed:
        lines.append(tr("{number:,} images failed; the others are done.", number=len(report.failed)))
        lines += [f"{failure.path}: {failure.reason}" for failure in report.failed[:_MOST_FAILURES]]
    if report.kept_aside:
        lines.append(tr("The label files as they were are in {folder}.", folder=report.kept_aside))
    return "\n".join(lines)


def _combo(name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    for text, value in choices:
        combo.addItem(text, value)
    return combo
