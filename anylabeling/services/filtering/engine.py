"""Answer questions about many images: from kept answers, from stored detections, and only then with the model."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from anylabeling.errors import UsageError
from anylabeling.messages.filtering import FilterMatch, FilterQuery, FilterSummary
from anylabeling.messages.progress import Progress
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.pipeline import PipelineSettings
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.conditions import matches, sorted_matches
from anylabeling.services.filtering.detection_store import DetectionStore
from anylabeling.services.filtering.filter_run import FilterRun, Lend
from anylabeling.services.filtering.identities import ModelIdentities
from anylabeling.services.filtering.result_cache import ResultCache, key_of
from anylabeling.translation import tr
from anylabeling.utils import turns
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.metrics import METRICS

__all__ = ["FilterEngine", "FilterStores", "check_classes", "matches"]


@dataclass(frozen=True, slots=True)
class FilterStores:
    """What the engine remembers things in.

    Attributes:
        detections: What models have found.
        labels: What the label files say.
        results: Whole answers, or None to keep none.
        identities: Tells models apart.
    """

    detections: DetectionStore
    labels: LabelIndex
    results: ResultCache | None
    identities: ModelIdentities

    @classmethod
    def in_memory(cls) -> FilterStores:
        """Return stores that are lost with the engine."""
        return cls(DetectionStore(None), LabelIndex(None), ResultCache(None), ModelIdentities())


class FilterEngine:
    """Answers questions about many images. Runs at once on several threads are fine."""

    def __init__(
        self,
        settings: PipelineSettings | None = None,
        stores: FilterStores | None = None,
        label_store: LabelStore | None = None,
        *,
        recognise_moved: bool = False,
        lend: Lend | None = None,
    ) -> None:
        """Make an engine.

        Args:
            settings: Threads and batch of the pipeline.
            stores: What is known already; nothing, and only for as long as the engine lives, when None.
            label_store: Where the labels of the images are; beside the images when None.
            recognise_moved: Read images that are not known and look for their content under other paths.
            lend: Gives what gets many images done, from the model, the number of images and what cancels; the model
                itself runs when None.
        """
        self._lend = lend
        self._settings = settings or PipelineSettings()
        self._stores = stores or FilterStores.in_memory()
        self._label_store = label_store or LabelStore()
        self._recognise_moved = recognise_moved

    def run(
        self,
        query: FilterQuery,
        paths: Sequence[str],
        model: DetectionModel | None = None,
        *,
        cancel: CancelToken | None = None,
        on_match: Callable[[FilterMatch], object] | None = None,
        on_progress: Callable[[Progress], object] | None = None,
        preview: bool = False,
    ) -> FilterSummary:
        """Return the images that match. The model runs only for images of which it is not known what it finds.

        Args:
            query: The question.
            paths: The images.
            model: The detector; may be None for a question that needs none.
            cancel: Ends the run early; what was found until then is returned, and what the model found is kept. While
                it is paused (``cancel.pause()``, ``cancel.resume()``) no further image is begun.
            on_match: Called with each match as it is found, in the order of ``paths``, on the calling thread. What the
                model found in that image, and in all before it, is on disk by then.
            on_progress: Called now and then, on the calling thread.
            preview: Run nothing: images that are not known are left out, and the answer is not kept.

        Raises:
            UsageError: When the question names a class that the model does not know, or needs a model and there is
                none.
        """
        start = time.perf_counter()
        turns.give_way()
        _check_model(query, model)
        run = FilterRun(
            query,
            tuple(paths),
            model if query.needs_model else None,
            self._stores.detections,
            self._stores.labels,
            self._stores.identities,
            cancel=cancel or CancelToken(),
            on_match=on_match,
            on_progress=on_progress,
        )
        cancelled = False
        try:
            run.look_at_files(self._label_store)
            if not preview and self._answer_from_cache(run):
                return self._summary(run, start, cancelled=False, from_cache=len(run.paths))
            run.select_by_files()
            turns.give_way()
            run.look_up(recognise_moved=self._recognise_moved and not preview)
            if preview:
                run.leave_out_missing()
            run.infer_missing(self._settings, self._lend)
        except Cancelled:
            cancelled = True
        cancelled = cancelled or run.was_cancelled
        if not (preview or cancelled or run.failed):
            self._keep_answer(run)
        return self._summary(run, start, cancelled=cancelled, from_cache=run.from_cache)

    def _answer_from_cache(self, run: FilterRun) -> bool:
        if self._stores.results is None or run.model_key is None:
            return False
        answer = self._stores.results.get(self._key(run), run.fingerprint, run.paths)
        if answer is None:
            return False
        METRICS.count("filter.answers_from_cache")
        run.take_answer(answer.matches, answer.removed)
        return True

    def _keep_answer(self, run: FilterRun) -> None:
        if self._stores.results is not None:
            ordered = sorted_matches(run.query, run.matches)
            self._stores.results.put(self._key(run), run.fingerprint, run.query, run.paths, ordered, run.removed())

    def _key(self, run: FilterRun) -> str:
        return key_of(run.query, run.model_key or "", run.names_digest)

    def _summary(self, run: FilterRun, start: float, *, cancelled: bool, from_cache: int) -> FilterSummary:
        notices = (*self._stores.detections.take_notices(), *self._stores.labels.take_notices(), *run.notices)
        return FilterSummary(
            query=run.query,
            total=run.done,
            matches=sorted_matches(run.query, run.matches) if not run.is_answered else tuple(run.matches),
            failed=tuple((failure.path, failure.reason) for failure in run.failed),
            cancelled=cancelled,
            seconds=time.perf_counter() - start,
            from_cache=from_cache,
            inferred=run.inferred,
            removed=tuple(sorted(run.removed(), key=lambda pair: -pair[1])),
            notices=tuple(dict.fromkeys(notices)),
        )


def _check_model(query: FilterQuery, model: DetectionModel | None) -> None:
    if not query.needs_model:
        return
    if model is None:
        raise UsageError(tr("This filter needs a model: it asks for what a model detects."), hint=tr("Load a model."))
    check_classes(query.named_classes, model.class_names)


def check_classes(wanted: frozenset[str] | None, class_names: Sequence[str]) -> None:
    """Raise UsageError when a wanted class is not one of the model's, naming those that look like it."""
    unknown = sorted((wanted or frozenset()) - set(class_names))
    if not unknown:
        return
    described = []
    for name in unknown:
        import difflib  # here: it is slow to import, and rarely needed

        near = difflib.get_close_matches(name.lower(), [known.lower() for known in class_names], n=3, cutoff=0.6)
        originals = [known for known in class_names if known.lower() in near]
        likely = tr(" or ").join(originals)
        described.append(tr("{name} (did you mean {likely}?)", name=name, likely=likely) if originals else name)
    names, known = ", ".join(described), ", ".join(class_names[:20])
    raise UsageError(
        tr("The model has no class {names}.", names=names)
        if len(unknown) == 1
        else tr("The model has no classes {names}.", names=names),
        hint=tr("It knows {known} and {number:,} more.", known=known, number=len(class_names) - 20)
        if len(class_names) > 20
        else tr("It knows {known}.", known=known),
    )
