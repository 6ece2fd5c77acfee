"""The dialog that gives images their classes by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import Qt

if TYPE_CHECKING:
    from anylabeling.bootstrap.labels import LabelWork
    from anylabeling.bootstrap.program import Program
    from anylabeling.controllers.classifying import ClassifyController
    from anylabeling.controllers.survey import Survey
    from anylabeling.views.dialogs.classify import ClassifyDialog

_WINDOW = "classify"
_TYPED_KEY = "classify/typed"
_MOST_FOLDERS = 20


class Classifying:
    """Opens the dialog and connects it.

    Attributes:
        dialog: The dialog once it has been opened.
        controller: What does the work, once the dialog has been opened.
    """

    def __init__(self, program: Program, work: LabelWork) -> None:
        self._program = program
        self._work = work
        self._typed: list[str] = []
        self._root = ""
        self._touched = False
        self.dialog: ClassifyDialog | None = None
        self.controller: ClassifyController | None = None

    def show(self) -> None:
        """Show the dialog beside the picture."""
        if self.dialog is None:
            self._make()
        assert self.dialog is not None
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _make(self) -> None:
        from anylabeling.controllers.classifying import ClassifyController
        from anylabeling.views.dialogs.classify import ClassifyDialog

        program, window = self._program, self._program.window
        self.controller = controller = ClassifyController(program.documents, program.navigation, program)
        self.dialog = dialog = ClassifyDialog(window.canvas, window)
        # A tool window stays beside the picture, and takes no place of its own in the system's list of windows.
        dialog.setWindowFlag(Qt.WindowType.Tool, True)
        if not window.window_state.restore_geometry(_WINDOW, dialog):
            corner = window.canvas.mapToGlobal(window.canvas.rect().topRight())
            dialog.move(corner.x() - dialog.width() - 16, corner.y() + 16)
        controller.state_changed.connect(dialog.set_state)
        dialog.class_chosen.connect(self._choose)
        dialog.key_pressed.connect(self._on_key_pressed)
        dialog.class_typed.connect(self._on_class_typed)
        dialog.class_dropped.connect(self._on_class_dropped)
        dialog.several_changed.connect(lambda on: setattr(controller, "several", on))
        dialog.skips_changed.connect(lambda on: setattr(controller, "skips", on))
        dialog.skip_requested.connect(lambda steps: controller.skip(backwards=steps < 0))
        dialog.take_back_requested.connect(controller.take_back)
        dialog.shown_changed.connect(self._on_shown_changed)
        self._work.survey.surveyed.connect(self._on_surveyed)
        program.navigation.images_changed.connect(lambda _paths, root: self._on_folder_opened(root))

    def _on_shown_changed(self, shown: bool) -> None:
        assert self.controller is not None
        assert self.dialog is not None
        if shown:
            self._begin()
        else:
            self.controller.stop()
            self._keep()

    def _begin(self) -> None:
        assert self.controller is not None
        self._root, self._touched = self._program.navigation.root, False
        kept = self._program.window.window_state.load_mapping(_TYPED_KEY).get(self._root)
        self._typed = [name for name in kept if isinstance(name, str)] if isinstance(kept, list) else []
        last = self._work.survey.last
        if last is not None and last.paths[:1] == tuple(self._program.navigation.all_paths[:1]):
            self.controller.set_survey(last)
        self.controller.start(self._offered())
        self._work.survey.ask()

    def _keep(self) -> None:
        """Remember place and size of the dialog, and the classes that were typed for this folder."""
        state, dialog = self._program.window.window_state, self.dialog
        assert dialog is not None
        state.save_geometry(_WINDOW, dialog)
        others = {root: typed for root, typed in state.load_mapping(_TYPED_KEY).items() if root != self._root}
        folders = {**others, self._root: self._typed} if self._typed else others
        state.save(_TYPED_KEY, dict(list(folders.items())[-_MOST_FOLDERS:]))

    def _offered(self) -> tuple[str, ...]:
        from anylabeling.controllers.classifying import classes_to_offer

        assert self.controller is not None
        config = self._program.settings.config
        return classes_to_offer(
            [str(flag) for flag in config["flags"] or ()],
            [str(label) for label in config["labels"] or ()],
            self.controller.flags_of_folder,
            self._typed,
        )

    def _on_surveyed(self, survey: Survey) -> None:
        assert self.controller is not None
        assert self.dialog is not None
        self.controller.set_survey(survey)
        # Keys that a person has begun to use stay what they are.
        if self.dialog.isVisible() and not self._touched:
            self.controller.set_classes(self._offered())

    def _on_folder_opened(self, root: str) -> None:
        if self.dialog is not None and self.dialog.isVisible() and root != self._root:
            self._keep()
            self._begin()

    def _on_key_pressed(self, key: str) -> None:
        assert self.controller is not None
        name = self.controller.class_of(key)
        if name is not None:
            self._choose(name)

    def _choose(self, name: str) -> None:
        assert self.controller is not None
        self._touched = True
        self.controller.choose(name)

    def _on_class_typed(self, name: str) -> None:
        assert self.controller is not None
        self._touched = True
        known = self.controller.classes
        if name not in known:
            self._typed.append(name)
            self.controller.set_classes((*known, name))

    def _on_class_dropped(self, name: str) -> None:
        """Take a class off the list; images that have it keep it."""
        assert self.controller is not None
        self._touched = True
        self._typed = [typed for typed in self._typed if typed != name]
        self.controller.set_classes(one for one in self.controller.classes if one != name)
