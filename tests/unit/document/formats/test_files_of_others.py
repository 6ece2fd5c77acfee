"""Data sets laid out as other programs write them, after the descriptions that these publish."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import Entry
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.palette import grey_png
from anylabeling.document.formats.registry import detect_format, make_reader
from anylabeling.document.shape import ShapeKind

SIZE = (100, 80)


def put(root: Path, **texts: str | bytes) -> None:
    """Write files; "__" in a name stands for a slash, "_o_" for a dot."""
    for name, text in texts.items():
        path = root / name.replace("__", "/").replace("_o_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def found(root: Path, expected: str) -> dict[str, tuple[Entry, Annotation]]:
    info = detect_format(root)
    assert info is not None
    assert info.id == expected
    reader = make_reader(info, root)
    return {entry.name: (entry, reader.read(entry, SIZE, Notes())) for entry in reader.entries()}


def test_yolo_of_roboflow(tmp_path: Path) -> None:
    put(
        tmp_path,
        data_o_yaml="train: ../train/images\nval: ../valid/images\ntest: ../test/images\n\n"
        "nc: 2\nnames: ['cat', 'dog']\n",
        train__images__a_o_jpg="", train__labels__a_o_txt="1 0.5 0.5 0.2 0.25\n",
        valid__images__b_o_jpg="", valid__labels__b_o_txt="0 0.5 0.5 0.2 0.25 0.9\n",
        valid__images__c_o_jpg="",
    )  # fmt: skip
    images = found(tmp_path, "yolo-detect")
    assert {name: entry.split for name, (entry, _) in images.items()} == {
        "a.jpg": "train",
        "b.jpg": "val",
        "c.jpg": "val",
    }
    assert images["a.jpg"][0].places[0] == tmp_path / "train/images/a.jpg"
    (dog,), (cat,) = images["a.jpg"][1].shapes, images["b.jpg"][1].shapes
    assert (dog.label, cat.label, cat.score) == ("dog", "cat", 0.9)
    np.testing.assert_allclose(dog.points, [[40, 30], [60, 50]])
    assert not images["c.jpg"][0].labelled


def test_yolo_beside_the_pictures_as_labelimg_writes_it(tmp_path: Path) -> None:
    put(tmp_path, classes_o_txt="cat\ndog\n", a_o_jpg="", a_o_txt="1 0.5 0.5 0.2 0.25\n")
    ((entry, annotation),) = found(tmp_path, "yolo-detect").values()
    assert (entry.places[0].name, annotation.shapes[0].label) == ("a.jpg", "dog")


def test_poses_of_ultralytics(tmp_path: Path) -> None:
    row = " ".join(f"0.{number:02} 0.5 {number % 3}" for number in range(1, 18))
    put(
        tmp_path,
        data_o_yaml="path: ../datasets/coco8-pose\ntrain: images/train\nval: images/val\nkpt_shape: [17, 3]\n"
        "names:\n  0: person\n",
        images__train__a_o_jpg="", labels__train__a_o_txt=f"0 0.5 0.5 0.2 0.25 {row}\n",
    )  # fmt: skip
    ((entry, annotation),) = found(tmp_path, "yolo-pose").values()
    box, *points = annotation.shapes
    assert (entry.split, box.label, len(points)) == ("", "person", 12)
    assert points[0].label == "nose"
    assert points[0].flags == {"occluded": True}


def test_coco_of_cvat_and_of_the_challenge(tmp_path: Path) -> None:
    annotations = [
        {"id": 1, "image_id": 7, "category_id": 18, "bbox": [10, 10, 20, 30], "area": 600, "iscrowd": 0,
         "segmentation": [], "attributes": {"occluded": True, "rotation": 0.0, "colour": "red"}},
        {"id": 2, "image_id": 7, "category_id": 18, "bbox": [0, 0, 2, 80], "area": 160, "iscrowd": 1,
         "segmentation": {"size": [80, 100], "counts": [0, 160, 7840]}},
        {"id": 3, "image_id": 7, "category_id": 18, "bbox": [1, 1, 9, 9], "area": 40, "iscrowd": 0,
         "segmentation": [[1, 1, 5, 1, 5, 5], [6, 6, 10, 6, 10, 10]]},
    ]  # fmt: skip
    images = [
        {"id": 7, "file_name": "000007.jpg", "width": 100, "height": 80, "license": 1, "coco_url": "http://x/7.jpg"}
    ]
    content = {
        "info": {},
        "licenses": [],
        "images": images,
        "annotations": annotations,
        "categories": [{"id": 18, "name": "dog"}],
    }
    put(tmp_path, annotations__instances_val2017_o_json=json.dumps(content), val2017__000007_o_jpg="")
    ((entry, annotation),) = found(tmp_path, "coco").values()
    assert tmp_path / "val2017/000007.jpg" in entry.places
    box, crowd, *parts = annotation.shapes
    assert (box.kind, box.flags, box.attributes) == (
        ShapeKind.RECTANGLE,
        {"occluded": True},
        {"rotation": 0.0, "colour": "red"},
    )
    assert (crowd.kind, crowd.flags) == (ShapeKind.MASK, {"iscrowd": True})
    assert [part.group_id for part in parts] == [1, 1]


def test_voc_with_polygons_rotated_boxes_and_numbers_with_decimals(tmp_path: Path) -> None:
    objects = (
        "<object><name>a</name><difficult>1</difficult><bndbox><xmin>1.5</xmin><ymin>2</ymin><xmax>9</xmax><ymax>8</ymax>"
        "</bndbox></object><object><name>b</name><polygon><x1>1</x1><y1>1</y1><x2>9</x2><y2>1</y2><x3>9</x3><y3>9</y3></polygon>"
        "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object>"
        "<object><name>c</name><robndbox><cx>50</cx><cy>40</cy><w>20</w><h>10</h><angle>0</angle></robndbox></object>"
    )
    put(
        tmp_path,
        a_o_xml=f"<annotation><folder>C:\\x</folder><filename>a.png</filename>{objects}</annotation>",
        a_o_png="",
    )
    ((entry, annotation),) = found(tmp_path, "voc").values()
    assert tmp_path / "a.png" in entry.places
    first, second, third = annotation.shapes
    assert (first.difficult, first.points.tolist()) == (True, [[1.5, 2], [9, 8]])
    assert (second.kind, len(second.points)) == (ShapeKind.POLYGON, 3)
    np.testing.assert_allclose(third.points, [[40, 35], [60, 35], [60, 45], [40, 45]])


def test_lists_of_ppocrlabel(tmp_path: Path) -> None:
    row = [{"transcription": "Zahl: 7", "points": [[1, 2], [30, 2], [30, 12], [1, 12]], "difficult": False,
            "key_cls": "total"},
           {"transcription": "###", "points": [[1, 20], [30, 22], [30, 32], [1, 30]], "difficult": True}]  # fmt: skip
    put(tmp_path, Label_o_txt=f"{tmp_path.name}/a.jpg\t{json.dumps(row)}\n", a_o_jpg="")
    ((entry, annotation),) = found(tmp_path, "ppocr-det").values()
    assert tmp_path / "a.jpg" in entry.places
    assert [(shape.label, shape.text, shape.difficult) for shape in annotation.shapes] == [
        ("total", "Zahl: 7", False),
        ("text", "", True),
    ]


def test_dota_with_its_head(tmp_path: Path) -> None:
    line = "10 10 50 10 50 30 10 30 small-vehicle 1\n"
    put(tmp_path, labelTxt__P0001_o_txt=f"imagesource:GoogleEarth\ngsd:0.14\n{line}", images__P0001_o_png="")
    ((_, annotation),) = found(tmp_path, "dota").values()
    assert [(shape.kind, shape.label, shape.difficult) for shape in annotation.shapes] == [
        (ShapeKind.ROTATED_RECTANGLE, "small-vehicle", True)
    ]


@pytest.mark.parametrize(
    "names",
    [{"class_map_o_json": '{"type": "grayscale", "colors": {"cat": 3}}'}, {"class_map_o_json": '{"3": "cat"}'},
     {"class_names_o_txt": "__ignore__\n_background_\nx\ny\ncat\n"}],
)  # fmt: skip
def test_masks_with_the_lists_of_others(names: dict[str, str], tmp_path: Path) -> None:
    numbers = np.zeros((80, 100), np.uint16)
    numbers[10:20, 10:30] = 3
    numbers[0, :] = 255
    put(tmp_path, masks__a_o_png=grey_png(numbers), images__a_o_jpg="", **names)
    ((entry, annotation),) = found(tmp_path, "masks").values()
    assert entry.places == (tmp_path / "images/a.jpg",)
    assert [shape.label for shape in annotation.shapes] == ["cat"]


def test_isat_with_a_hole(tmp_path: Path) -> None:
    def row(category: str, layer: float, ring: list[list[float]]) -> dict[str, object]:
        return {"category": category, "group": 1, "segmentation": ring, "area": 1, "layer": layer, "bbox": [0, 0, 1, 1],
                "iscrowd": False, "note": ""}  # fmt: skip

    rows = [
        row("__background__", 2.0, [[20, 20], [30, 20], [30, 30]]),
        row("cat", 1.0, [[10, 10], [50, 10], [50, 50], [10, 50]]),
    ]
    info = {
        "description": "ISAT",
        "folder": "x",
        "name": "a.jpg",
        "width": 100,
        "height": 80,
        "depth": 3,
        "note": "dark",
    }
    put(tmp_path, a_o_json=json.dumps({"info": info, "objects": rows}), a_o_jpg="")
    ((_, annotation),) = found(tmp_path, "isat").values()
    (shape,) = annotation.shapes
    assert (shape.label, shape.group_id, len(shape.holes), annotation.description) == ("cat", None, 1, "dark")


def test_odvg_of_grounding_dino(tmp_path: Path) -> None:
    detection = {
        "instances": [{"bbox": [26, 21, 32, 33], "label": 1, "category": "cat"}, {"bbox": [1, 2, 3, 4], "label": 0}]
    }
    grounding = {
        "caption": "a dog beside two cats",
        "regions": [
            {"bbox": [2, 3, 20, 30], "phrase": "a dog"},
            {"bbox": [[40, 3, 50, 30], [60, 3, 70, 30]], "phrase": "two cats", "tokens_positive": [[13, 21]]},
        ],
    }
    rows = [
        {"filename": "a.jpg", "height": 80, "width": 100, "detection": detection},
        {"filename": "sub/b.jpg", "height": 80, "width": 100, "grounding": grounding},
    ]
    put(
        tmp_path,
        annotations__all_o_jsonl="\n".join(map(json.dumps, rows)),
        annotations__label_map_o_json=json.dumps({"0": "dog", "1": "cat"}),
        images__a_o_jpg="",
    )
    images = found(tmp_path, "odvg")
    entry, annotation = images["a.jpg"]
    assert (entry.size, entry.places[0]) == ((100, 80), tmp_path / "images/a.jpg")
    assert [shape.label for shape in annotation.shapes] == ["cat", "dog"]
    grounded = images["sub/b.jpg"][1]
    assert grounded.text == "a dog beside two cats"
    assert [(shape.label, shape.points.tolist()) for shape in grounded.shapes] == [
        ("a dog", [[2, 3], [20, 30]]),
        ("two cats", [[40, 3], [50, 30]]),
        ("two cats", [[60, 3], [70, 30]]),
    ]


def test_conversations_of_vlm_r1(tmp_path: Path) -> None:
    answer = '```json\n[\n  {"bbox_2d": [3, 18, 79, 53], "label": "railings being crossed by horses"}\n]\n```'
    talk = [{"from": "human", "value": "<image>What is there?"}, {"from": "gpt", "value": answer}]
    rows = [
        {"id": 1, "image": "coco/a.jpg", "conversations": talk},
        {"id": 2, "image": ["b.jpg"], "conversations": [{"from": "gpt", "value": "None"}]},
    ]
    put(tmp_path, ovd_o_jsonl="".join(json.dumps(row) + "\r\n" for row in rows), coco__a_o_jpg="")
    images = found(tmp_path, "vlm-r1")
    (shape,) = images["coco/a.jpg"][1].shapes
    assert (shape.label, shape.points.tolist()) == ("railings being crossed by horses", [[3, 18], [79, 53]])
    assert tmp_path / "coco/a.jpg" in images["coco/a.jpg"][0].places
    assert not images["b.jpg"][1].shapes


def test_results_of_mmdetection_with_masks_and_names(tmp_path: Path) -> None:
    mask = {"size": [80, 100], "counts": [0, 160, 7840]}
    result = {"labels": [1, 7], "scores": [0.75, 0.5], "bboxes": [[0, 0, 2, 80], [5, 5, 9, 9]], "masks": [mask, mask]}
    put(
        tmp_path,
        preds__a_o_json=json.dumps(result),
        preds__b_o_json=json.dumps({"labels": [], "scores": [], "bboxes": []}),
        vis__a_o_jpg="", classes_o_txt="dog\ncat\n", a_o_png="",
    )  # fmt: skip
    images = found(tmp_path, "mmdet")
    entry, annotation = images["a.png"]
    assert entry.places == (tmp_path / "a.png",)
    first, second = annotation.shapes
    assert (first.label, first.score, first.kind) == ("cat", 0.75, ShapeKind.MASK)
    assert (second.label, second.score) == ("7", 0.5)
    assert not images["b"][1].shapes


def test_sequences_of_motchallenge(tmp_path: Path) -> None:
    put(
        tmp_path,
        train__MOT17_02__gt__gt_o_txt="1,7,10,20,30,40,1,1,0.9\n3,7,12,20,30,40,0,8,1\n3,9,1,2,3,4,1,3,1\nx,1\n",
        train__MOT17_02__det__det_o_txt="1,-1,10,20,30,40,0.5\n",
        train__MOT17_02__img1__000001_o_jpg="", train__MOT17_02__img1__000002_o_jpg="",
        train__MOT17_02__img1__000003_o_jpg="",
        test__MOT17_01__det__det_o_txt="1,-1,10,20,30,40,0.5,-1,-1,-1\n",
        test__MOT17_01__img1__000001_o_jpg="",
    )  # fmt: skip
    images = found(tmp_path, "mot")
    assert [(name, entry.split) for name, (entry, _) in images.items()] == [
        ("MOT17_01/000001.jpg", "test"),
        ("MOT17_02/000001.jpg", "train"),
        ("MOT17_02/000002.jpg", "train"),
        ("MOT17_02/000003.jpg", "train"),
    ]
    (detected,) = images["MOT17_01/000001.jpg"][1].shapes
    assert (detected.label, detected.group_id, detected.score) == ("pedestrian", None, 0.5)
    (first,) = images["MOT17_02/000001.jpg"][1].shapes
    assert (first.label, first.group_id, first.points.tolist()) == ("pedestrian", 7, [[10, 20], [40, 60]])
    assert not images["MOT17_02/000002.jpg"][1].shapes
    distractor, car = images["MOT17_02/000003.jpg"][1].shapes
    assert (distractor.label, distractor.difficult, distractor.group_id) == ("distractor", True, 7)
    assert (car.label, car.difficult, car.group_id) == ("car", False, 9)


def test_a_list_of_followed_objects_beside_its_pictures(tmp_path: Path) -> None:
    put(tmp_path, gt_o_txt="2,1,10,20,30,40,1,2,1\n", labels_o_txt="dog\ncat\n", b10_o_png="", b9_o_png="")
    images = found(tmp_path, "mot")
    assert [(name, [shape.label for shape in annotation.shapes]) for name, (_, annotation) in images.items()] == [
        ("b9.png", []),
        ("b10.png", ["cat"]),
    ]


def test_createml_of_roboflow(tmp_path: Path) -> None:
    row = {"label": "cat", "coordinates": {"x": 50, "y": 40, "width": 20, "height": 10}}
    put(
        tmp_path,
        train___annotations_o_createml_o_json=json.dumps([{"image": "a.jpg", "annotations": [row]}]),
        train__a_o_jpg="",
    )
    ((entry, annotation),) = found(tmp_path, "createml").values()
    assert tmp_path / "train/a.jpg" in entry.places
    assert annotation.shapes[0].points.tolist() == [[40, 35], [60, 45]]


def test_folders_of_imagenet(tmp_path: Path) -> None:
    put(tmp_path, train__cat__a_o_jpg="", valid__dog__b_o_jpg="")
    images = found(tmp_path, "classify-folders")
    assert {name: (entry.split, list(annotation.flags)) for name, (entry, annotation) in images.items()} == {
        "cat/a.jpg": ("train", ["cat"]),
        "dog/b.jpg": ("val", ["dog"]),
    }
