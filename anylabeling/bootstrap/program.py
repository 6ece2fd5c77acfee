"""The running program: every part of it, and how it starts and ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QTimer, Signal
from qtpy.QtWidgets import QApplication

from anylabeling.bootstrap.color_scheme import use_last_scheme
from anylabeling.bootstrap.dialogs import Dialogs
from anylabeling.bootstrap.wiring import connect_all
from anylabeling.composition import build_services, plugin_host
from anylabeling.config import Config, default_config_path
from anylabeling.config.store import ConfigStore
from anylabeling.controllers.applied_steps import AppliedSteps
from anylabeling.controllers.auto_labeling import AutoLabelingController
from anylabeling.controllers.batch import BatchController
from anylabeling.controllers.bulk_edits import BulkEdits
from anylabeling.controllers.closing import CloseController
from anylabeling.controllers.color_regions import ColorRegionController
from anylabeling.controllers.deleting import ImageDeleteController
from anylabeling.controllers.diagnostics import DiagnosticsController
from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.edge_following import EdgeController
from anylabeling.controllers.filtering import FilterController
from anylabeling.controllers.finding_alike import AlikeController
from anylabeling.controllers.images import ImageController
from anylabeling.controllers.journal import JournalController
from anylabeling.controllers.label_files import LabelFileController
from anylabeling.controllers.labels import LabelController
from anylabeling.controllers.model_store import ModelStoreController
from anylabeling.controllers.navigation import NavigationController
from anylabeling.controllers.outlining import OutliningController
from anylabeling.controllers.plugins import PluginController
from anylabeling.controllers.prompting import PromptingController
from anylabeling.controllers.saving import SaveController
from anylabeling.controllers.settings import SettingsController
from anylabeling.controllers.shape_clipboard import ShapeClipboard
from anylabeling.controllers.shape_editing import ShapeEditController
from anylabeling.controllers.tiles import TileController
from anylabeling.messages.models import BUILT_IN_MODELS, is_address
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.auto_labeling.prompt_manager import is_prompt_model
from anylabeling.services.dataset.edit_journal import EditJournal
from anylabeling.translation import tr
from anylabeling.utils.paths import data_dir
from anylabeling.views.main_window import MainWindow

if TYPE_CHECKING:
    from anylabeling.bootstrap.image_filter import ImageFilter
    from anylabeling.bootstrap.labels import LabelWork
    from anylabeling.bootstrap.plugins import PluginWork
    from anylabeling.bootstrap.remote_models import RemoteModels
    from anylabeling.bootstrap.training import Training
    from anylabeling.services.auto_labeling.model_store import ModelStore


MODEL_SUFFIXES = (".onnx", ".ort", ".pt", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class StartOptions:
    """What the command line asks for.

    Attributes:
        path: Folder, image or label file to open.
        model: Model to load.
        output_dir: Folder for the label files.
        screenshot: File for a picture of the window; the program ends after it.
        config_path: Settings file in place of the usual one.
        use_plugins: Whether to load the plug-ins that are installed.
    """

    path: str | None = None
    model: str | None = None
    output_dir: str | None = None
    screenshot: str | None = None
    config_path: str | None = None
    use_plugins: bool = True


class Program(QObject):
    """Owns all parts. Make one after the QApplication, ``start()`` it, run the event loop, ``finish()`` it.

    Attributes:
        exit_code: What the process should end with.
        image_filter: The image filter's window and what belongs to it.
        label_work: What belongs to labels: review, survey, changes of the whole folder.
        tiles: Reads parts of very large pictures.
        plugin_work: What belongs to plug-ins.
        remote_models: The dialog for models on servers.
        training: Trains models, once that is wanted.

    Signals:
        ended: All background work is over.
    """

    ended = Signal()
    label_work: LabelWork
    image_filter: ImageFilter
    tiles: TileController
    plugin_work: PluginWork
    remote_models: RemoteModels
    training: Training

    def __init__(self, config: Config, options: StartOptions) -> None:
        super().__init__()
        self.options = options
        self.exit_code = 0
        self.heartbeat = QTimer(self)
        config_path = Path(options.config_path) if options.config_path else default_config_path()
        self.config_store = ConfigStore(config, config_path)
        self.services = build_services(lambda: self.config_store.config)
        self.runner = TaskRunner(self)
        self._make_controllers(config)
        use_last_scheme()
        self.window = MainWindow(config)
        self.dialogs = Dialogs(self)
        connect_all(self)

    def _make_controllers(self, config: Config) -> None:
        steps = AppliedSteps()
        self.settings = SettingsController(self.config_store, self.runner, self)
        self.navigation = NavigationController(self.runner, self)
        self.documents = DocumentController(steps, self)
        self.bulk_edits = BulkEdits(self.runner, self.documents, self)
        self.shape_editing = ShapeEditController(self.documents, self.bulk_edits, self)
        self.clipboard = ShapeClipboard(self.documents, self.bulk_edits, self)
        self.label_files = LabelFileController(self.runner, self, on_saved=self.services.note_saved)
        self.images = ImageController(
            self.runner,
            self.services.image_cache,
            self.services.preloader(),
            self.documents.stamp_in_memory,
            self,
        )
        self.saving = SaveController(self.runner, self.documents, lambda: self.label_files.store, self)
        self.labels = LabelController(self.documents, config, self)
        self.auto_labeling = AutoLabelingController(self.runner, self.services.models, self.documents, self)
        self.edges = EdgeController(self.runner, self)
        self.color_regions = ColorRegionController(self.runner, self)
        self.prompting = PromptingController(
            self.runner, self.services.prompts, self.services.embedding_preloader(), self
        )
        self.outlining = OutliningController(self.runner, self.services.prompts, self.documents, self)
        self.finding_alike = AlikeController(
            self.runner, (self.services.prompts, self.services.models), self.documents, self
        )
        self.batch = BatchController(
            self.runner,
            self.documents,
            steps,
            self.services.pipeline_settings,
            self.services.lend_for_many,
            self.services.note_written,
            self,
        )
        self.filter = FilterController(
            self.runner,
            self.navigation,
            lambda: self.services.models.current,
            lambda: self.services.filter_engine(self.label_files.store),
            self,
        )
        self.model_store = ModelStoreController(self.runner, _model_store, self)
        self.diagnostics = DiagnosticsController(self.runner, self.services, self)
        self.closing = CloseController(self.documents, self.saving, self)
        self.journal = JournalController(
            self.runner,
            self.documents,
            self.saving,
            EditJournal(data_dir() / "journal"),
            self,
        )
        make_host = partial(plugin_host, lambda: self.config_store.config) if self.options.use_plugins else None
        self.plugins = PluginController(self.runner, self.documents, make_host, self)
        self.deleting = ImageDeleteController(self.runner, self.navigation, self.documents, self.saving, self)

    def start(self) -> None:
        """Show the window and open what the command line names."""
        if self.options.output_dir:
            self.label_files.set_output_dir(self.options.output_dir)
        if self.options.path:
            self.navigation.open(self.options.path)
        self.window.show()
        self.window.activateWindow()
        self.window.canvas.setFocus()
        model = self.options.model or self.settings.config["auto_labeling.last_model"]
        self.after_first_image(self.plugin_work.load)
        if model and (model in BUILT_IN_MODELS or is_address(model) or Path(model).exists()):
            # After the first picture: importing a runtime costs more than showing an image.
            self.after_first_image(lambda: self.plugins.when_offered(lambda: self.load_model(str(model))))
        elif self.options.model:
            self.notify(Notice(tr("There is no model {model}.", model=self.options.model), level="error"))
        if self.options.screenshot:
            from anylabeling.bootstrap.screenshot import Screenshot

            self._screenshot = Screenshot(self, self.options.screenshot)

    def load_model(self, path: str) -> None:
        """Load a model: one that outlines what is marked for the AI tool, any other one as the detector."""
        if is_prompt_model(path):
            self.prompting.load(path)
        else:
            self.auto_labeling.load(path)

    def choose_model(self, path: str) -> None:
        """Load the model that the person chose, and again at the next start."""
        self.settings.set("auto_labeling.last_model", path)
        self.load_model(path)

    def model_suffixes(self) -> tuple[str, ...]:
        """Return the endings of files that are models, those of plug-ins among them."""
        host = self.plugins.host
        if host is None or not host.is_loaded:
            return MODEL_SUFFIXES
        from anylabeling.plugins.families import plugin_suffixes

        return (*MODEL_SUFFIXES, *sorted(plugin_suffixes(host)))

    def after_first_image(self, action: object) -> None:
        """Call a function once a picture is on the screen, or at once when none was asked for."""
        if not callable(action):
            raise TypeError("action must be callable")
        if not self.options.path:
            QTimer.singleShot(0, action)
            return
        done: list[bool] = []

        def once(*_args: object) -> None:
            if not done:
                done.append(True)
                QTimer.singleShot(0, action)

        self.images.opened.connect(once)
        self.images.failed.connect(once)

    def close(self) -> None:
        """Close the window as its close button does."""
        self.window.close()

    def finish(self) -> None:
        """End all background work; the event loop is over."""
        self.image_filter.remember()
        self.label_work.finish()
        self.filter.cancel()
        self.batch.cancel()
        self.outlining.cancel()
        self.finding_alike.cancel()
        self.images.stop()
        self.tiles.stop()
        self.prompting.stop()
        self.plugins.finish()
        self.settings.finish()
        self.runner.shutdown()
        self.journal.finish(given_up=self.closing.given_up)
        self.ended.emit()
        self.services.models.unload()
        self.services.prompts.unload()
        self.services.close()

    def notify(self, notice: Notice) -> None:
        """Show a notice."""
        self.window.notifications.show(
            notice.text,
            hint=notice.hint,
            details=notice.details,
            level=notice.level,
            actions=notice.actions,
            topic=notice.topic,
        )

    def report_exception(self, text: str, trace: str) -> None:
        """Show an error that nobody expected."""
        self.notify(
            Notice(
                tr("Something went wrong that should not have."),
                tr("Your labels are kept; go on working."),
                f"{text}\n{trace}",
            )
        )

    def report_warning(self, text: str, hint: str = "", details: str = "") -> None:
        """Show a warning from the start of the program."""
        self.notify(Notice(text, hint, details, "warning"))

    def application(self) -> QApplication:
        """Return the application."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app


def _model_store() -> ModelStore:
    from anylabeling.services.auto_labeling.model_store import ModelStore

    return ModelStore()
