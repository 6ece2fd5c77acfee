"""A second copy of a loaded model, set up to get many images done instead of answering soon."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from anylabeling.errors import AppError
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling import model_families
from anylabeling.services.auto_labeling.batch_choice import sizes_for
from anylabeling.services.auto_labeling.resilient_backend import ResilientBackend
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.parallel import WorkerPool

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.backend import BackendOptions
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
    from anylabeling.services.auto_labeling.model_spec import ModelSpec

_logger = logging.getLogger(__name__)

_FEWEST_IMAGES_CPU = 50
_FEWEST_IMAGES_GPU = 300
"""With fewer images, loading takes longer than is won."""
_LOOK_EVERY_S = 0.02


@contextlib.contextmanager
def for_many_images(
    model: DetectionModel,
    options: BackendOptions,
    *,
    images: int,
    cancel: CancelToken,
    on_choice_changed: Callable[[BackendChoice], object] | None = None,
) -> Iterator[DetectionModel]:
    """Lend what gets many images done: a copy of the model on the same backend, or the model itself.

    The model stays as it is and can be used meanwhile.

    Args:
        model: Loaded to answer soon.
        options: How the copy is set up, with several calls at once.
        images: How many there are.
        cancel: Ends waiting for the copy, at once.
        on_choice_changed: Told when the copy goes on with another backend, on the thread whose call failed.
    """
    fewest = _FEWEST_IMAGES_CPU if model.info.choice.device == "CPU" else _FEWEST_IMAGES_GPU
    copy, spec = None, model.spec
    if images >= fewest and options.concurrency > model.concurrency and spec is not None and not spec.is_shown:
        copy = _opened(model, spec, replace(options, images=images), cancel, on_choice_changed)
    if copy is None:
        yield model
        return
    try:
        yield copy
    finally:
        copy.close()


def _opened(
    model: DetectionModel,
    spec: ModelSpec,
    options: BackendOptions,
    cancel: CancelToken,
    on_choice_changed: Callable[[BackendChoice], object] | None,
) -> DetectionModel | None:
    # On a thread of its own: loading cannot be broken off, and whoever cancels does not wait for it.
    pool = WorkerPool(1, "model-copy")
    loading = pool.submit(_open, spec, model.info.choice.backend, replace(options, cancel=cancel), on_choice_changed)
    while not loading.done():
        if cancel.wait(_LOOK_EVERY_S):
            break
    loading.add_done_callback(lambda _: pool.close())
    if cancel.cancelled:
        loading.add_done_callback(_close_unused)
        return None
    try:
        copy = loading.result()
    except AppError as error:
        _logger.info("No copy for many images: %s %s", error, error.details)
        return None
    if copy.concurrency > model.concurrency:
        return copy
    copy.close()
    return None


def _open(
    spec: ModelSpec,
    backend_name: str,
    options: BackendOptions,
    on_choice_changed: Callable[[BackendChoice], object] | None,
) -> DetectionModel:
    backend = ResilientBackend.open(spec, backend_name, options=options)
    if on_choice_changed is not None:
        backend.choice_changed.connect(on_choice_changed)
    copy: DetectionModel = model_families.model_class(spec.family)(spec, backend, backend.choice)
    try:
        copy.warm_up(sizes_for(options.images, 1, options.max_batch, one_shape=copy.one_shape)[0])
    except BaseException:
        copy.close()
        raise
    return copy


def _close_unused(loading: Future[DetectionModel]) -> None:
    if not loading.cancelled() and loading.exception() is None:
        loading.result().close()
