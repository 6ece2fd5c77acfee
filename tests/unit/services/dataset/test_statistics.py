"""Figures of label files agree with counting by hand, whatever is in them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from statistics import median
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import read_label_file
from anylabeling.services.dataset import statistics
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.dataset.statistics import (
    SIZE_EDGES_PX,
    classes_csv,
    folder_figures,
    image_figures,
    images_csv,
    label_totals,
    words_csv,
)

sides = st.integers(1, 300)
box = st.tuples(
    st.sampled_from(["bus", "person", 'Ä, "x"\nB', ""]), st.integers(0, 500), st.integers(0, 400), sides, sides
)
images = st.lists(st.tuples(st.lists(box, max_size=6), st.booleans(), st.booleans()), max_size=5)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40, deadline=None
)
@given(images, st.sampled_from([1, 3, 50_000]))
def test_figures_are_what_counting_gives(
    tmp_path: Path,
    content: list[tuple[list[tuple], bool, bool]],  # type: ignore[type-arg]
    block: int,
) -> None:
    for old in tmp_path.glob("*.json"):
        old.unlink()
    paths = []
    for number, (boxes, checked, flag) in enumerate(content):
        shapes = [
            {"label": name, "points": [[x, y], [x + w, y + h]], "shape_type": "rectangle"} for name, x, y, w, h in boxes
        ]
        record = {"shapes": shapes, "imagePath": f"{number}.jpg", "checked": checked, "flags": {"f": flag}}
        (tmp_path / f"{number}.json").write_text(json.dumps(record))
        paths.append(str(tmp_path / f"{number}.jpg"))
    index = LabelIndex(None)
    index.refresh(paths, LabelStore())
    columns = index.columns(paths)
    index.close()
    with mock.patch.object(statistics, "_BLOCK", block):  # as many objects as that would be slow to make
        figures = folder_figures(columns)
    everything = [one for boxes, _, _ in content for one in boxes]
    counts = Counter(name for name, *_ in everything)
    assert (figures.images, figures.objects) == (len(content), len(everything))
    assert figures.checked == sum(checked for _, checked, _ in content)
    assert figures.labelled == sum(bool(boxes) or flag for boxes, _, flag in content)
    assert {one.label: one.objects for one in figures.classes} == counts
    for one in figures.classes:
        assert one.images == sum(any(name == one.label for name, *_ in boxes) for boxes, _, _ in content)
        assert one.width_px == median(w for name, _, _, w, _ in everything if name == one.label)
    assert figures.sizes.sum() == len(everything)
    assert len(figures.sizes) == len(SIZE_EDGES_PX)
    assert {total.label: (total.shapes, total.images) for total in label_totals(columns)} == {
        one.label: (one.objects, one.images) for one in figures.classes
    }
    rows = list(csv.DictReader(classes_csv(figures).splitlines(keepends=True)))
    assert [(row["label"], int(row["objects"])) for row in rows] == [
        (one.label, one.objects) for one in figures.classes
    ]
    per_image = list(csv.DictReader(images_csv(paths, columns).splitlines()))
    assert [int(row["objects"]) for row in per_image] == [len(boxes) for boxes, _, _ in content]
    for path, (boxes, _, _) in zip(paths, content, strict=True):
        live = image_figures(read_label_file(Path(path).with_suffix(".json")), (800, 800))
        assert live.objects == len(boxes)
        assert live.places.sum() == len(boxes)


def test_tags_are_counted_and_stand_in_the_tables(tmp_path: Path) -> None:
    paths = []
    for number, tags in enumerate((["wet", "dusk"], ["dusk", "dusk"], [])):
        record = {"shapes": [], "imagePath": f"{number}.jpg", "tags": tags, "flags": {"f": number == 2}}
        (tmp_path / f"{number}.json").write_text(json.dumps(record))
        paths.append(str(tmp_path / f"{number}.jpg"))
    index = LabelIndex(None)
    index.refresh(paths, LabelStore())
    columns = index.columns(paths)
    figures = folder_figures(columns)
    assert (figures.labelled, figures.tags, figures.flags) == (3, (("dusk", 2), ("wet", 1)), (("f", 1),))
    assert words_csv(figures).splitlines() == [
        "kind,name,images,share",
        "flag,f,1,0.3333",
        "tag,dusk,2,0.6667",
        "tag,wet,1,0.3333",
    ]
    per_image = list(csv.DictReader(images_csv(paths, columns).splitlines()))
    assert [row["tags"] for row in per_image] == ["wet;dusk", "dusk;dusk", ""]
    live = image_figures(read_label_file(tmp_path / "1.json"), (8, 8))
    assert (live.labelled, live.tags) == (1, (("dusk", 1),))


def test_an_image_without_anything() -> None:
    figures = image_figures(Annotation(), (10, 10))
    assert (figures.images, figures.objects, figures.labelled, figures.classes) == (1, 0, 0, ())
