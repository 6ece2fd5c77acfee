"""A detector that looks at large pictures in tiles, besides as a whole, and is otherwise the detector that it was.

Its tiles go through the network in batches on the stages of the pipeline, a few at a time, so that memory does not grow
with the picture. What it finds is one answer as of any other model: sliders, labels and the filter know nothing of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, cast

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.messages.auto_labeling import DetectOptions, SuggestedOptions, Tiling
from anylabeling.messages.models import ModelInfo
from anylabeling.services.auto_labeling.detection_model import BytesNetwork, DetectionModel, PictureKeeper, WordedModel
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.one_by_one import OneByOneModel
from anylabeling.services.auto_labeling.pipeline_work import PipelineSettings, RunBatch
from anylabeling.services.auto_labeling.tiling import Picture, Rect, tile_rows
from anylabeling.services.auto_labeling.view_merge import View, merge_views, view_of
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.parallel import Stage, iter_stages
from anylabeling.utils.processors import available_cpus

_PREPARERS = 4
_AT_ONCE = 2
"""Pictures in the network's stage: while the last tiles of one run, the next one is being cut."""


@dataclass(frozen=True, slots=True, eq=False)
class TiledPicture:
    """A picture before its turn.

    Attributes:
        picture: Its pixels, or where they are.
        whole: All of it as the model wants it; None where it is so large that it is read when its turn comes.
    """

    picture: Picture
    whole: Any


def as_wished(model: DetectionModel, tiling: Tiling | None, names: tuple[str, ...]) -> DetectionModel:
    """Return a model that looks for these names where it finds what is typed, and at tiles where it can."""
    plain, _ = unpacked(model)
    if plain.info.takes_text:
        plain = cast("WordedModel", plain).with_classes(names)
    return in_tiles(plain, tiling)


def in_tiles(model: DetectionModel, tiling: Tiling | None) -> DetectionModel:
    """Return a model that looks at large pictures in tiles, or the model itself where it cannot, or nobody wants it."""
    plain = model.plain if isinstance(model, TiledModel) else model
    return TiledModel(plain, tiling) if tiling is not None and plain.info.can_tile else plain


def unpacked(model: DetectionModel) -> tuple[DetectionModel, Tiling | None]:
    """Return the model that sees pictures whole, and the tiles."""
    return (model.plain, model.tiling) if isinstance(model, TiledModel) else (model, None)


class TiledModel(OneByOneModel):
    """See the module; DetectionModel and ``models.yolo.YoloModel`` document the members.

    Attributes:
        plain: The model that looks at one picture, or tile, at once.
        tiling: Size and overlap of the tiles.
    """

    keeps_pictures = True

    def __init__(
        self,
        plain: DetectionModel,
        tiling: Tiling,
        settings: PipelineSettings | None = None,
        floor: float = CANDIDATE_FLOOR,
    ) -> None:
        """Wrap a model.

        Args:
            plain: What looks at tiles.
            tiling: Size and overlap of the tiles.
            settings: How tiles are put into calls of the network.
            floor: The least score that ``infer`` keeps.
        """
        self.plain = plain
        self.tiling = tiling
        self._settings = settings or PipelineSettings()
        self._floor = floor

    def for_run(self, settings: PipelineSettings, floor: float) -> TiledModel:
        """Return this model for a run over many images."""
        return TiledModel(self.plain, self.tiling, settings, floor)

    @property
    def info(self) -> ModelInfo:
        """What the window shows about it."""
        return replace(self.plain.info, tiling=self.tiling)

    @property
    def class_names(self) -> tuple[str, ...]:
        """Index is the class id."""
        return self.plain.class_names

    @property
    def suggested(self) -> SuggestedOptions:
        """What it says by itself about which detections count."""
        return self.plain.suggested

    @property
    def default_options(self) -> DetectOptions:
        """What counts unless a person wants something else."""
        return self.plain.default_options

    @property
    def concurrency(self) -> int:
        """How many pictures are looked at at once; the calls for their tiles are many more."""
        return _AT_ONCE

    @property
    def one_shape(self) -> bool:
        """Whether the first call with another number of pictures takes long."""
        return self.plain.one_shape

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode of the whole has to keep; see ``prepare_file`` for the tiles."""
        return self.plain.min_side_px

    @property
    def spec(self) -> ModelSpec | None:
        """What was read from its file."""
        return self.plain.spec

    @property
    def bytes_network(self) -> BytesNetwork | None:
        """None: other processes know nothing of tiles."""
        return None

    def warm_up(self, batch: int = 1) -> None:
        """Run once on an empty picture."""
        self.plain.warm_up(batch)

    def candidates(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
        floor: float = CANDIDATE_FLOOR,
        image_path: str | None = None,
        cancel: CancelToken | None = None,
    ) -> Candidates:
        """Return every box above a low score.

        Args:
            image: uint8 (height, width, channels).
            pixel_format: Order of its channels.
            full_size: Width and height of the whole picture when ``image`` is a scaled-down decode of it.
            floor: The least score.
            image_path: Its file, for tiles in full resolution where ``image`` is reduced.
            cancel: Ends it between two calls of the network.
        """
        size = full_size or (image.shape[1], image.shape[0])
        picture = Picture.of_pixels(image, pixel_format, size, image_path)
        prepared = self._prepared(picture)
        return self.finish(prepared, self._look(prepared, floor, cancel), floor=floor)

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> TiledPicture:
        """Make a picture ready for the network; first stage."""
        size = full_size or (image.shape[1], image.shape[0])
        return self._prepared(Picture.of_pixels(image, pixel_format, size))

    def prepare_file(self, path: str) -> TiledPicture:
        """Make a picture in a file ready; first stage. Of a very large one little more than the header is read now.

        Raises:
            ImageError: When it cannot be read.
        """
        picture = Picture.of_file(path)
        return self._prepared(picture) if picture.is_decoded else TiledPicture(picture, None)

    def infer(self, prepared: Sequence[Any], *, cancel: CancelToken | None = None, fill_to: int = 1) -> list[Any]:
        """Run the network on pictures and all of their tiles; second stage."""
        del fill_to
        return [self._look(each, self._floor, cancel) for each in prepared]

    def finish(self, prepared: Any, output: Any, *, floor: float = CANDIDATE_FLOOR) -> Candidates:
        """Put together what was found in the tiles of a picture; third stage."""
        del prepared, floor
        found: _Seen = output
        return merge_views(found.whole, found.rows) if found.rows else found.whole.found

    def hold(self) -> AbstractContextManager[None]:
        """Keep the model loaded during a block."""
        return self.plain.hold()

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
        self.plain.close()

    def _prepared(self, picture: Picture) -> TiledPicture:
        return TiledPicture(picture, self._whole(picture))

    def _whole(self, picture: Picture) -> Any:
        pixels = picture.whole(self.plain.min_side_px)
        return self.plain.prepare(pixels, pixel_format=picture.pixel_format, full_size=(picture.width, picture.height))

    def _look(self, prepared: TiledPicture, floor: float, cancel: CancelToken | None) -> _Seen:
        """Look at a picture and its tiles.

        Raises:
            ImageError: When a tile cannot be read.
            BackendError: When the network fails.
            Cancelled: When ``cancel`` was used.
        """
        picture = prepared.picture
        rows = tile_rows(picture.width, picture.height, self.tiling, _own_side(self.plain.info))
        views: Iterator[View] | None = None
        if rows and prepared.whole is None and picture.is_read_once:
            views = iter(list(self._tiles(picture, rows, floor, cancel)))
        whole = self._whole(picture) if prepared.whole is None else prepared.whole
        output = self.plain.infer([whole], cancel=cancel)[0]
        found = self.plain.finish(whole, output, floor=floor)
        everything = Rect(0, 0, picture.width, picture.height)
        if not rows:
            return _Seen(View(everything, found), [])
        views = views or self._tiles(picture, rows, floor, cancel)
        return _Seen(view_of(everything, found), [[next(views) for _ in row] for row in rows])

    def _tiles(
        self, picture: Picture, rows: Sequence[Sequence[Rect]], floor: float, cancel: CancelToken | None
    ) -> Iterator[View]:
        """Yield what is found in each tile, in order."""
        plain = self.plain
        batch = RunBatch.of(plain, self._settings, sum(map(len, rows)))

        def prepare(part: _Part) -> tuple[Rect, Any]:
            rect, pixels = part.rect, part.take()
            return rect, plain.prepare(pixels, pixel_format=picture.pixel_format, full_size=(rect.width, rect.height))

        def infer(items: Sequence[tuple[Rect, Any]]) -> list[tuple[Rect, Any, Any]]:
            with batch.choice.timed(len(items)):
                outputs = plain.infer([ready for _, ready in items], cancel=cancel, fill_to=batch.size)
            return [(rect, ready, output) for (rect, ready), output in zip(items, outputs, strict=True)]

        def finish(item: tuple[Rect, Any, Any]) -> View:
            rect, ready, output = item
            return view_of(rect, plain.finish(ready, output, floor=floor))

        callers = plain.concurrency + (batch.most > 1)
        several = batch.most > 1
        stages = [
            Stage("tile", prepare, workers=min(_PREPARERS, available_cpus())),
            Stage(
                "infer",
                infer if several else lambda item: infer([item])[0],
                workers=callers,
                batch_size=batch.most,
                limit=(lambda: batch.size) if several else None,
            ),
            Stage("read boxes", finish, workers=2),
        ]
        queue_size = max(4, 2 * batch.most)
        with contextlib.closing(picture.parts(rows, cancel, plain.min_side_px)) as read:
            parts = (_Part(rect, pixels) for rect, pixels in read)
            for outcome in iter_stages(parts, stages, queue_size=queue_size, cancel=cancel):
                if outcome.error is not None:
                    raise outcome.error
                yield outcome.value


class _Part:
    """The pixels of a tile, given away once: what waits in the stages holds none."""

    def __init__(self, rect: Rect, pixels: UInt8Array) -> None:
        self.rect = rect
        self._pixels: UInt8Array | None = pixels

    def take(self) -> UInt8Array:
        pixels, self._pixels = self._pixels, None
        assert pixels is not None
        return pixels


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What was found in the views of a picture.

    Attributes:
        whole: In all of it.
        rows: In its tiles, row by row; none where one would show all of it.
    """

    whole: View
    rows: list[list[View]]


def _own_side(info: ModelInfo) -> int:
    return max(info.input_width, info.input_height)


def candidates_of(
    model: DetectionModel,
    image: UInt8Array,
    image_path: str,
    *,
    size: tuple[int, int],
    pixel_format: PixelFormat,
    floor: float,
    cancel: CancelToken,
) -> Candidates:
    """Return every box that a model finds in a picture that is decoded already; in its file where that has more.

    Args:
        model: In tiles or not.
        image: uint8 (height, width, channels); maybe a smaller version of a picture that is too large.
        image_path: Its file.
        size: Width and height of the whole picture.
        pixel_format: Order of its channels.
        floor: The least score.
        cancel: Ends it between the calls for tiles.
    """
    if isinstance(model, PictureKeeper):
        return model.candidates(
            image, pixel_format=pixel_format, full_size=size, floor=floor, image_path=image_path, cancel=cancel
        )
    return model.candidates(image, pixel_format=pixel_format, full_size=size, floor=floor)


_LIKELY_VIEWS = 16
"""Of a picture that somebody wants to be looked at in tiles; how many pictures are large is not known beforehand."""

Lend = Callable[[DetectionModel, int], AbstractContextManager[DetectionModel]]
"""Gives what gets many pictures done, from the model and how many views each picture is likely to have."""


@contextlib.contextmanager
def lend_in_tiles(model: DetectionModel, lend: Lend) -> Iterator[DetectionModel]:
    """Lend what gets many pictures done, looking at them in tiles where the model does so."""
    plain, tiling = unpacked(model)
    with lend(plain, 1 if tiling is None else _LIKELY_VIEWS) as working:
        yield in_tiles(working, tiling)
