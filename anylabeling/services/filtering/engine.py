"""Find the images in which a model sees what a person asks for."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Sequence

from anylabeling.errors import UsageError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.filtering import CountMode, FilterMatch, FilterQuery, FilterSummary
from anylabeling.messages.progress import Progress
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Detections
from anylabeling.services.auto_labeling.pipeline import ImageResult, PipelineSettings, detect_many
from anylabeling.utils.cancellation import CancelToken

_COUNT_TESTS: dict[CountMode, Callable[[int, int], bool]] = {
    CountMode.ANY: lambda count, _: count > 0,
    CountMode.AT_LEAST: lambda count, wanted: count >= wanted,
    CountMode.EXACTLY: lambda count, wanted: count == wanted,
    CountMode.AT_MOST: lambda count, wanted: count <= wanted,
}


def matches(query: FilterQuery, path: str, detections: Detections, class_names: Sequence[str]) -> FilterMatch | None:
    """Say whether an image matches.

    Args:
        query: The question; its count is compared with the number of all objects of the wanted classes together.
        path: The image.
        detections: The objects that ``options_for(query)`` selects.
        class_names: Index is the class id.

    Returns:
        The match, or None.
    """
    if not _COUNT_TESTS[query.count_mode](len(detections), query.count_value):
        return None
    best = float(detections.scores[0]) if len(detections) else 0.0
    return FilterMatch(path, len(detections), detections.counts(class_names), round(best, 4))


def options_for(query: FilterQuery) -> DetectOptions:
    """Return which detections count for a question."""
    return DetectOptions(confidence=query.confidence, iou=query.iou, classes=query.classes)


class FilterEngine:
    """Answer questions about many images by running a model over them."""

    def __init__(self, settings: PipelineSettings | None = None) -> None:
        """Make an engine.

        Args:
            settings: Threads and batch of the pipeline.
        """
        self._settings = settings or PipelineSettings()

    def run(
        self,
        query: FilterQuery,
        paths: Sequence[str],
        model: DetectionModel,
        *,
        cancel: CancelToken | None = None,
        on_match: Callable[[FilterMatch], object] | None = None,
        on_progress: Callable[[Progress], object] | None = None,
    ) -> FilterSummary:
        """Run the model over the images and return those that match, in the given order.

        Args:
            query: The question.
            paths: The images.
            model: The detector.
            cancel: Ends the run early; what was found until then is returned.
            on_match: Called with each match as it is found, in order, on the calling thread.
            on_progress: Called now and then, on the calling thread.

        Raises:
            UsageError: When the question names a class that the model does not know.
        """
        check_classes(query.classes, model.class_names)
        found: list[FilterMatch] = []

        def take(result: ImageResult) -> None:
            match = matches(query, result.path, result.detections, model.class_names)
            if match is not None:
                found.append(match)
                if on_match is not None:
                    on_match(match)

        start = time.perf_counter()
        summary = detect_many(
            model,
            paths,
            options=options_for(query),
            cancel=cancel,
            on_result=take,
            on_progress=on_progress,
            settings=self._settings,
        )
        return FilterSummary(
            query=query,
            total=summary.done,
            matches=tuple(found),
            failed=tuple((failure.path, failure.reason) for failure in summary.failed),
            cancelled=summary.cancelled,
            seconds=time.perf_counter() - start,
        )


def check_classes(wanted: frozenset[str] | None, class_names: Sequence[str]) -> None:
    """Raise UsageError when a wanted class is not one of the model's, naming those that look like it."""
    unknown = sorted((wanted or frozenset()) - set(class_names))
    if not unknown:
        return
    described = []
    for name in unknown:
        near = difflib.get_close_matches(name.lower(), [known.lower() for known in class_names], n=3, cutoff=0.6)
        originals = [known for known in class_names if known.lower() in near]
        described.append(f"{name} (did you mean {' or '.join(originals)}?)" if originals else name)
    noun = "class" if len(unknown) == 1 else "classes"
    known = ", ".join(class_names[:20]) + (f" and {len(class_names) - 20} more" if len(class_names) > 20 else "")
    raise UsageError(f"The model has no {noun} {', '.join(described)}.", hint=f"It knows {known}.")
