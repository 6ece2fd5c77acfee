"""The window's way to plug-ins: load them beside it, tell them what happens, run their actions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.document.edits import replace_all
from anylabeling.document.shape import Shape
from anylabeling.messages.auto_labeling import AutoLabelSummary
from anylabeling.messages.notices import Notice
from anylabeling.messages.plugins import PluginAction, PluginFailure
from anylabeling.qt.signals import connect_queued
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.translation import tr
from anylabeling.utils.parallel import WorkerPool

if TYPE_CHECKING:
    from anylabeling.document.model_result import ModelResult
    from anylabeling.plugins.api_values import ImageData
    from anylabeling.plugins.hooks import PluginHooks
    from anylabeling.plugins.host import Loaded, PluginHost

_LANE = "plug-ins"
_MOST_WAITING = 200
"""A plug-in that so many calls wait for does not come to an end."""
_LAST_WORDS_S = 2.0
_IDLE_S = 5.0


class _Caller:
    """A thread of its own for each plug-in, so that one that hangs holds up nobody else."""

    def __init__(self, host: PluginHost) -> None:
        self._host = host
        self._pools: dict[str, WorkerPool] = {}
        self._waiting: dict[str, int] = {}
        self._lock = threading.Lock()

    def __call__(self, loaded: Loaded, hook: str, function: Callable[[Any], object], value: Any) -> None:
        """Call a function of a plug-in soon."""
        from anylabeling.plugins.hooks import call_hook

        self.submit(loaded, hook, lambda: call_hook(self._host, loaded, hook, function, value))

    def submit(self, loaded: Loaded, hook: str, work: Callable[[], object]) -> None:
        """Do work on the thread of a plug-in."""
        name = loaded.info.id
        with self._lock:
            if self._waiting.get(name, 0) >= _MOST_WAITING:
                too_many = True
            else:
                too_many = False
                self._waiting[name] = self._waiting.get(name, 0) + 1
                # Never closed: whoever hangs is left behind, and the threads of the others end by themselves.
                pool = self._pools.setdefault(name, WorkerPool(1, f"plug-in-{name}", idle_s=_IDLE_S))
        if too_many:
            self._host.switch_off(loaded, hook, TimeoutError(tr("it does not come to an end")))
            return

        def run() -> None:
            try:
                work()
            finally:
                with self._lock:
                    self._waiting[name] -= 1

        pool.submit(run)

    def wait(self, timeout_s: float) -> None:
        """Wait until all is done, but no longer."""
        until = time.monotonic() + timeout_s
        with self._lock:
            pools = list(self._pools.values())
        for pool in pools:
            over = threading.Event()
            pool.submit(over.set)
            over.wait(max(0.0, until - time.monotonic()))


class PluginController(QObject):
    """Plug-ins in a program with a window.

    Signals:
        changed: What plug-ins there are and how they stand has changed (tuple of PluginInfo).
        actions_changed: List of PluginAction of the plug-ins that are on.
        offered: The families of plug-ins are found from now on; whoever asks for one waits until they are loaded.
        loaded: All plug-ins were looked for and imported.
        notified: A Notice for the person.
    """

    changed = Signal(object)
    actions_changed = Signal(object)
    offered = Signal()
    loaded = Signal()
    notified = Signal(object)

    # From any thread to the window's.
    _failed = Signal(object)
    _stands = Signal()
    _action_done = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        documents: DocumentController,
        make_host: Callable[[], PluginHost] | None,
        parent: QObject | None = None,
    ) -> None:
        """Make the controller.

        Args:
            runner: Loads the plug-ins.
            documents: Gives the shapes of the picture, and takes changes.
            make_host: Returns the plug-ins, not loaded yet; called at ``load``. None to do without any.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._make_host = make_host
        self._host: PluginHost | None = None
        self._offered_host: PluginHost | None = None
        self._call: _Caller | None = None
        self._hooks: PluginHooks | None = None
        self._actions: dict[str, tuple[Loaded, Any]] = {}
        connect_queued(self._failed, self._on_failed)
        connect_queued(self._stands, self._on_stands)
        connect_queued(self._action_done, lambda finish: finish())

    @property
    def host(self) -> PluginHost | None:
        """The plug-ins; None before ``load``, and without any."""
        return self._host

    def load(self, language: str = "en_US") -> None:
        """Look for plug-ins and import them, beside the window; tells them that the program runs."""
        make_host = self._make_host
        if make_host is None or self._host is not None:
            self.changed.emit(())
            self.offered.emit()
            return

        def loaded(hooks: PluginHooks) -> None:
            self._hooks = hooks
            hooks.started(has_window=True, language=language)
            self._on_stands()
            self.loaded.emit()

        def made(host: PluginHost) -> None:
            self._host, self._call = host, _Caller(host)
            host.failed.connect(self._failed.emit)
            host.changed.connect(self._stands.emit)
            self.offered.emit()
            self._runner.submit(_LANE, lambda _task: _loaded(host, self._call), on_done=loaded)

        # Importing what that takes is too long for the window, too.
        self._runner.submit(_LANE, lambda _task: self._made(make_host()), on_done=made)

    def when_offered(self, action: Callable[[], object]) -> None:
        """Call a function once the families of plug-ins are found; at once without any."""
        if self._make_host is None or self._host is not None:
            action()
            return

        def once() -> None:
            self.offered.disconnect(once)
            action()

        self.offered.connect(once)

    def follow_settings(self) -> None:
        """Switch plug-ins on and off as the settings say; those that come on are imported beside the window."""
        host = self._host
        if host is not None and host.is_loaded:
            self._runner.submit(_LANE, lambda _task: host.follow_settings())

    def show(self) -> None:
        """Tell how the plug-ins stand, once they were looked for."""
        if self._make_host is None or (self._host is not None and self._host.is_loaded):
            self._on_stands()

    def tell(self, hook: str, value: Callable[[], Any]) -> None:
        """Tell plug-ins something; the value is made only where somebody wants to know."""
        if self._hooks is not None:
            self._hooks.tell(hook, value)

    def shape_finished(self, image: Callable[[], ImageData], shape: Shape) -> None:
        """Tell of a shape that the person has drawn."""
        if self._hooks is not None:
            self._hooks.shape_finished(image, shape)

    def run_finished(self, summary: AutoLabelSummary) -> None:
        """Tell what came of labelling many pictures."""
        if self._hooks is not None:
            self._hooks.run_finished(summary)

    @property
    def changes_results(self) -> bool:
        """Whether any plug-in wants to see what a model has found before it is added."""
        return self._hooks is not None and self._hooks.changes_results

    def change_result(self, path: str, size: tuple[int, int], result: ModelResult) -> ModelResult:
        """Return a model's result as the plug-ins want it; called on a thread that may wait."""
        return result if self._hooks is None else self._hooks.change_result(path, size, result)

    def run_action(self, name: str, selected: Iterable[int], folder: str, images: tuple[str, ...]) -> None:
        """Run an action of a plug-in on what is open now.

        Args:
            name: Its id.
            selected: Identities of the selected shapes.
            folder: The folder that is open, or empty.
            images: The images in the list.
        """
        found, call, host = self._actions.get(name), self._call, self._host
        if found is None or call is None or host is None:
            return
        loaded, action = found
        entry = self._documents.current
        request = _request(entry, selected, folder, images)
        revision = entry.document.revision if entry is not None else 0
        before = entry.document.shapes if entry is not None else ()

        def work() -> None:
            from anylabeling.plugins.api_values import PluginError
            from anylabeling.plugins.host import PluginFailed

            try:
                message, shapes = host.call(loaded, action.title, lambda: _result(action.run(request), before))
            except PluginFailed:
                return  # which was told already
            except PluginError as error:
                notice = Notice(str(error) or action.title, level="warning")
                self._action_done.emit(lambda: self.notified.emit(notice))
                return
            self._action_done.emit(lambda: self._apply(entry, revision, action.title, message, shapes))

        call.submit(loaded, action.title, work)

    def finish(self) -> None:
        """Tell plug-ins that the program ends, and wait for them a little."""
        if self._hooks is not None and self._call is not None:
            self._hooks.closing()
            self._call.wait(_LAST_WORDS_S)
        if self._offered_host is not None:
            self._offered_host.withdraw()

    def _made(self, host: PluginHost) -> PluginHost:
        self._offered_host = host  # also when the program ends before it is looked at
        return host

    def _apply(
        self,
        entry: OpenDocument | None,
        revision: int,
        title: str,
        message: str,
        shapes: tuple[Shape, ...] | None,
    ) -> None:
        if shapes is not None and entry is not None:
            document = entry.document
            if self._documents.find(entry.path) is not entry or document.revision != revision:
                text = tr("{title}: the image was changed meanwhile, so nothing was changed.", title=title)
                self.notified.emit(Notice(text, tr("Run it again."), level="warning"))
                return
            same = len(shapes) == len(document.shapes) and all(map(_is, shapes, document.shapes))
            if not same:
                self._documents.push(replace_all(document, shapes, title), entry)
        if message:
            self.notified.emit(Notice(message, level="info"))

    def _on_failed(self, failure: PluginFailure) -> None:
        from anylabeling.plugins.host import failure_text

        hint = tr("The program goes on without it; your labels are kept.")
        self.notified.emit(Notice(failure_text(failure), hint, failure.details, "warning"))

    def _on_stands(self) -> None:
        host = self._host
        self._actions = {}
        if host is None or not host.is_loaded:
            self.changed.emit(())
            self.actions_changed.emit([])
            return
        rows = []
        for loaded in host.active():
            for action in loaded.actions:
                name = f"{loaded.info.id}.{action.id}"
                self._actions[name] = (loaded, action)
                needs = action.needs if action.needs in ("image", "folder") else ""
                rows.append(PluginAction(name, loaded.info.id, action.title, action.tooltip, needs, action.shortcut))
        self.changed.emit(host.infos())
        self.actions_changed.emit(rows)


def _loaded(host: PluginHost, call: _Caller | None) -> PluginHooks:
    from anylabeling.plugins.hooks import PluginHooks

    host.load()
    return PluginHooks(host, call)


def _is(first: Shape, second: Shape) -> bool:
    return first is second


def _request(entry: OpenDocument | None, selected: Iterable[int], folder: str, images: tuple[str, ...]) -> Any:
    from anylabeling.plugins.api import ActionRequest
    from anylabeling.plugins.api_values import ImageData
    from anylabeling.plugins.values import all_data

    if entry is None:
        return ActionRequest(folder=folder, images=images)
    return ActionRequest(
        ImageData(entry.path, *entry.image_size),
        all_data(entry.document.shapes),
        frozenset(selected),
        dict(entry.document.annotation.flags),
        folder,
        images,
    )


def _result(result: Any, before: tuple[Shape, ...]) -> tuple[str, tuple[Shape, ...] | None]:
    """Return message and shapes of what an action returned; raises for what is none."""
    from anylabeling.plugins.api import ActionResult
    from anylabeling.plugins.values import shapes_from

    if result is None:
        return "", None
    if not isinstance(result, ActionResult):
        raise TypeError(f"an action returned a {type(result).__name__} and no ActionResult")
    return str(result.message), None if result.shapes is None else shapes_from(result.shapes, before)
