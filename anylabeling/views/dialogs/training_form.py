"""What to train, with which images, and how."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QStandardItem, QStandardItemModel
from qtpy.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.training import SIZES, Needs, TaskOffer, TrainPlan, TrainRequest, TrainTask
from anylabeling.translation import tr
from anylabeling.views.dialogs.exchange import PathRow
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.text import count_text, plural

TASK_NAMES = {
    TrainTask.DETECT: tr("Boxes"),
    TrainTask.SEGMENT: tr("Outlines"),
    TrainTask.ORIENTED: tr("Rotated boxes"),
    TrainTask.POSE: tr("Key points"),
    TrainTask.CLASSIFY: tr("Classes of images"),
}
_SIZE_NAMES = {"n": tr("nano"), "s": tr("small"), "m": tr("medium"), "l": tr("large"), "x": tr("extra large")}
_USUAL_SIZE = {TrainTask.CLASSIFY: 224}
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CHECKED = Qt.ItemDataRole.CheckStateRole
_CHOOSE = "choose"
_LEAST_TABLE_PX = 120
_ALL, _LISTED = "all", "listed"


class TrainingForm(QWidget):
    """The questions at the left, what the labels say to them at the right.

    Signals:
        changed: Something is another one: what would be trained with has to be looked up.
        scope_changed: Whether only the images that the file list shows count.
    """

    changed = Signal()
    scope_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: TrainPlan | None = None
        self._filling = False
        self._sized_by_hand = False
        self._known: dict[str, bool] = {}
        self.scope = _combo(tr("Images"))
        self.task = _combo(tr("What the model learns"))
        self.start = _combo(tr("Start"))
        self.keep_classes = QCheckBox(tr("Keep &all classes of the start weights"))
        self.name = QLineEdit("model")
        self.name.setAccessibleName(tr("Name of the model"))
        self.epochs = _spin(tr("Most epochs"), 1, 10_000, 100)
        self.patience = _spin(tr("Epochs without an improvement after which it ends"), 0, 10_000, 50)
        self.patience.setSpecialValueText(tr("never"))
        self.image_size = _spin(tr("Image size"), 32, 4096, 640, step=32)
        self.image_size.setSuffix(" px")
        self.batch = _spin(tr("Images at once"), 0, 1024, 0)
        self.batch.setSpecialValueText(tr("Automatic"))
        self.device = _combo(tr("Device"))
        self.parts = _combo(tr("Division"))
        self.share = _spin(tr("Share of the images to check with"), 1, 90, 20)
        self.share.setSuffix(" %")
        self.seed = _spin(tr("Number that the division begins with"), 0, 999_999, 0)
        self.seed.setPrefix(tr("Seed") + " ")
        self.only_checked = QCheckBox(tr("Only chec&ked images"))
        self.output = PathRow(
            tr("Folder for the run"), tr("Folder for the run"), placeholder=tr("in the folder of this program")
        )
        self.model = QStandardItemModel(0, 3, self)
        self.classes = _class_table(self.model)
        self.images = QLabel("")
        self.images.setProperty("muted", True)
        self.problem = QLabel("")
        self.problem.setProperty("kind", "error")
        self.warnings = QLabel("")
        self.warnings.setProperty("kind", "warning")
        for label in (self.images, self.problem, self.warnings):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._fill()
        self._connect()
        self.set_images(0, 0)
        self.set_starts([])

    def request(self) -> TrainRequest:
        """Return what is asked for."""
        unwanted = [label for label, wanted in self._known.items() if not wanted]
        task: TrainTask = self.task.currentData() or TrainTask.DETECT
        return TrainRequest(
            task,
            self.name.text().strip(),
            str(self.start.currentData()),
            self.epochs.value(),
            self.image_size.value(),
            self.batch.value(),
            str(self.device.currentData() or ""),
            self.share.value(),
            self.seed.value(),
            bool(self.parts.currentData()),
            self.only_checked.isChecked(),
            self.patience.value(),
            self.output.path(),
            tuple(label for label, wanted in self._known.items() if wanted) if unwanted else None,
            self.keep_classes.isChecked() and self.keep_classes.isEnabled(),
        )

    def is_complete(self) -> bool:
        """Say whether a training could begin."""
        return self._plan is not None and not self._plan.problem and bool(self.name.text().strip())

    def set_images(self, all_images: int, listed: int) -> None:
        """Say how many images there are, and how many of them the file list shows."""
        self._filling = True
        chosen = self.scope.currentData()
        self.scope.clear()
        self.scope.addItem(tr("The whole folder ({number:,})", number=all_images), _ALL)
        if listed != all_images:
            self.scope.addItem(tr("What the file list shows ({number:,})", number=listed), _LISTED)
        self.scope.setCurrentIndex(max(self.scope.findData(chosen), 0))
        self._filling = False

    def only_listed(self) -> bool:
        """Say whether only the images that the file list shows count."""
        return bool(self.scope.currentData() == _LISTED)

    def set_needs(self, needs: Needs) -> None:
        """Say what can be trained on."""
        chosen = self.device.currentData()
        self.device.clear()
        for value, name in needs.devices:
            self.device.addItem(name, value)
        self.device.setCurrentIndex(max(self.device.findData(chosen), 0))

    def set_starts(self, files: Sequence[str]) -> None:
        """Say which files there are to go on from."""
        chosen = self.start.currentData()
        self._filling = True
        self.start.clear()
        for size in SIZES:
            self.start.addItem(tr("YOLO11 {size}, from scratch", size=_SIZE_NAMES[size]), f"yolo11{size}")
        for path in dict.fromkeys((*files, *([chosen] if str(chosen).endswith(".pt") else []))):
            self.start.addItem(tr("{name}, go on from it", name=Path(path).name), path)
            self.start.setItemData(self.start.count() - 1, path, Qt.ItemDataRole.ToolTipRole)
        self.start.addItem(tr("Another .pt file…"), _CHOOSE)
        self.start.setCurrentIndex(max(self.start.findData(chosen), 0))
        self._last_start = self.start.currentIndex()
        self._filling = False
        self._show_start()

    def set_plan(self, plan: TrainPlan) -> None:
        """Show what would be trained with."""
        self._plan = plan
        self._filling = True
        self._show_offers(plan.offers)
        by_folders = self.parts.model()
        item = by_folders.item(1) if isinstance(by_folders, QStandardItemModel) else None
        if item is not None:
            item.setEnabled(plan.has_parts)
        self.only_checked.setEnabled(plan.checked > 0 or self.only_checked.isChecked())
        self.only_checked.setToolTip(plural(plan.checked, "checked image"))
        self._show_classes(plan)
        self.images.setText(
            tr(
                "{learn} to learn from, {check:,} to check with, {rest:,} left out.",
                learn=plural(plan.training, "image"),
                check=plan.validation,
                rest=plan.left_out,
            )
            if plan.images
            else ""
        )
        self.problem.setText(plan.problem)
        self.problem.setVisible(bool(plan.problem))
        self.warnings.setText("\n".join(plan.warnings))
        self.warnings.setVisible(bool(plan.warnings))
        self._filling = False

    def choose_start(self, path: str) -> None:
        """Go on from a file."""
        if self.start.findData(path) < 0:
            self.start.insertItem(self.start.count() - 1, tr("{name}, go on from it", name=Path(path).name), path)
        self.start.setCurrentIndex(self.start.findData(path))

    def _show_offers(self, offers: Sequence[TaskOffer]) -> None:
        model = self.task.model()
        for offer in offers:
            row = self.task.findData(offer.task)
            item = model.item(row) if isinstance(model, QStandardItemModel) else None
            if item is None:
                continue
            item.setEnabled(not offer.problem)
            item.setToolTip(offer.problem)
            found = plural(offer.images, "image")
            item.setText(f"{TASK_NAMES[offer.task]} ({found})" if not offer.problem else TASK_NAMES[offer.task])
        chosen = next((offer for offer in offers if offer.task is self.task.currentData()), None)
        possible = next((offer for offer in offers if not offer.problem), None)
        if chosen is not None and chosen.problem and possible is not None:
            self._filling = False
            self.task.setCurrentIndex(self.task.findData(possible.task))
            self._filling = True

    def _show_classes(self, plan: TrainPlan) -> None:
        here = {share.label for share in plan.classes}
        shares = [*plan.classes]
        if plan.task is self.task.currentData():
            self._known = {label: wanted for label, wanted in self._known.items() if not wanted or label in here}
            self._known |= {label: True for label in here if label not in self._known}
        self.model.setRowCount(0)
        name_columns(self.model, (tr("Class"), tr("To learn"), tr("To check")))
        for share in shares:
            self.model.appendRow(self._row(share.label, share.training, share.validation, wanted=True))
        for label in [label for label, wanted in self._known.items() if not wanted and label not in here]:
            self.model.appendRow(self._row(label, 0, 0, wanted=False))

    def _row(self, label: str, training: int, validation: int, *, wanted: bool) -> list[QStandardItem]:
        name = QStandardItem(label or tr("(no label)"))
        name.setData(label)
        name.setEditable(False)
        name.setCheckable(True)
        name.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        name.setToolTip(label)
        numbers = [QStandardItem(count_text(number) if wanted else "") for number in (training, validation)]
        for number in numbers:
            number.setEditable(False)
            number.setData(_RIGHT, Qt.ItemDataRole.TextAlignmentRole)
        return [name, *numbers]

    def _on_class_changed(self, item: QStandardItem | None) -> None:
        if item is None or self._filling or item.column():
            return
        wanted = item.checkState() == Qt.CheckState.Checked
        if self._known.get(item.data()) != wanted:
            self._known[item.data()] = wanted
            self.changed.emit()

    def _on_task_changed(self) -> None:
        self._known = {}
        if not self._sized_by_hand:
            before = self._filling
            self._filling = True
            self.image_size.setValue(_USUAL_SIZE.get(self.task.currentData(), 640))
            self._filling = before
        self._tell()

    def _on_size_changed(self) -> None:
        if not self._filling:
            self._sized_by_hand = True
        rest = self.image_size.value() % 32
        if rest:
            self.image_size.setValue(self.image_size.value() - rest)

    def _on_start_changed(self) -> None:
        if self._filling:
            return
        if self.start.currentData() == _CHOOSE:
            self.start.setCurrentIndex(self._last_start)
            dialog = QFileDialog(self.window(), tr("Start weights"), "", tr("Checkpoints (*.pt)"))
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.fileSelected.connect(self.choose_start)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
            return
        self._last_start = self.start.currentIndex()
        self._show_start()
        self._tell()

    def _show_start(self) -> None:
        self.keep_classes.setEnabled(str(self.start.currentData()).endswith(".pt"))

    def _on_parts_changed(self) -> None:
        by_chance = not self.parts.currentData()
        self.share.setEnabled(by_chance)
        self.seed.setEnabled(by_chance)
        self._tell()

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _connect(self) -> None:
        self.scope.currentIndexChanged.connect(
            lambda _index: None if self._filling else self.scope_changed.emit(self.only_listed())
        )
        self.task.currentIndexChanged.connect(lambda _index: self._on_task_changed())
        self.start.currentIndexChanged.connect(lambda _index: self._on_start_changed())
        self.image_size.editingFinished.connect(self._on_size_changed)
        self.image_size.valueChanged.connect(lambda _value: None if self._filling else self._on_size_changed())
        self.parts.currentIndexChanged.connect(lambda _index: self._on_parts_changed())
        for box in (self.share, self.seed):
            box.valueChanged.connect(lambda _value: self._tell())
        for check in (self.only_checked, self.keep_classes):
            check.toggled.connect(lambda _on: self._tell())
        self.name.textChanged.connect(lambda _text: self._tell())
        self.model.itemChanged.connect(self._on_class_changed)

    def _fill(self) -> None:
        for task, name in TASK_NAMES.items():
            self.task.addItem(name, task)
        self.parts.addItem(tr("By chance"), False)
        self.parts.addItem(tr("By the folders train and val"), True)
        self.device.addItem(tr("Automatic"), "")
        form = QFormLayout()
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for text, field in (
            (tr("&Images"), self.scope),
            (tr("&Learn"), self.task),
            (tr("&Start"), self.start),
            ("", self.keep_classes),
            (tr("Na&me"), self.name),
            (tr("&Epochs"), _beside(self.epochs, QLabel(tr("end after")), self.patience, QLabel(tr("no better")))),
            (tr("Image si&ze"), _beside(self.image_size, QLabel(tr("at once")), self.batch)),
            (tr("&Device"), self.device),
            (tr("Di&vide"), self.parts),
            (tr("To &check with"), _beside(self.share, self.seed)),
            ("", self.only_checked),
            (tr("F&older"), self.output),
        ):
            label = QLabel(text)
            label.setBuddy(field)
            form.addRow(label, field)
        page = QWidget()
        page.setObjectName("page")
        left = QVBoxLayout(page)
        left.setContentsMargins(0, 0, 12, 0)
        left.addLayout(form)
        left.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it, and bring themselves into view
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(page.sizeHint().width())
        area.setWidget(page)
        right = QVBoxLayout()
        right.setSpacing(8)
        heading = ElidedLabel(tr("What the labels have"))
        heading.setProperty("heading", True)
        for widget in (heading, self.images):
            right.addWidget(widget)
        right.addWidget(self.classes, 1)
        right.addWidget(self.problem)
        right.addWidget(self.warnings)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(12)
        columns.addWidget(area, 3)
        columns.addLayout(right, 2)


def name_columns(model: QStandardItemModel, names: Sequence[str]) -> None:
    """Name the columns of a table; all but the first one hold numbers, which stand at the right."""
    model.setHorizontalHeaderLabels(list(names))
    for column in range(1, len(names)):
        model.setHeaderData(column, Qt.Orientation.Horizontal, _RIGHT, Qt.ItemDataRole.TextAlignmentRole)


def _class_table(model: QStandardItemModel) -> QTreeView:
    view = QTreeView()
    view.setAccessibleName(tr("Classes"))
    view.setModel(model)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setProperty("framed", True)
    view.setMinimumSize(_LEAST_TABLE_PX * 2, _LEAST_TABLE_PX)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    name_columns(model, (tr("Class"), tr("To learn"), tr("To check")))
    header = view.header()
    if header is not None:
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return view


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setMaxVisibleItems(20)
    combo.setMinimumContentsLength(20)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def _spin(name: str, least: int, most: int, value: int, *, step: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setValue(value)
    return box


def _beside(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
    row.setFocusProxy(widgets[0])
    return row
