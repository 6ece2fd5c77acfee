"""The connections of everything about labels: dialog, colours, digit keys, texts, links, flags, review."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QTimer
from qtpy.QtGui import QColor

from anylabeling.bootstrap.classifying import Classifying
from anylabeling.bootstrap.folder_objects import FolderObjects
from anylabeling.bootstrap.label_dialogs import LabelDialogs
from anylabeling.bootstrap.tagging import connect_tags, keep_tags
from anylabeling.config import SETTINGS, Config
from anylabeling.controllers.class_keys import DIGITS, ClassKey, ClassKeyController
from anylabeling.controllers.folder_labels import FolderLabelController
from anylabeling.controllers.folder_undo import FolderUndo
from anylabeling.controllers.linking import LinkController
from anylabeling.controllers.marking import MarkController
from anylabeling.controllers.review import ReviewController
from anylabeling.controllers.survey import SurveyController
from anylabeling.document.annotation import Annotation
from anylabeling.document.attributes import AttributeSchema, parse_schema
from anylabeling.document.labels import LabelColors
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.services.dataset.attribute_file import read_attribute_file
from anylabeling.translation import tr
from anylabeling.views.canvas.style import ChosenColors
from anylabeling.views.canvas.tools import TOOLS
from anylabeling.views.models.image_list_model import FileState
from anylabeling.views.widgets.text import menu_text

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.services.dataset.label_index import LabelIndex

_RECENT_KEY = "labels/recent"
_SLOTS_KEY = "labels/inherited_colors"
_MOST_SLOTS = 2000
_ATTRIBUTE_LANE = "attributes"
_STATES = {
    "none": FileState.NONE,
    "labelled": FileState.LABELLED,
    "checked": FileState.CHECKED,
    "failed": FileState.FAILED,
}


class LabelWork(QObject):
    """What belongs to labels: controllers, colours, the schema of attributes.

    Attributes:
        colors: The colours of labels under the settings in force.
        attributes: The attributes of each label: those of the folder over those of the settings.
        survey: What the label files of the folder say.
        review: Which images are labelled and checked.
        marking: Ticks images in the file list.
        folder: Changes of labels in the whole folder.
        undo: Takes the last of these back, or of colours and hiding.
        links: Links between shapes.
        keys: The digit keys.
        tags: The tags of the image.
        classifying: Classes of images by keys.
        dialogs: Label manager and statistics.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        config = program.settings.config
        self._program = program
        self.attributes = AttributeSchema()
        self._folder_attributes = AttributeSchema()
        self.colors = _colors(config, program.window.window_state.load_mapping(_SLOTS_KEY))
        self.review = ReviewController(program.documents, program.navigation, self)
        self.marking = MarkController(
            program.runner, program.documents, self.review, lambda: program.label_files.store, self
        )
        self.folder = FolderLabelController(program.runner, program.documents, program.saving, self)
        self.undo = FolderUndo(self.folder, self)
        self.links = LinkController(program.documents, self)
        self.keys = ClassKeyController(program.labels, program.documents, config, self)
        self.survey = SurveyController(
            program.runner,
            lambda: program.navigation.all_paths,
            lambda: program.label_files.store,
            self._index,
            self,
        )
        self.dialogs = LabelDialogs(program, self)
        self.tags = connect_tags(program)
        self.classifying = Classifying(program, self)
        self._use_attributes(config)

    def color(self, label: str) -> tuple[int, int, int]:
        """Return the colour of a label."""
        return self.colors.color(label)

    def apply(self, config: Config, keys: frozenset[str]) -> None:
        """Follow changed settings."""
        if any("color" in key or key.startswith("shape.") for key in keys):
            self.colors = _colors(config, self.colors.inherited)
            self.show_colors()
        if "attributes" in keys:
            self._use_attributes(config)
        self.keys.apply(config)
        self._program.window.column.image_dock.set_offered(config["flags"] or ())
        self._program.window.file_dock.view.set_marks_editable(bool(config["file_list_checkbox_editable"]))

    def show_colors(self) -> None:
        """Let everything that shows a label's colour ask again."""
        window = self._program.window
        window.canvas.canvas_style.set_chosen(_chosen_colors(self._program.settings.config))
        window.canvas.set_color_of(self.color)
        window.shape_dock.set_color_provider(self.color)
        self._program.labels.refresh()
        self.dialogs.show_colors()

    def open_folder(self, root: str) -> None:
        """Read the schema of attributes that lies in a folder."""
        self._program.runner.submit(
            _ATTRIBUTE_LANE,
            lambda _task: read_attribute_file(root),
            on_done=self._on_attributes_read,
            on_error=self._on_attributes_failed,
            newest_wins=True,
        )

    def finish(self) -> None:
        """End what runs, and remember the colours of renamed labels; the program ends."""
        self.folder.cancel()
        self.survey.stop()
        keep_tags(self._program, self.tags)
        slots = list(self.colors.inherited.items())[-_MOST_SLOTS:]
        self._program.window.window_state.save(_SLOTS_KEY, dict(slots))
        self._program.window.window_state.save(_RECENT_KEY, list(self._program.labels.recent))
        self._program.window.window_state.sync()

    def _index(self) -> LabelIndex:
        return self._program.services.filter_stores().labels

    def _use_attributes(self, config: Config) -> None:
        try:
            stated = parse_schema(config["attributes"])
        except ValueError as error:
            stated = AttributeSchema()
            self._program.notify(Notice(str(error), tr("Mend it under attributes in the settings."), level="warning"))
        self.attributes = self._folder_attributes.over(stated)

    def _on_attributes_read(self, schema: AttributeSchema) -> None:
        self._folder_attributes = schema
        self._use_attributes(self._program.settings.config)

    def _on_attributes_failed(self, error: Exception) -> None:
        self._on_attributes_read(AttributeSchema())
        known = (
            error if isinstance(error, AppError) else AppError(tr("The attributes of the folder could not be read."))
        )
        self._program.notify(Notice(known.user_text, known.hint, known.details or repr(error), "warning"))


def connect_labels(program: Program) -> None:
    """Make what belongs to labels and connect it."""
    program.label_work = work = LabelWork(program)
    _connect_dialog(program, work)
    _connect_keys(program, work)
    _connect_review(program, work)
    _connect_texts(program, work)
    _connect_links(program, work)
    _connect_folder(program, work)
    program.settings.changed.connect(work.apply)
    work.apply(program.settings.config, frozenset())
    work.show_colors()


def _connect_dialog(program: Program, work: LabelWork) -> None:
    window, labels = program.window, program.labels
    window.canvas.shape_drawn.connect(labels.on_canvas_shape_drawn)
    window.canvas.parts_drawn.connect(labels.on_canvas_parts_drawn)
    window.canvas.label_edit_requested.connect(lambda uid: labels.edit([uid]))
    window.shape_dock.label_edit_requested.connect(lambda uid: labels.edit([uid]))
    window.label_dock.label_selected.connect(labels.prefer)
    labels.drawing_settled.connect(window.canvas.drawing_finished)
    # The tool that has drawn it has an event to end yet.
    labels.drawn_added.connect(lambda: QTimer.singleShot(0, partial(_leave_drawing, program)))
    labels.notified.connect(program.notify)
    labels.remember(window.window_state.load_texts(_RECENT_KEY))
    labels.question.connect(work.dialogs.ask_label)
    labels.labels_changed.connect(
        lambda rows: window.label_dock.set_labels([(name, count, work.color(name)) for name, count in rows])
    )
    window.actions["auto_use_last_label"].toggled.connect(labels.set_use_last)
    window.actions["auto_use_last_gid"].toggled.connect(labels.set_use_last_group)
    window.actions["auto_use_last_gid"].toggled.connect(partial(program.settings.set, "auto_use_last_gid"))


def _leave_drawing(program: Program) -> None:
    if program.settings.config["auto_switch_to_edit_mode"]:
        program.window.actions["tool_select"].trigger()


def _connect_keys(program: Program, work: LabelWork) -> None:
    window, keys = program.window, work.keys

    def show_keys(known: Mapping[str, ClassKey]) -> None:
        window.label_dock.set_keys({key.label: digit for digit, key in known.items()})
        for digit in DIGITS:
            label = menu_text(known[digit].label) if digit in known else tr("(no label)")
            window.actions[f"label_digit_{digit}"].setText(f"&{digit}  {label}")

    def use_tool(mode: str) -> None:
        action = window.actions.get(f"tool_{mode}")
        if action is not None:
            action.setChecked(True)

    def tell(label: str) -> None:
        text = (
            tr("New objects are labelled {label}.", label=label)
            if label
            else tr("New objects get the label that you give them.")
        )
        hint = tr("The same key ends that.") if label else ""
        program.notify(Notice(text, hint, level="info", topic="armed_label"))

    def press(digit: str) -> None:
        canvas = window.canvas
        if (
            canvas.is_drawing and TOOLS[canvas.tool()].makes_shapes
        ):  # which is meant, and not the one drawn before that is still selected
            keys.arm(digit)
        else:
            keys.press(digit, canvas.selection())

    for digit in DIGITS:
        window.actions[f"label_digit_{digit}"].triggered.connect(lambda _checked=False, pressed=digit: press(pressed))
    keys.keys_changed.connect(show_keys)
    keys.armed_changed.connect(tell)
    keys.tool_requested.connect(use_tool)
    keys.notified.connect(program.notify)
    show_keys(keys.keys)


def _connect_review(program: Program, work: LabelWork) -> None:
    window, review, navigation = program.window, work.review, program.navigation
    dock, checked = window.column.image_dock, window.actions["toggle_checked"]

    def show_marks(marks: Mapping[str, str]) -> None:
        window.file_dock.set_states({path: _STATES[mark] for path, mark in marks.items()})

    def show_image(annotation: Annotation | None) -> None:
        is_checked = annotation is not None and annotation.checked
        dock.set_image(annotation.flags if annotation is not None else None, checked=is_checked)
        checked.setChecked(is_checked)

    program.label_files.states_changed.connect(review.set_labelled)
    program.saving.saved.connect(review.on_saved)
    review.marks_changed.connect(show_marks)
    review.image_changed.connect(show_image)
    review.notified.connect(program.notify)
    dock.checked_requested.connect(review.set_checked)
    dock.flag_requested.connect(review.set_flag)
    checked.triggered.connect(lambda _checked=False: review.toggle_checked())
    for name, slot in (
        ("next_unchecked", review.go_to_unchecked),
        ("prev_unchecked", partial(review.go_to_unchecked, backwards=True)),
        ("next_unlabelled", review.go_to_unlabelled),
        ("prev_unlabelled", partial(review.go_to_unlabelled, backwards=True)),
        ("next_labelled", review.go_to_labelled),
        ("prev_labelled", partial(review.go_to_labelled, backwards=True)),
    ):
        window.actions[name].triggered.connect(lambda _checked=False, go=slot: go())
    window.actions["classify_images"].triggered.connect(lambda _checked=False: work.classifying.show())
    window.file_dock.mark_toggle_requested.connect(work.marking.toggle)
    work.marking.notified.connect(program.notify)
    work.marking.settled.connect(program.closing.go_on)
    program.closing.edits_on_their_way = lambda: work.marking.busy() or program.bulk_edits.busy()
    survey = work.survey
    survey.surveyed.connect(review.set_survey)
    survey.surveyed.connect(lambda found: work.tags.set_in_folder(found.tags))
    survey.surveyed.connect(lambda found: dock.set_known(found.flags))
    survey.notified.connect(program.notify)
    navigation.images_changed.connect(lambda _paths, root: work.open_folder(root))
    navigation.images_changed.connect(lambda _paths, root: dock.set_folder(root))
    program.batch.finished.connect(lambda _summary: survey.ask_soon())

    def follow_folder() -> None:
        for signal in (navigation.images_changed, navigation.images_appended, program.label_files.store_changed):
            signal.connect(lambda *_: survey.ask_soon())
        survey.ask_soon()

    # Reading all label files, and the modules for it, may take the time of a first picture that somebody waits for.
    program.after_first_image(follow_folder)


def _connect_texts(program: Program, work: LabelWork) -> None:
    window, canvas, documents = program.window, program.window.canvas, program.documents
    dock = window.column.text_dock

    def show_shape(*_: object) -> None:
        entry, selection = documents.current, canvas.selection()
        shapes = entry.document.shapes if entry is not None else ()
        uid = selection[0] if len(selection) == 1 else None
        there = entry is not None and uid is not None and uid in entry.document
        if entry is not None and uid is not None and there:
            dock.set_shape(entry.document.shape(uid), entry.document.position(uid) + 1, len(shapes))
        else:
            dock.set_shape(None, 0, len(shapes))

    def step(steps: int) -> None:
        entry = documents.current
        uids = [shape.uid for shape in entry.document.shapes if canvas.scene.is_shown(shape.uid)] if entry else []
        chosen = canvas.selection()
        if uids:
            at = uids.index(chosen[0]) if chosen and chosen[0] in uids else -1 if steps > 0 else 0
            canvas.set_selection([uids[(at + steps) % len(uids)]])

    def focus() -> None:
        window.show_panel("text")
        dock.focus_text()

    work.review.image_changed.connect(dock.set_image)
    documents.current_changed.connect(show_shape)
    documents.shapes_changed.connect(show_shape)
    canvas.selection_changed.connect(show_shape)
    dock.shape_text_edited.connect(program.labels.set_text)
    dock.image_text_edited.connect(work.review.set_image_text)
    dock.step_requested.connect(step)
    # Before another image comes: what was typed belongs to the one that is still there.
    program.navigation.current_changed.connect(lambda _path: dock.flush())
    documents.about_to_retrace.connect(dock.flush)  # a tool button takes the focus from no field, either
    program.closing.about_to_look.connect(dock.flush)  # the close button takes the focus from no field
    window.actions["edit_text"].triggered.connect(lambda _checked=False: focus())
    window.actions["toggle_text"].toggled.connect(lambda on: dock.focus_text() if on and window.isVisible() else None)


def _connect_links(program: Program, work: LabelWork) -> None:
    window, links = program.window, work.links

    def show_links(shown: bool) -> None:
        window.canvas.ties.links.shown = shown
        window.canvas.update()

    window.canvas.selection_changed.connect(links.set_selection)
    links.notified.connect(program.notify)
    window.actions["link_shapes"].triggered.connect(lambda _checked=False: links.link())
    window.actions["unlink_shapes"].triggered.connect(lambda _checked=False: links.unlink())
    shown = window.actions["show_linking"]
    shown.toggled.connect(show_links)
    shown.toggled.connect(partial(program.settings.set, "show_linking"))
    show_links(shown.isChecked())


def _connect_folder(program: Program, work: LabelWork) -> None:
    window, folder, dialogs = program.window, work.folder, work.dialogs
    undo = window.actions["undo_folder_change"]

    def show_undoable(name: str | None) -> None:
        undo.setEnabled(name is not None)
        undo.setText(tr("Undo: {name}", name=menu_text(name)) if name else tr("Undo Change of the &Folder"))

    def read_again(path: str) -> None:
        if program.navigation.current == path:
            program.images.show(path, program.label_files.store)

    folder.notified.connect(program.notify)
    folder.reload_requested.connect(read_again)
    work.undo.undoable_changed.connect(show_undoable)
    folder.progressed.connect(lambda progress: window.status.set_work(progress, tr("Changing labels")))
    folder.running_changed.connect(lambda running: None if running else window.status.set_work(None, ""))
    folder.finished.connect(lambda _summary: work.survey.ask())
    window.status.work_cancel_requested.connect(folder.cancel)
    undo.triggered.connect(lambda _checked=False: work.undo.undo())
    show_undoable(None)
    window.actions["label_manager"].triggered.connect(lambda _checked=False: dialogs.show_manager())
    objects = FolderObjects(program, work)
    window.actions["folder_objects"].triggered.connect(lambda _checked=False: objects.show())
    window.actions["statistics"].triggered.connect(lambda _checked=False: dialogs.show_statistics())
    program.after_first_image(folder.ask_interrupted)


def _colors(config: Config, inherited: Mapping[str, object]) -> LabelColors:
    return LabelColors(
        mode=config["shape_color"],
        label_colors=config["label_colors"],
        default=config["default_shape_color"],
        shift=config["shift_auto_shape_color"],
        inherited={label: slot for label, slot in inherited.items() if isinstance(slot, int)},
    )


def _chosen_colors(config: Config) -> ChosenColors:
    """Return what the settings fix. The defaults are those of a program with another look, and change nothing."""

    def chosen(name: str) -> QColor | None:
        value = config[f"shape.{name}"]
        return QColor(*value) if value != SETTINGS[f"shape.{name}"].default else None

    return ChosenColors(
        line=chosen("line_color"),
        drawn_fill=chosen("fill_color"),
        handle=chosen("vertex_fill_color"),
        hot_handle=chosen("hvertex_fill_color"),
        selected_line=chosen("select_line_color"),
        selected_fill=chosen("select_fill_color"),
        handle_px=float(config["shape.point_size"]),
    )
