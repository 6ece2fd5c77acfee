"""What is like marked objects: by the features of Segment Anything, by SAM 3's exemplars; nothing is found twice."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tiny_alike
import tiny_models
import tiny_sam3

from anylabeling.codecs import PixelFormat, decode
from anylabeling.codecs.types import UInt8Array
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import ModelError
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import BoxMark, OutputKind
from anylabeling.services.auto_labeling.clip_tokens import VOCABULARY
from anylabeling.services.auto_labeling.exemplars import Exemplar, can_be_exemplar
from anylabeling.services.auto_labeling.find_alike import (
    AlikeQuestion,
    answers_alike,
    box_exemplar,
    find_alike,
    new_only,
)
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.prompt_manager import PromptModels
from anylabeling.services.auto_labeling.prompt_model import PromptModel
from anylabeling.utils.cancellation import Cancelled, CancelToken

ALIKE = [*tiny_alike.RED, *tiny_alike.VIOLET]
WIDTH, HEIGHT = 200, 100
OBJECTS = (tiny_sam3.OBJECTS * np.array([WIDTH, HEIGHT] * 2)).tolist()
PICTURE: UInt8Array = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
RED = 512 + 1


@pytest.fixture
def prompts() -> Iterator[PromptModels]:
    made = PromptModels()
    yield made
    made.unload()


@pytest.fixture
def colors(prompts: PromptModels, tmp_path: Path) -> PromptModel:
    return prompts.load(tiny_alike.save_pair(tmp_path))


def rectangle(box: Sequence[float], label: str = "") -> Shape:
    return Shape(ShapeKind.RECTANGLE, np.array(box, np.float64).reshape(2, 2), label)


def asked(*exemplars: Exemplar, **more: object) -> AlikeQuestion:
    question = AlikeQuestion(tiny_alike.picture(), PixelFormat.BGRA, "", tiny_alike.SIZE, exemplars)
    return replace(question, **more)  # type: ignore[arg-type]


def places(shapes: Sequence[Shape]) -> list[tiny_alike.Box]:
    return sorted(tiny_alike.place(bounds(shape)) for shape in shapes)


@pytest.mark.parametrize("output", list(OutputKind))
def test_what_looks_alike_is_found_the_likest_first(colors: PromptModel, output: OutputKind) -> None:
    shapes = find_alike(colors, None, asked(Exemplar(rectangle(tiny_alike.RED[1], "berry")), output=output))
    assert places(shapes) == sorted(ALIKE)
    assert places(shapes[: len(tiny_alike.RED)]) == sorted(tiny_alike.RED)
    assert {shape.label for shape in shapes} == {"berry"}
    assert {shape.kind.value for shape in shapes} == {output.value}
    scores = [shape.score or 0.0 for shape in shapes]
    assert scores == sorted(scores, reverse=True)


def test_an_outline_says_by_itself_which_pixels_are_meant(colors: PromptModel) -> None:
    left, top, right, bottom = tiny_alike.BLUE[0]
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    outlined = Shape(ShapeKind.POLYGON, corners, "sky")
    assert places(find_alike(colors, None, asked(Exemplar(outlined), known=(outlined,)))) == sorted(tiny_alike.BLUE[1:])


def test_what_is_like_an_object_that_is_not_meant_is_not_found(colors: PromptModel) -> None:
    exemplars = Exemplar(rectangle(tiny_alike.RED[0])), box_exemplar(BoxMark(*tiny_alike.VIOLET[2]), positive=False)
    assert places(find_alike(colors, None, asked(*exemplars))) == sorted(tiny_alike.RED)


def test_a_reduced_picture_is_answered_in_pixels_of_the_whole(colors: PromptModel) -> None:
    question = asked(Exemplar(rectangle(tiny_alike.BLUE[0])))
    half = np.ascontiguousarray(question.pixels[::2, ::2])
    assert places(find_alike(colors, None, replace(question, pixels=half))) == sorted(tiny_alike.BLUE)


def test_an_outline_smaller_than_a_cell_of_the_features_is_like_nothing_large(colors: PromptModel) -> None:
    left, top, _, _ = tiny_alike.BLUE[1]
    corners = np.array([(left + 40, top + 40), (left + 41, top + 40), (left + 41, top + 41)])
    assert find_alike(colors, None, asked(Exemplar(Shape(ShapeKind.POLYGON, corners)))) == []
    # A box is another thing: what the model sees in it counts.
    box = rectangle((left + 40, top + 40, left + 43, top + 43))
    assert places(find_alike(colors, None, asked(Exemplar(box)))) == sorted(tiny_alike.BLUE)


def test_the_work_can_be_ended_between_two_questions_and_says_how_far_it_is(colors: PromptModel) -> None:
    token, told = CancelToken(), list[Progress]()

    def tell(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 2:
            token.cancel()

    with pytest.raises(Cancelled):
        find_alike(colors, None, asked(Exemplar(rectangle(tiny_alike.RED[0]))), on_progress=tell, cancel=token)
    assert [progress.done for progress in told] == sorted(progress.done for progress in told)
    assert told[0].total > 2


def test_what_is_labelled_already_is_left_out_whatever_it_is_called() -> None:
    found = [rectangle(box, "car") for box in ((0, 0, 100, 100), (200, 0, 300, 100))]
    nearly, half = rectangle((0, 0, 100, 95), "bus"), rectangle((200, 0, 300, 60), "bus")
    assert new_only(found, (nearly, half)) == found[1:]  # somebody on a bicycle overlaps it by half
    assert new_only(found, (half.with_changes(label="car"),)) == found[:1]


def test_only_what_has_an_area_in_the_picture_can_be_like_something() -> None:
    assert can_be_exemplar(rectangle((10, 10, 20, 20)), (100, 100))
    assert not can_be_exemplar(rectangle((110, 10, 120, 20)), (100, 100))
    assert not can_be_exemplar(Shape(ShapeKind.LINE, np.array([(0.0, 0.0), (9.0, 9.0)])), (100, 100))


def test_a_detector_that_was_not_made_for_it_says_so(manager: ModelManager, tmp_path: Path) -> None:
    detector = manager.load(tiny_models.save(tiny_models.redness_detector(), tmp_path / "boxes.onnx"))
    assert answers_alike(None, detector.info) is None
    with pytest.raises(ModelError, match="takes a Segment Anything model or a YOLOE"):
        find_alike(None, detector, asked(Exemplar(rectangle(tiny_alike.RED[0]))))


def sam3(prompts: PromptModels, folder: Path, room: int | str, *, queries: bool = False) -> PromptModel:
    (folder / VOCABULARY).write_bytes(gzip.compress(b"a vocabulary\nr e\nre d</w>"))
    return prompts.load(tiny_sam3.save_for_exemplars(folder, red=RED, room=room, queries=queries)[0])


def by_sam3(model: PromptModel, *exemplars: Exemplar, names: tuple[str, ...] = ()) -> list[tuple[str, list[float]]]:
    question = AlikeQuestion(PICTURE, PixelFormat.RGB, "", (WIDTH, HEIGHT), exemplars, names=names)
    return [(shape.label, np.round(bounds(shape)).tolist()) for shape in find_alike(model, None, question)]


@pytest.mark.parametrize(("room", "queries"), [(1, False), ("k", False), (8, False), (8, True)])
def test_sam_3_finds_all_of_the_kind_of_a_box(
    prompts: PromptModels, tmp_path: Path, room: int | str, queries: bool
) -> None:
    model = sam3(prompts, tmp_path, room, queries=queries)
    first, third = (Exemplar(rectangle(OBJECTS[index], "crate")) for index in (0, 2))
    assert by_sam3(model, first) == [("crate", OBJECTS[0]), ("crate", OBJECTS[1])]
    # Of several kinds all, each object once, in one call or in several.
    assert sorted(by_sam3(model, first, third)) == sorted(("crate", box) for box in OBJECTS)


@pytest.mark.parametrize("room", ["k", 8])
def test_sam_3_takes_names_and_boxes_together_and_what_is_not_meant(
    prompts: PromptModels, tmp_path: Path, room: int | str
) -> None:
    model = sam3(prompts, tmp_path, room)
    third = Exemplar(rectangle(OBJECTS[2]))
    # The text means the first kind, the box the second one.
    assert sorted(by_sam3(model, third, names=("red",))) == sorted(("red", box) for box in OBJECTS)
    not_first = Exemplar(rectangle(OBJECTS[1]), positive=False)
    assert by_sam3(model, third, not_first, names=("red",)) == [("red", OBJECTS[2]), ("red", OBJECTS[3])]
    assert by_sam3(model, third, names=("red", "cat")) == [("object", OBJECTS[2]), ("object", OBJECTS[3])]


def test_an_export_of_sam_3_with_room_for_one_box_says_that_it_cannot_leave_out(
    prompts: PromptModels, tmp_path: Path
) -> None:
    model = sam3(prompts, tmp_path, 1)
    with pytest.raises(ModelError, match="one box at a time"):
        by_sam3(model, Exemplar(rectangle(OBJECTS[0])), Exemplar(rectangle(OBJECTS[2]), positive=False))


def test_sam_3_goes_before_features_that_are_only_compared(prompts: PromptModels, tmp_path: Path) -> None:
    by_features = prompts.load(tiny_alike.save_pair(tmp_path)).info
    yoloe = replace(by_features, finds_alike=False, keeps_alike=True, layout="yolov8")
    learned = sam3(prompts, tmp_path, 8).info
    assert answers_alike(learned, yoloe) is learned
    assert answers_alike(by_features, yoloe) is yoloe
    assert answers_alike(by_features, None) is by_features


@pytest.mark.data
def test_mobile_sam_finds_the_other_people_of_a_photo(prompts: PromptModels, data_dir: Path) -> None:
    model = prompts.load(data_dir / "models" / "mobile_sam.encoder.onnx")
    photo = data_dir / "photos" / "voc40" / "2007_000480.jpg"
    pixels = decode(str(photo), pixel_format=PixelFormat.RGB).pixels
    people = people_of(photo.with_suffix(".xml"))
    question = AlikeQuestion(
        pixels, PixelFormat.RGB, "", (pixels.shape[1], pixels.shape[0]), (Exemplar(rectangle(people[0], "person")),)
    )
    found = [bounds(shape) for shape in find_alike(model, None, question)]
    assert all(max(overlap(person, box) for box in found) >= 0.5 for person in people)
    assert len(found) <= len(people) + 2


def people_of(path: Path) -> list[tuple[float, ...]]:
    import xml.etree.ElementTree as ET

    return [
        tuple(float(each.findtext(f"bndbox/{side}", "0")) for side in ("xmin", "ymin", "xmax", "ymax"))
        for each in ET.parse(path).getroot().iter("object")
        if each.findtext("name") == "person"
    ]


def overlap(first: Sequence[float], second: Sequence[float]) -> float:
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    both = max(across, 0.0) * max(down, 0.0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (first, second)]
    return both / (sum(areas) - both)
