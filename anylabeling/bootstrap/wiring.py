"""The connections between controllers and views, one function per subject."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QRectF, Qt
from qtpy.QtWidgets import QApplication

from anylabeling.bootstrap.color_scheme import connect_color_scheme
from anylabeling.bootstrap.compare import connect_compare
from anylabeling.bootstrap.exchange import connect_exchange
from anylabeling.bootstrap.file_search import connect_file_search
from anylabeling.bootstrap.finding_alike import connect_finding_alike
from anylabeling.bootstrap.image_filter import connect_filter
from anylabeling.bootstrap.labels import connect_labels
from anylabeling.bootstrap.languages import connect_language
from anylabeling.bootstrap.loading import connect_loading
from anylabeling.bootstrap.performance import connect_performance
from anylabeling.bootstrap.plugins import connect_plugins
from anylabeling.bootstrap.prompting import connect_prompting
from anylabeling.bootstrap.remote_models import connect_remote_models
from anylabeling.bootstrap.resuming import connect_resuming
from anylabeling.bootstrap.safety import connect_safety
from anylabeling.bootstrap.shape_editing import connect_shape_editing
from anylabeling.bootstrap.tiles import connect_tiles
from anylabeling.bootstrap.training import connect_training
from anylabeling.bootstrap.view import connect_view
from anylabeling.bootstrap.view_memory import ViewMemory
from anylabeling.config import Config
from anylabeling.controllers.documents import OpenDocument
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.geometry import bounds
from anylabeling.errors import AppError
from anylabeling.messages.auto_labeling import AutoLabelRequest, AutoLabelSummary, DetectOptions, Tiling
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr
from anylabeling.views.actions import ACTION_ROWS, TOOL_ROWS
from anylabeling.views.canvas.selecting import select_retraced
from anylabeling.views.models.image_list_model import FileState
from anylabeling.views.widgets.text import menu_text

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.messages.progress import Progress

KEEP_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_KEPT_CHOICES = (
    "keep_prev", "auto_use_last_label", "keep_prev_scale", "show_cross_line", "show_groups", "show_labels",
    "show_scores", "show_texts", "show_attributes", "show_degrees",
)  # fmt: skip
"""Actions whose state is the setting of the same name."""
_SAVE_KINDS = {"failed": "error", "unsaved": "warning"}


def connect_all(program: Program) -> None:
    """Connect everything."""
    for connect in (
        _connect_notices,
        _connect_navigation,
        _connect_images,
        _connect_label_files,
        _connect_documents,
        _connect_edit_actions,
        _connect_canvas,
        connect_labels,
        _connect_model,
        _connect_batch,
        connect_filter,
        _connect_settings,
        _connect_closing,
        connect_prompting,
        connect_finding_alike,
        connect_performance,
        connect_safety,
        connect_compare,
        connect_exchange,
        connect_view,
        connect_tiles,
        connect_loading,
        connect_resuming,
        connect_file_search,
        connect_color_scheme,
        connect_language,
        connect_shape_editing,
        connect_plugins,
        connect_remote_models,
        connect_training,
    ):
        connect(program)


def _connect_notices(program: Program) -> None:
    for source in (
        program.navigation,
        program.label_files,
        program.saving,
        program.auto_labeling,
        program.batch,
        program.filter,
        program.settings,
        program.model_store,
    ):
        source.notified.connect(program.notify)


def _connect_navigation(program: Program) -> None:
    window, navigation = program.window, program.navigation
    actions, files = window.actions, window.file_dock

    def show_place() -> None:
        narrowed_from = len(navigation.all_paths) if navigation.narrowed else None
        window.set_current(navigation.current, navigation.index(), len(navigation.paths), narrowed_from)

    def follow_place() -> None:
        show_place()
        _preload(program)

    def show_current(path: str | None) -> None:
        if path is None:
            program.documents.close_current()
            window.canvas.set_image(None, image_id=0)
        # The picture that somebody waits for is first: it is loaded while the rest is done here.
        program.images.show(path, program.label_files.store)
        show_place()
        _preload(program)

    navigation.images_changed.connect(files.set_images)
    navigation.images_appended.connect(files.append_images)
    navigation.narrowed_changed.connect(files.set_narrowed)
    navigation.current_changed.connect(show_current)
    navigation.place_changed.connect(follow_place)
    navigation.folder_opened.connect(window.add_recent)
    navigation.settled.connect(window.notifications.withdraw)
    navigation.narrowed_changed.connect(lambda paths: actions["clear_filter"].setEnabled(paths is not None))
    actions["clear_filter"].setEnabled(False)
    files.image_chosen.connect(navigation.go_to)
    window.recent_chosen.connect(navigation.open)
    window.paths_dropped.connect(partial(_open_dropped, program))
    window.canvas.paths_dropped.connect(partial(_open_dropped, program))
    for name, slot in (
        ("next_image", partial(_step, program, 1)),
        ("prev_image", partial(_step, program, -1)),
        ("next_image_keep", partial(_step, program, 1, keep=True)),
        ("prev_image_keep", partial(_step, program, -1, keep=True)),
        ("close", navigation.close_current),
        ("rescan_folder", navigation.rescan),
        ("open_dir", program.dialogs.open_folder),
        ("open_file", program.dialogs.open_file),
        ("jump_to_image", program.dialogs.jump_to_image),
        ("quit", window.close),
    ):
        _on(program, name, slot)


def _step(program: Program, steps: int, *, keep: bool = False) -> None:
    """Go on; with ``keep``, or with Ctrl and Shift down, an image without labels starts with the shapes of this one."""
    before, both = program.navigation.current, KEEP_MODIFIERS
    program.documents.keep_once = keep or QApplication.keyboardModifiers() & both == both
    program.navigation.step(steps)
    if program.navigation.current == before:
        program.documents.keep_once = False


def _open_dropped(program: Program, paths: Sequence[str | Path]) -> None:
    """Open a folder or picture that was dropped, or load a model."""
    path = str(paths[0])
    if Path(path).suffix.lower() in program.model_suffixes():
        program.choose_model(path)
    else:
        program.navigation.open(path)


def _connect_images(program: Program) -> None:
    window, settings = program.window, program.settings
    memory = ViewMemory(window.canvas, lambda: bool(settings.config["keep_prev_scale"]))
    told: set[tuple[str, str]] = set()
    unread: set[str] = set()

    def opened(image: OpenedImage) -> None:
        memory.leave_for(image.path)
        window.canvas.set_document(None)  # the old shapes never show on the new picture
        window.canvas.set_image(image.image, image_id=image.serial, full_size=image.size)
        if image.is_large:
            window.canvas.expect_levels()
        program.auto_labeling.set_image(image)
        program.documents.show(image.path, image.size, image.labels, image.picture)
        memory.arrive()
        window.status.set_size(*image.size)
        # Of a folder of pictures with the same remark, the first one is enough.
        name = Path(image.path)
        if image.note and (remark := (name.suffix.lower(), image.note.replace(name.name, ""))) not in told:
            told.add(remark)
            program.notify(Notice(image.note, level="info"))
        _show_cache(program)
        if image.path in unread:
            unread.discard(image.path)
            window.notifications.withdraw(f"image:{image.path}")
            program.label_work.review.tell(image.path)

    def failed(path: str, error: AppError) -> None:
        unread.add(path)
        program.documents.close_current()
        program.auto_labeling.set_image(None)
        window.canvas.set_image(None, image_id=0)
        window.status.set_size(0, 0)
        window.file_dock.set_state(path, FileState.FAILED)
        program.notify(Notice(error.user_text, error.hint, error.details, "error", topic=f"image:{path}"))

    program.images.opened.connect(opened)
    program.images.levels_made.connect(lambda serial, levels: window.canvas.set_levels(levels, image_id=serial))
    program.images.failed.connect(failed)


def _preload(program: Program) -> None:
    config, navigation = program.settings.config, program.navigation
    count = int(config["performance.preload_count"]) if config["performance.preload_enabled"] else 0
    program.images.preload_around(navigation.paths, navigation.index(), count)
    _show_cache(program)


def _show_cache(program: Program) -> None:
    stats = program.services.image_cache.stats()
    share = stats.used_bytes / stats.capacity_bytes if stats.capacity_bytes else 0.0
    program.window.status.set_cache(tr("cache {share:.0%}", share=share) if stats.capacity_bytes else tr("cache off"))


def _connect_label_files(program: Program) -> None:
    label_files, navigation = program.label_files, program.navigation

    def read_again(path: str) -> None:
        program.documents.reload(path)
        if navigation.current == path:
            program.images.show(path, label_files.store)

    def use_other_store() -> None:
        program.documents.use_other_files()
        if navigation.current is not None:
            program.images.show(navigation.current, label_files.store)

    navigation.images_changed.connect(label_files.set_images)
    navigation.images_appended.connect(label_files.add_images)
    label_files.deleted.connect(read_again)
    label_files.store_changed.connect(use_other_store)
    program.saving.saved.connect(lambda path: label_files.mark([path]))
    program.saving.reload_requested.connect(read_again)
    program.saving.elsewhere_requested.connect(program.dialogs.change_output_dir)
    _on(program, "change_output_dir", program.dialogs.change_output_dir)
    _on(program, "delete_label_file", program.dialogs.delete_label_file)


def _connect_documents(program: Program) -> None:
    window, documents = program.window, program.documents
    actions = window.actions

    def show_document(entry: OpenDocument | None) -> None:
        document = entry.document if entry is not None else None
        window.canvas.set_document(document)
        window.shape_dock.set_document(document)
        if document is None:
            window.status.set_saved("", "")

    def show_history() -> None:
        for name, text, alone, named in (
            ("undo", documents.undo_text(), tr("&Undo"), tr("&Undo {step}")),
            ("redo", documents.redo_text(), tr("&Redo"), tr("&Redo {step}")),
        ):
            actions[name].setEnabled(text is not None)
            actions[name].setText(named.format(step=menu_text(f"{text[0].lower()}{text[1:]}")) if text else alone)

    def select(uids: tuple[int, ...]) -> None:
        if uids != window.canvas.selection():  # ten thousand that are selected already cost nothing
            window.canvas.set_selection(uids)

    documents.current_changed.connect(show_document)
    documents.history_changed.connect(show_history)
    documents.selection_requested.connect(select)
    documents.retraced.connect(partial(select_retraced, window.canvas))
    program.saving.state_changed.connect(lambda text, kind: window.status.set_saved(text, _SAVE_KINDS.get(kind, "")))
    show_history()


def _connect_edit_actions(program: Program) -> None:
    documents, canvas = program.documents, program.window.canvas

    def undo() -> None:
        # A drag that is under way, or an edit that is still being made, is taken back by not making it.
        if not (canvas.undo_last_point() or canvas.cancel_drawing() or program.bulk_edits.cancel()):
            documents.undo()

    def redo() -> None:
        if not canvas.is_drawing:
            documents.redo()

    for name, slot in (
        ("undo", undo),
        ("redo", redo),
        ("delete", lambda: documents.delete(canvas.selection())),
        ("select_all", canvas.select_all),
        ("group_selected_shapes", lambda: documents.group(canvas.selection())),
        ("ungroup_selected_shapes", lambda: documents.ungroup(canvas.selection())),
        ("add_point_to_edge", canvas.add_vertex_to_edge),
        ("remove_selected_point", canvas.remove_selected_vertex),
        ("edit_label", lambda: program.labels.edit(canvas.selection())),
        ("save", program.saving.save_current),
        ("save_as", program.dialogs.save_as),
    ):
        _on(program, name, slot)


def _connect_canvas(program: Program) -> None:
    window = program.window
    canvas, shapes, actions = window.canvas, window.shape_dock, window.actions
    canvas.edit_requested.connect(program.documents.push)
    canvas.selection_changed.connect(shapes.set_selection)
    canvas.cursor_moved.connect(window.status.set_cursor)
    canvas.cursor_left.connect(lambda: window.status.set_cursor(None))
    canvas.zoom_changed.connect(lambda factor: window.status.set_zoom(factor) if canvas.has_image else None)
    canvas.tool_changed.connect(lambda tool: actions[f"tool_{tool}"].setChecked(True))
    shapes.selection_changed.connect(canvas.set_selection)
    shapes.hidden_changed.connect(lambda uids: canvas.set_hidden(frozenset(uids)))
    shapes.lock_requested.connect(lambda uid, _locked: program.shape_editing.toggle_locked([uid]))

    def zoom_to_selection() -> None:
        boxes = [bounds(canvas.document.shape(uid)) for uid in canvas.selection()] if canvas.document else []
        if boxes:
            left, top, right, bottom = (
                pick(side) for pick, side in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
            )
            canvas.zoom_to_rect(QRectF(left, top, right - left, bottom - top))

    for row in TOOL_ROWS:
        tool = row.id.removeprefix("tool_")
        actions[row.id].toggled.connect(lambda on, name=tool: canvas.set_tool(name) if on else None)
    for name, slot in (
        ("zoom_in", canvas.zoom_in),
        ("zoom_out", canvas.zoom_out),
        ("zoom_to_original", canvas.zoom_original),
        ("fit_window", canvas.fit_window),
        ("fit_width", canvas.fit_width),
        ("zoom_to_selection", zoom_to_selection),
    ):
        _on(program, name, slot)
    for name, setter in (
        ("show_cross_line", canvas.set_crosshair),
        ("aim_by_keys", canvas.set_key_aim),
        ("show_groups", canvas.set_show_groups),
        ("show_labels", canvas.set_show_labels),
        ("show_scores", canvas.set_show_scores),
        ("show_texts", lambda on: canvas.set_plates(texts=on)),
        ("show_attributes", lambda on: canvas.set_plates(attributes=on)),
        ("show_degrees", lambda on: canvas.set_plates(degrees=on)),
    ):
        actions[name].toggled.connect(setter)
        setter(actions[name].isChecked())


def _connect_model(program: Program) -> None:
    window, model, panel = program.window, program.auto_labeling, program.window.auto_labeling

    def show_model(info: ModelInfo | None) -> None:
        panel.set_model(info)
        if panel.options() != model.options:
            model.set_options(panel.options())
        model.set_tiling(panel.tiling())
        if info is not None:
            program.labels.add_known(info.class_names)
            window.window_state.save("recent/models", program.dialogs.remember_model(info.path))
            panel.set_recent_models(program.dialogs.recent_models())

    def use_options(options: DetectOptions) -> None:
        model.set_options(options)
        program.settings.update({"auto_labeling.confidence": options.confidence, "auto_labeling.iou": options.iou})

    def use_tiles(tiling: Tiling | None) -> None:
        model.set_tiling(tiling)
        values: dict[str, object] = {"auto_labeling.tiles": tiling is not None}
        if tiling is not None:
            values |= {"auto_labeling.tile_px": tiling.side_px, "auto_labeling.tile_overlap": tiling.overlap}
        program.settings.update(values)

    model.suggested_changed.connect(panel.set_suggested)
    panel.tiling_changed.connect(use_tiles)
    panel.text_changed.connect(model.set_text)
    panel.text_changed.connect(lambda names: program.settings.set("auto_labeling.text_prompt", list(names) or None))
    panel.model_open_requested.connect(program.dialogs.open_model)
    panel.model_chosen.connect(program.choose_model)
    panel.options_changed.connect(use_options)
    panel.existing_changed.connect(model.set_existing)
    panel.existing_changed.connect(lambda policy: program.settings.set("auto_labeling.existing", policy.value))
    panel.run_requested.connect(model.run)
    panel.cancel_requested.connect(model.cancel)
    model.model_changed.connect(show_model)
    model.state_changed.connect(panel.set_state)
    model.set_options(panel.options())
    model.set_existing(panel.existing())
    model.set_text(panel.text.names())
    model.preferred_backend = program.services.preferred_backend()
    panel.set_recent_models(program.dialogs.recent_models())
    _on(program, "auto_label", model.run)
    _on(program, "load_model", program.dialogs.open_model)
    _on(program, "model_store", program.dialogs.show_model_store)


def _connect_batch(program: Program) -> None:
    window, batch, panel = program.window, program.batch, program.window.auto_labeling

    def run_all() -> None:
        model = program.auto_labeling.model
        if model is None:
            program.auto_labeling.run()  # says that a model is needed
            return
        request = AutoLabelRequest(
            tuple(program.navigation.paths), panel.options(), panel.existing(), program.label_files.output_dir
        )
        program.dialogs.confirm_run_all(request, lambda: batch.run(model, request, program.label_files.store))

    def show_progress(progress: Progress) -> None:
        panel.set_progress(progress)
        window.status.set_work(progress, tr("Labelling"))

    def finished(_summary: AutoLabelSummary) -> None:
        # The image on the screen may have been opened while its file was being written.
        entry, store = program.documents.current, program.label_files.store
        if entry is not None and not entry.dirty and store.stamp(entry.path) != entry.stamp:
            program.images.show(entry.path, store)

    def running_changed(running: bool) -> None:
        if not running:
            panel.set_progress(None)
            window.status.set_work(None, "")

    batch.progressed.connect(show_progress)
    batch.labelled.connect(program.label_files.mark)
    batch.finished.connect(finished)
    batch.running_changed.connect(running_changed)
    panel.run_all_requested.connect(run_all)
    panel.cancel_requested.connect(batch.cancel)
    window.status.work_cancel_requested.connect(batch.cancel)
    _on(program, "auto_label_all", run_all)


def _connect_settings(program: Program) -> None:
    window, settings = program.window, program.settings

    def apply(config: Config, keys: frozenset[str]) -> None:
        program.services.apply()
        if "auto_save" in keys:
            program.saving.set_auto_save(bool(config["auto_save"]))
        program.saving.embed_images = bool(config["store_data"])
        program.documents.keep_previous = bool(config["keep_prev"])
        program.auto_labeling.preferred_backend = program.services.preferred_backend()
        program.labels.apply(config)
        if any(key.startswith("shortcuts.") for key in keys):
            window.set_shortcuts(config)
        for row in ACTION_ROWS:
            if row.setting in keys:
                window.actions[row.id].setChecked(bool(config[row.setting]))
        if any(key.startswith("auto_labeling.tile") for key in keys):
            window.auto_labeling.tiles.apply(config)
        if "theme" in keys:
            window.set_theme(config["theme"])
        if any(key.startswith("performance.") for key in keys):
            _preload(program)

    settings.changed.connect(apply)
    window.theme_chosen.connect(lambda name: settings.set("theme", name))
    for name in _KEPT_CHOICES:
        window.actions[name].toggled.connect(partial(settings.set, name))
    program.saving.auto_save = bool(settings.config["auto_save"])
    program.saving.embed_images = bool(settings.config["store_data"])
    program.documents.keep_previous = bool(settings.config["keep_prev"])
    for name, slot in (
        ("settings", program.dialogs.show_settings),
        ("performance_settings", program.dialogs.show_performance),
        ("about", program.dialogs.show_about),
        ("shortcuts", program.dialogs.show_shortcuts),
        ("documentation", program.dialogs.show_documentation),
    ):
        _on(program, name, slot)


def _connect_closing(program: Program) -> None:
    program.window.set_close_guard(program.closing.may_close)
    program.closing.ready.connect(program.close)
    program.closing.question.connect(program.dialogs.ask_unsaved)


def _on(program: Program, action: str, slot: object) -> None:
    """Run a slot without arguments when an action is triggered."""
    if callable(slot):
        program.window.actions[action].triggered.connect(lambda _checked=False: slot())
