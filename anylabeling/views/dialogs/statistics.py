"""What is in the folder and on the image: numbers, plots, tables to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.progress import Progress
from anylabeling.messages.statistics import Figures
from anylabeling.translation import tr
from anylabeling.views.widgets.plots import Bar, BarList, CellMap, ColumnPlot
from anylabeling.views.widgets.progress_strip import ProgressStrip
from anylabeling.views.widgets.text import count_text
from anylabeling.views.widgets.within_screen import resize_within_screen

_MOST_BARS = 200
_SCOPES = (tr("Whole folder"), tr("This image"))
_TILES = ("images", "labelled", "checked", "objects", "labels", "broken")
_TILE_TEXTS = {
    "images": tr("images"),
    "labelled": tr("labelled"),
    "checked": tr("checked"),
    "objects": tr("objects"),
    "labels": tr("labels"),
    "broken": tr("unreadable files"),
}
_NO_FOLDER = tr("Open a folder to see what is in it.")
_READING = tr("Reading the label files…")
_NO_IMAGE = tr("Open an image to see what is on it.")
_NO_OBJECTS = tr("Nothing is labelled yet. Draw an object, or let a model label the images.")


class StatisticsDialog(QDialog):
    """Numbers, plots and export. It may stay open beside the window and follows what is done there.

    Signals:
        refresh_requested: The label files of the folder are to be looked at again.
        export_requested: "classes", "words" (flags and tags) or "images": which table is wanted as a file.
        cancel_requested: Reading the label files is to stop.
    """

    refresh_requested = Signal()
    export_requested = Signal(str)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Statistics"))
        resize_within_screen(self, 760, 640, least=(560, 420))
        self._reading = False
        self._figures: dict[str, Figures | None] = dict.fromkeys(_SCOPES)
        self._color_of: Callable[[str], tuple[int, int, int]] = lambda _label: (128, 128, 128)
        self.scope = QComboBox()
        self.scope.addItems(_SCOPES)
        self.scope.setAccessibleName(tr("What is counted"))
        self.scope.currentIndexChanged.connect(lambda _index: self._show())
        self.refresh_button = QPushButton(tr("Look Again"))
        self.refresh_button.setAutoDefault(False)
        self.refresh_button.clicked.connect(lambda: self.refresh_requested.emit())
        self.export_button = self._make_export()
        self.work = ProgressStrip(self)
        self.work.cancel_requested.connect(self.cancel_requested)
        self.work.hide()
        self.tiles: dict[str, QLabel] = {}
        self.classes = BarList(tr("Objects of each label"))
        self.flags = BarList(tr("Images with each flag"))
        self.tags = BarList(tr("Images with each tag"))
        self.sizes = ColumnPlot(tr("Sizes of the objects"))
        self.per_image = ColumnPlot(tr("Objects in an image"))
        self.places = CellMap(tr("Positions of the objects"))
        self.message = QLabel("")
        self.message.setProperty("muted", True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self._build()
        self._show()

    def set_color_provider(self, color_of: Callable[[str], tuple[int, int, int]]) -> None:
        """Take the colours of the labels from a function."""
        self._color_of = color_of
        self._show()

    def set_folder(self, figures: Figures | None) -> None:
        """Show the statistics of the folder, or that there is none."""
        self._set(_SCOPES[0], figures)

    def set_image(self, figures: Figures | None) -> None:
        """Show the statistics of the image on the screen, or that there is none."""
        self._set(_SCOPES[1], figures)

    def set_progress(self, progress: Progress | None) -> None:
        """Show how far reading is, or that nothing is read."""
        self._reading = progress is not None
        self.work.setVisible(self._reading)
        if progress is not None:
            self.work.set_progress(progress if progress.total else None, tr("Reading label files"))
        if self.figures() is None:
            self._show()

    def figures(self) -> Figures | None:
        """Return what is shown."""
        return self._figures[self.scope.currentText()]

    def _set(self, scope: str, figures: Figures | None) -> None:
        self._figures[scope] = figures
        if self.scope.currentText() == scope:
            self._show()

    def _show(self) -> None:
        figures, whole = self.figures(), self.scope.currentIndex() == 0
        self.refresh_button.setVisible(whole)
        self.export_button.setEnabled(self._figures[_SCOPES[0]] is not None)
        if figures is None:
            nothing = _READING if self._reading else _NO_FOLDER
            self.message.setText(nothing if whole else _NO_IMAGE)
            self.stack.setCurrentIndex(1)
            return
        empty = not figures.objects and not figures.flags and not figures.tags
        self.message.setText(_NO_OBJECTS)
        self.stack.setCurrentIndex(1 if empty else 0)
        values = {name: getattr(figures, name, 0) for name in _TILES} | {"labels": len(figures.classes)}
        for name, label in self.tiles.items():
            label.setText(count_text(values[name]))
        if not empty:
            self._show_plots(figures, whole)

    def _show_plots(self, figures: Figures, whole: bool) -> None:
        bars = [
            Bar(
                one.label or tr("(no label)"),
                one.objects,
                tr(
                    "in {images:,} images, median {width_px:.0f}×{height_px:.0f} px",
                    images=one.images,
                    width_px=one.width_px,
                    height_px=one.height_px,
                ),
                self._color_of(one.label),
            )
            for one in figures.classes
        ]
        if len(bars) > _MOST_BARS:
            rest = bars[_MOST_BARS:]
            bars = [
                *bars[:_MOST_BARS],
                Bar(tr("{number:,} more labels", number=len(rest)), sum(bar.value for bar in rest)),
            ]
        self.classes.set_bars(bars)
        for title, plot, counts in (
            (self._flags_title, self.flags, figures.flags),
            (self._tags_title, self.tags, figures.tags),
        ):
            plot.set_bars(_image_bars(counts))
            title.setVisible(bool(counts))
            plot.setVisible(bool(counts))
        self.sizes.set_bars(_size_bars(figures))
        self.places.set_cells(figures.places, figures.places_extent_px)
        last = len(figures.per_image) - 1
        self.per_image.set_bars(
            [
                Bar(
                    f"{number}+" if number == last == 20 else str(number),
                    int(count),
                    tr("{number} objects", number=number),
                )
                for number, count in enumerate(figures.per_image.tolist())
            ]
        )
        for widget in (self.per_image, self._per_image_title):
            widget.setVisible(whole)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.scope)
        top.addWidget(self.work, 1)
        top.addStretch(1)
        top.addWidget(self.refresh_button)
        top.addWidget(self.export_button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(_heading(tr("Objects of each label")))
        left.addWidget(self.classes)
        left.addSpacing(8)
        self._flags_title = _heading(tr("Images with each flag"))
        left.addWidget(self._flags_title)
        left.addWidget(self.flags)
        left.addSpacing(8)
        self._tags_title = _heading(tr("Images with each tag"))
        left.addWidget(self._tags_title)
        left.addWidget(self.tags)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        self._per_image_title = _heading(tr("Objects in an image"))
        for title, plot, stretch in (
            (_heading(tr("Sizes: root of width × height, in pixels")), self.sizes, 3),
            (_heading(tr("Positions of the middles, in pixels")), self.places, 4),
            (self._per_image_title, self.per_image, 3),
        ):
            if right.count():
                right.addSpacing(8)
            right.addWidget(title)
            right.addWidget(plot, stretch)
        plots = QWidget()
        columns = QHBoxLayout(plots)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(_scrolled(left, tr("Objects of each label")), 1)
        columns.addWidget(_scrolled(right, tr("Sizes of the objects")), 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(plots)
        self.stack.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addLayout(self._make_tiles())
        layout.addWidget(self.stack, 1)

    def _make_tiles(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for column, name in enumerate(_TILES):
            value, text = QLabel("0"), QLabel(_TILE_TEXTS[name])
            value.setProperty("title", True)
            value.setAccessibleName(_TILE_TEXTS[name])
            text.setProperty("muted", True)
            grid.addWidget(value, 0, column)
            grid.addWidget(text, 1, column)
            grid.setColumnStretch(column, 1)
            self.tiles[name] = value
        return grid

    def _make_export(self) -> QPushButton:
        button = QPushButton(tr("Export CSV"))
        button.setAutoDefault(False)
        button.setProperty("hasMenu", True)
        menu = QMenu(button)
        for table, text in (
            ("classes", tr("&Labels of the Folder…")),
            ("words", tr("&Flags and Tags of the Folder…")),
            ("images", tr("&Images of the Folder…")),
        ):
            action = menu.addAction(text)
            if action is not None:
                action.triggered.connect(lambda _checked=False, wanted=table: self.export_requested.emit(wanted))
        button.setMenu(menu)
        return button


def _image_bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    bars = [Bar(name, images) for name, images in counts[:_MOST_BARS]]
    rest = counts[_MOST_BARS:]
    if rest:
        bars.append(Bar(tr("{number:,} more", number=len(rest)), sum(images for _, images in rest)))
    return bars


def _size_bars(figures: Figures) -> list[Bar]:
    edges = figures.size_edges_px
    bars = []
    for number, count in enumerate(figures.sizes.tolist()):
        low, high = edges[number], edges[number + 1] if number + 1 < len(edges) else None
        note = (
            tr("{low:.0f} to {high:.0f} px", low=low, high=high)
            if high is not None
            else tr("{low:.0f} px and more", low=low)
        )
        bars.append(Bar(f"{low:.0f}", int(count), note))
    return bars


def _scrolled(column: QVBoxLayout, name: str) -> QScrollArea:
    """Return a column that scrolls where the window is low, with keys, too."""
    page = QWidget()
    page.setObjectName("page")
    page.setLayout(column)
    column.setContentsMargins(0, 0, 12, 0)
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("heading", True)
    return label
