"""Outlining everything: marks all over the picture, one shape for each object, what is labelled stays the only one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs import decode
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import Mark, Mask, OutputKind, PointMark
from anylabeling.services.auto_labeling.embeddings import Embedding
from anylabeling.services.auto_labeling.mask_shapes import crop_mask
from anylabeling.services.auto_labeling.outline_all import OBJECT_LABEL, OutlineOptions, outline_all
from anylabeling.services.auto_labeling.prompt_manager import PromptModels
from anylabeling.utils.cancellation import Cancelled, CancelToken

SIZE = (400, 300)
Box = tuple[int, int, int, int]


@dataclass
class Scene:
    """Answers a point with the smallest of some boxes that it lies in, as a model of perfect sight would."""

    objects: Sequence[Box]
    scores: Sequence[float] = ()
    asked: list[Mark] = field(default_factory=list)
    slope: float = 8.0

    def decode(self, _embedding: Embedding, marks: Sequence[Mark], *, cancel: CancelToken | None = None) -> Mask:
        (mark,) = marks
        assert isinstance(mark, PointMark)
        self.asked.append(mark)
        logits = np.full((SIZE[1], SIZE[0]), -self.slope, np.float32)
        hits = [box for box in self.objects if box[0] <= mark.x < box[2] and box[1] <= mark.y < box[3]]
        score = 0.0
        if hits:
            left, top, right, bottom = hit = min(hits, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
            logits[top:bottom, left:right] = self.slope
            score = self.scores[self.objects.index(hit)] if self.scores else 0.95
        return crop_mask(logits, step=(1.0, 1.0), score=score, image_size=SIZE)


def found_in(scene: Scene, **wishes: object) -> list[Shape]:
    return outline_all(scene, Embedding({}, SIZE, SIZE), **wishes)  # type: ignore[arg-type]


def boxes(shapes: Sequence[Shape]) -> list[list[int]]:
    return [np.round(bounds(shape)).astype(int).tolist() for shape in shapes]


def test_each_object_becomes_one_shape_the_largest_first() -> None:
    scene = Scene([(10, 10, 150, 130), (200, 140, 390, 290), (300, 20, 340, 60)])
    shapes = found_in(scene)
    assert boxes(shapes) == [[200, 140, 390, 290], [10, 10, 150, 130], [300, 20, 340, 60]]
    assert {shape.label for shape in shapes} == {OBJECT_LABEL}
    assert {shape.kind for shape in shapes} == {ShapeKind.POLYGON}


def test_no_mark_is_set_where_a_small_object_has_been_found_and_what_lies_in_a_large_one_is_found() -> None:
    scene = Scene([(0, 0, 400, 200), (150, 60, 230, 140), (20, 220, 120, 290)])
    assert boxes(found_in(scene)) == [[0, 0, 400, 200], [20, 220, 120, 290], [150, 60, 230, 140]]
    on_small = [
        mark for mark in scene.asked if isinstance(mark, PointMark) and 20 <= mark.x < 120 and 220 <= mark.y < 290
    ]
    assert len(on_small) == 1


def test_of_masks_that_are_one_object_the_better_one_stays() -> None:
    # The second one covers the first but for a strip, in which alone a mark gets it.
    scene = Scene([(100, 100, 260, 200), (100, 96, 296, 200)], [0.90, 0.97])
    (shape,) = found_in(scene, options=OutlineOptions(points_per_side=64, hiding_share=0.0))
    assert boxes([shape]) == [[100, 96, 296, 200]]
    assert shape.score == pytest.approx(0.97)


@pytest.mark.parametrize(
    ("scene", "why"),
    [
        (Scene([(100, 100, 200, 200)], [0.5]), "the model thinks little of it"),
        (Scene([(100, 100, 200, 200)], slope=0.5), "its edge is none"),
        (Scene([(0, 0, 400, 300)]), "it is the picture"),
        (Scene([(200, 150, 203, 153)]), "it is a speck"),
    ],
)
def test_what_is_no_object_is_left_out(scene: Scene, why: str) -> None:
    assert found_in(scene) == [], why
    assert scene.asked


def test_what_is_labelled_already_is_not_found_again() -> None:
    scene = Scene([(10, 10, 150, 130), (200, 140, 390, 290)])
    outline = Shape(ShapeKind.POLYGON, [(12, 10), (150, 10), (150, 130), (12, 130)], "cat")
    box = Shape(ShapeKind.RECTANGLE, [(202, 138), (392, 290)], "dog")
    point = Shape(ShapeKind.POINT, [(80, 80)], "eye")
    assert boxes(found_in(scene, known=[outline, point])) == [[200, 140, 390, 290]]
    assert boxes(found_in(scene, known=[box])) == [[10, 10, 150, 130]]


def test_what_comes_out_is_chosen_and_progress_is_told() -> None:
    told: list[Progress] = []
    shapes = found_in(Scene([(10, 10, 150, 130)]), output=OutputKind.RECTANGLE, on_progress=told.append)
    assert [shape.kind for shape in shapes] == [ShapeKind.RECTANGLE]
    assert told[0].done == 0
    assert told[-1].done == told[-1].total
    assert [report.done for report in told] == sorted(report.done for report in told)


def test_it_stops_between_two_marks() -> None:
    token, scene = CancelToken(), Scene([(10, 10, 150, 130)])
    asked: list[int] = []

    def stop(progress: Progress) -> None:
        if progress.done >= 5:
            asked.append(len(scene.asked))
            token.cancel()

    with pytest.raises(Cancelled):
        found_in(scene, on_progress=stop, cancel=token)
    assert asked == [len(scene.asked)]
    assert 0 < asked[0] <= 6


def test_two_answers_are_made_at_a_time() -> None:
    meeting = threading.Barrier(2, timeout=60)

    class Slow(Scene):
        def decode(self, embedding: Embedding, marks: Sequence[Mark], *, cancel: CancelToken | None = None) -> Mask:
            if len(self.asked) < 2:
                meeting.wait()  # for the other one; alone it would give up
            return super().decode(embedding, marks, cancel=cancel)

    objects = [(10, 10, 150, 130), (200, 140, 390, 290)]
    assert boxes(found_in(Slow(objects))) == boxes(found_in(Scene(objects)))


@pytest.mark.data
@pytest.mark.long
def test_mobile_sam_finds_the_bus_and_the_persons(data_dir: Path) -> None:
    models = PromptModels()
    model = models.load(data_dir / "models" / "mobile_sam.encoder.onnx")
    image = decode(str(data_dir / "photos" / "bus.jpg")).pixels
    embedding = model.embedding(np.ascontiguousarray(image[:, :, 2::-1]))
    shapes = outline_all(model, embedding, options=OutlineOptions(points_per_side=5))
    models.unload()
    assert len(shapes) >= 5
    widest = max(bounds(shape)[2] - bounds(shape)[0] for shape in shapes)
    assert widest > 600
