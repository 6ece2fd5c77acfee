"""CVAT's XML: whole round trips, files as CVAT writes them, and hostile ones."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import Entry, WriteOptions
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.registry import detect_format, format_info, make_reader
from anylabeling.document.formats.xml_tree import parse_xml
from anylabeling.document.labels import palette_color
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import LabelFileError

sys.path.insert(0, str(Path(__file__).parent))

import format_strategies as own  # noqa: E402

few = settings(max_examples=25, deadline=None)
SIZE = (100, 80)

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")) | st.sampled_from("\n\r\t \"<&>'"))
names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=6).filter(
    lambda name: name not in ("difficult", "text", "description", "score", "kind")
)
values = st.booleans() | st.integers(-1000, 1000) | st.floats(-1e6, 1e6) | texts


@st.composite
def any_shapes(draw: st.DrawFn) -> Shape:
    """Return a shape of a kind that CVAT has, with everything that it can hold."""
    kind = draw(st.sampled_from(["boxes", "polygons", "oriented", "masks", "others"]))
    if kind == "others":
        shape = draw(other_shapes())
    else:
        shape = getattr(own, kind)(SIZE)
        shape = draw(shape)
    return shape.with_changes(
        label=draw(own.labels),
        score=draw(st.none() | st.floats(0, 1)),
        text=draw(texts),
        description=draw(texts),
        group_id=draw(st.none() | st.integers(1, 3)),
        difficult=draw(st.booleans()),
        flags=draw(st.sampled_from([{}, {"occluded": True}])),
    )


@st.composite
def other_shapes(draw: st.DrawFn) -> Shape:
    kind, count = draw(
        st.sampled_from([(ShapeKind.LINE, 2), (ShapeKind.LINESTRIP, 5), (ShapeKind.POINT, 1), (ShapeKind.POINTS, 3)])
    )
    places = draw(st.lists(st.tuples(st.floats(-20, 120), st.floats(-20, 120)), min_size=count, max_size=count))
    return Shape(kind, np.round(np.array(places), 3))


@given(shapes=st.lists(any_shapes(), max_size=5))
@few
def test_shapes_come_back_whole(shapes: list[Shape]) -> None:
    annotation = Annotation(shapes=tuple(shapes))
    found, notes = own.round_trip("cvat", annotation, SIZE)
    # The corners of rotated rectangles, rounded to hundredths, are none of a rectangle in the strict sense.
    own.assert_same_shapes(found, annotation, 1.5e-2)
    for one, other in zip(found.shapes, shapes, strict=True):
        for name in ("score", "text", "description", "group_id", "difficult", "flags"):
            assert getattr(one, name) == getattr(other, name), name
        if one.kind is ShapeKind.MASK:
            assert own.pixels_of(one, SIZE) == own.pixels_of(other, SIZE)
    assert not notes


@given(attributes=st.dictionaries(names, values, max_size=5))
@few
def test_attributes_keep_their_kinds(attributes: dict[str, object]) -> None:
    shape = Shape(ShapeKind.RECTANGLE, np.array([[1, 2], [30, 12]]), label="a", attributes=attributes)
    found, notes = own.round_trip("cvat", Annotation(shapes=(shape,)), SIZE)
    assert found.shapes[0].attributes == attributes
    assert [type(found.shapes[0].attributes[name]) for name in attributes] == list(map(type, attributes.values()))
    assert not notes


@given(flags=st.lists(own.labels, unique=True, max_size=3), words=st.lists(own.labels, unique=True, max_size=3))
@few
def test_flags_and_tags_of_images(flags: list[str], words: list[str]) -> None:
    annotation = Annotation(flags=dict.fromkeys(flags, True), tags=tuple(words))
    found, notes = own.round_trip("cvat", annotation, SIZE)
    assert (found.flags, found.tags) == (annotation.flags, annotation.tags)
    assert not notes


def test_circles_and_cuboids_and_groups_without_a_number() -> None:
    circle = Shape(ShapeKind.CIRCLE, np.array([[30, 30], [33, 34]]), label="a", group_id=0)
    front = np.array([[60, 70], [20, 70], [20, 40], [60, 40]], float)
    cuboid = Shape(ShapeKind.CUBOID, np.vstack([front, front + (10, -8)]), label="b", group_id=5)
    found, notes = own.round_trip("cvat", Annotation(shapes=(circle, cuboid, circle.duplicate())), SIZE)
    first, second, third = found.shapes
    assert first.points.tolist() == [[30, 30], [35, 30]]
    # From the upper left corner of the front on, clockwise, and the back in the same order.
    assert second.points.tolist() == [[20, 40], [60, 40], [60, 70], [20, 70], [30, 32], [70, 32], [70, 62], [30, 62]]
    assert first.group_id == third.group_id != second.group_id == 5
    assert not notes


def test_what_cvat_has_no_shape_for_is_told(tmp_path: Path) -> None:
    outer = np.array([[10, 10], [90, 10], [90, 70], [10, 70]], float)
    hole = np.array([[30, 30], [60, 30], [60, 50], [30, 50]], float)
    ring = Shape(ShapeKind.POLYGON, outer, label="ring", holes=(hole,))
    shapes = (
        ring,
        Shape(ShapeKind.QUADRILATERAL, outer, label="a", flags={"far": True}, attributes={"list": [1, 2], "far": "x"}),
        Shape(ShapeKind.RECTANGLE, outer[[0, 2]], label="a", attributes={"list": True}),
        Shape(ShapeKind.OTHER, outer[:2], label="a"),
        Shape(ShapeKind.RECTANGLE, outer[[0, 2]]),
    )
    annotation = Annotation(shapes=shapes, text="t", description="d", checked=True)
    notes = own.written("cvat", [annotation], SIZE, tmp_path)
    assert set(notes.sentences()) == {
        "1 polygon written as bitmaps.",
        "1 quadrilateral written as polygons.",
        "1 shape left out: the format has no place for them.",
        "1 rectangle left out: they have no label.",
        "2 objects have attributes that are written as text.",
        "The flags of 1 object have no place in the format.",
        "The text of 1 image has no place in the format.",
        "The remark on 1 image has no place in the format.",
        "That 1 image is checked has no place in the format.",
    }
    (found,) = own.read("cvat", tmp_path, SIZE)
    assert own.pixels_of(found.shapes[0], SIZE) == own.pixels_of(ring, SIZE)
    assert found.shapes[1].attributes == {"list": "[1, 2]", "far": "x"}
    assert found.shapes[2].attributes == {"list": "true"}


def test_masks_end_at_the_edge_of_the_picture(tmp_path: Path) -> None:
    ring = Shape(
        ShapeKind.POLYGON,
        np.array([[-10, -10], [20, -10], [20, 20], [-10, 20]], float),
        label="a",
        holes=(np.array([[-5, -5], [5, -5], [5, 5], [-5, 5]], float),),
    )
    away = ring.with_points(ring.points - 100).with_changes(holes=(ring.holes[0] - 100,), uid=7)
    notes = own.written("cvat", [Annotation(shapes=(ring, away))], SIZE, tmp_path)
    (found,) = own.read("cvat", tmp_path, SIZE)
    expected = {(x, y) for x in range(20) for y in range(20) if x >= 5 or y >= 5}
    assert [own.pixels_of(shape, SIZE) for shape in found.shapes] == [expected]
    assert "1 object was cut at the edge of the picture." in notes.sentences()
    assert "1 polygon left out: they lie outside of the picture." in notes.sentences()


def pose(group: int, **places: tuple[float, float]) -> list[Shape]:
    points = [
        Shape(ShapeKind.POINT, np.array([place]), label=name, group_id=group,
              flags={"occluded": True} if name == "tail" else {}, attributes={"seen": True})
        for name, place in places.items()
    ]  # fmt: skip
    corners = np.array([np.min(list(places.values()), axis=0), np.max(list(places.values()), axis=0)])
    return [Shape(ShapeKind.RECTANGLE, corners, label="cat", group_id=group, attributes={"age": 3}), *points]


def told(annotation: Annotation) -> list[tuple[object, ...]]:
    return [
        (one.kind, one.label, one.points.tolist(), dict(one.flags), dict(one.attributes)) for one in annotation.shapes
    ]


def test_boxes_around_points_are_skeletons(tmp_path: Path) -> None:
    first = Annotation(shapes=tuple(pose(1, nose=(10, 10), tail=(40, 30), ear=(12.5, 8.25))))
    second = Annotation(shapes=(*pose(4, nose=(20, 10), ear=(30, 20)), *pose(9, tail=(50, 60), ear=(70, 20))))
    assert not own.written("cvat", [first, second], SIZE, tmp_path)
    root = parse_xml((tmp_path / "annotations.xml").read_bytes())
    skeletons = [one for image in root.all("image") for one in image.all("skeleton")]
    assert [[(point.attributes["label"], point.attributes["outside"]) for point in one.all("points")]
            for one in skeletons] == [
        [("nose", "0"), ("tail", "0"), ("ear", "0")],
        [("nose", "0"), ("tail", "1"), ("ear", "0")],
        [("nose", "1"), ("tail", "0"), ("ear", "0")],
    ]  # fmt: skip
    meta = root.find("meta")
    assert meta is not None
    rows = meta.children[0].find("labels")
    assert rows is not None
    assert [(row.value("name"), row.value("type"), row.value("parent")) for row in rows.children] == [
        ("cat", "skeleton", ""), ("nose", "points", "cat"), ("tail", "points", "cat"), ("ear", "points", "cat"),
    ]  # fmt: skip
    found = own.read("cvat", tmp_path, SIZE)
    assert told(found[0]) == told(first)
    assert sorted(map(str, told(found[1]))) == sorted(map(str, told(second)))
    groups = [shape.group_id for shape in found[1].shapes]
    assert groups == [1, 1, 1, 2, 2, 2]


def test_a_label_with_other_shapes_has_no_skeletons(tmp_path: Path) -> None:
    alone = Shape(ShapeKind.RECTANGLE, np.array([[1, 2], [30, 12]]), label="cat")
    wide = pose(2, nose=(10, 10), tail=(40, 30))
    wide[0] = wide[0].with_points([[5, 5], [45, 35]]).with_changes(label="dog")
    annotation = Annotation(shapes=(alone, *pose(1, nose=(20, 10), ear=(30, 20)), *wide))
    assert not own.written("cvat", [annotation], SIZE, tmp_path)
    assert b"skeleton" not in (tmp_path / "annotations.xml").read_bytes()
    (found,) = own.read("cvat", tmp_path, SIZE)
    assert told(found) == told(annotation)
    assert [shape.group_id for shape in found.shapes] == [None, 1, 1, 1, 2, 2, 2]


def test_labels_have_types_colours_and_attributes(tmp_path: Path) -> None:
    box = Shape(ShapeKind.RECTANGLE, np.array([[1, 2], [30, 12]]), label="a & <b>", attributes={"n": 3, "w": 0.5})
    line = Shape(ShapeKind.LINE, np.array([[1, 2], [30, 12]]), label="both")
    shapes = (
        box,
        box.duplicate().with_changes(attributes={"n": -2}),
        line,
        line.with_changes(kind=ShapeKind.RECTANGLE),
    )
    own.written("cvat", [Annotation(shapes=shapes)], SIZE, tmp_path, options=WriteOptions(known_classes=("first",)))
    meta = parse_xml((tmp_path / "annotations.xml").read_bytes()).find("meta")
    assert meta is not None
    rows = meta.children[0].find("labels")
    assert rows is not None
    assert [(row.value("name"), row.value("type")) for row in rows.children] == [
        ("first", "any"), ("a & <b>", "rectangle"), ("both", "any"),
    ]  # fmt: skip
    red, green, blue = palette_color("both")
    assert rows.children[2].value("color") == f"#{red:02x}{green:02x}{blue:02x}"
    attributes = rows.children[1].find("attributes")
    assert attributes is not None
    assert [(row.value("name"), row.value("input_type"), row.value("values")) for row in attributes.children] == [
        ("n", "number", "-2\n3\n1"), ("w", "number", "0.5\n0.5\n0.001"),
    ]  # fmt: skip


IMAGES = """<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <job><id>7</id><size>2</size><labels>
      <label><name>car</name><color>#2080c0</color><type>any</type><attributes>
        <attribute><name>parked</name><mutable>False</mutable><input_type>checkbox</input_type>
          <default_value>false</default_value><values>false</values></attribute>
        <attribute><name>doors</name><input_type>number</input_type><values>0
9
1</values></attribute>
        <attribute><name>plate</name><input_type>text</input_type><values></values></attribute>
      </attributes></label>
      <label><name>cat</name><type>skeleton</type><attributes></attributes><svg>&lt;line/&gt;</svg></label>
      <label><name>nose</name><type>points</type><attributes></attributes><parent>cat</parent></label>
    </labels></job>
    <dumped>2026-01-01</dumped>
  </meta>
  <image id="0" name="sub/a.jpg" subset="Train" task_id="4" width="100" height="80">
    <box label="car" source="manual" occluded="1" xtl="10.00" ytl="20.00" xbr="50.00" ybr="40.00" z_order="3">
      <attribute name="parked">true</attribute><attribute name="doors">4</attribute>
      <attribute name="plate">12</attribute>
    </box>
    <box label="car" source="file" occluded="0" xtl="10" ytl="10" xbr="50" ybr="20" rotation="90.00" z_order="0"
      group_id="2"/>
    <ellipse label="car" source="manual" occluded="0" cx="50.00" cy="40.00" rx="20.00" ry="20.01" z_order="0"></ellipse>
    <ellipse label="car" source="manual" occluded="0" cx="50" cy="40" rx="20" ry="10" rotation="90" z_order="0">
    </ellipse>
    <mask label="car" source="semi-auto" occluded="0" rle="1, 2, 1, 2" left="3" top="4" width="3" height="2"
      z_order="0"></mask>
    <cuboid label="car" source="manual" occluded="0" xtl1="10" ytl1="20" xbl1="10" ybl1="40" xtr1="30" ytr1="20"
      xbr1="30" ybr1="40" xtl2="40" ytl2="15" xbl2="40" ybl2="35" xtr2="20" ytr2="15" xbr2="20" ybr2="35" z_order="0">
    </cuboid>
    <skeleton label="cat" source="manual" z_order="0" group_id="2">
      <points label="nose" source="manual" outside="0" occluded="1" points="12.50,14.00"></points>
      <points label="ear" source="manual" outside="0" occluded="0" points="20.50,10.00"></points>
      <points label="tail" source="manual" outside="1" occluded="0" points="99.00,99.00"></points>
    </skeleton>
    <tag label="night" source="manual"><attribute name="sure">true</attribute></tag>
  </image>
  <image id="1" name="b.jpg" width="100" height="80">
  </image>
</annotations>
"""


def test_a_file_of_cvat_for_images(tmp_path: Path) -> None:
    (tmp_path / "annotations.xml").write_text(IMAGES)
    (tmp_path / "images/Train/sub").mkdir(parents=True)
    (tmp_path / "images/Train/sub/a.jpg").write_bytes(b"")
    for place in (tmp_path, tmp_path / "annotations.xml"):
        info = detect_format(place)
        assert info is not None
        assert info.id == "cvat"
        reader = make_reader(info, place)
        first, second = reader.entries()
        assert (first.name, first.split, first.size) == ("sub/a.jpg", "train", (100, 80))
        assert first.places[0] == tmp_path / "images/Train/sub/a.jpg"
    notes = Notes()
    annotation = reader.read(first, SIZE, notes)
    turned, circle, ellipse, mask, cuboid, cat, nose, ear, box = annotation.shapes
    np.testing.assert_allclose(turned.points, [[35, -5], [35, 35], [25, 35], [25, -5]], atol=1e-3)
    assert (turned.kind, turned.group_id) == (ShapeKind.ROTATED_RECTANGLE, 2)
    assert (circle.kind, circle.points.tolist()) == (ShapeKind.CIRCLE, [[50, 40], [70, 40]])
    np.testing.assert_allclose([ellipse.points.min(axis=0), ellipse.points.max(axis=0)], [[40, 20], [60, 60]])
    assert own.pixels_of(mask, SIZE) == {(4, 4), (5, 4), (4, 5), (5, 5)}
    assert cuboid.points.tolist() == [[10, 20], [30, 20], [30, 40], [10, 40], [20, 15], [40, 15], [40, 35], [20, 35]]
    assert (cat.kind, cat.points.tolist()) == (ShapeKind.RECTANGLE, [[12.5, 10], [20.5, 14]])
    assert [(one.label, dict(one.flags), one.group_id) for one in (cat, nose, ear)] == [
        ("cat", {}, 3), ("nose", {"occluded": True}, 3), ("ear", {}, 3),
    ]  # fmt: skip
    assert (box.flags, box.attributes) == ({"occluded": True}, {"parked": True, "doors": 4, "plate": "12"})
    assert annotation.flags == {"night": True}
    assert set(notes.sentences()) == {
        "1 ellipse is a polygon here.",
        "The group of 1 skeleton was left out: its points are one.",
        "The attributes of 1 tag were left out.",
    }
    assert reader.read(second, SIZE, Notes()).is_empty


VIDEO = """<annotations><version>1.1</version><meta><task><size>3</size><labels></labels>
<original_size><width>100</width><height>80</height></original_size></task></meta>
<track id="0" label="car &quot;x&quot;" source="manual">
<box frame="0" keyframe="1" outside="0" occluded="0" xtl="1" ytl="2" xbr="9" ybr="8" z_order="0"></box>
<box frame="2" keyframe="0" outside="0" occluded="1" xtl="2" ytl="2" xbr="10" ybr="8" z_order="0"/>
<box frame="3" keyframe="1" outside="1" occluded="0" xtl="2" ytl="2" xbr="10" ybr="8" z_order="0"></box></track>
<track id="5" label="cat"><skeleton frame="2" keyframe="1" z_order="0">
<points label="nose" keyframe="1" outside="0" occluded="0" points="3,4"></points>
<points label="ear" keyframe="1" outside="0" occluded="0" points="13,14"></points></skeleton></track>
</annotations>"""


@pytest.mark.parametrize("named", [True, False])
def test_a_file_of_cvat_for_videos(named: bool, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(VIDEO)
    (tmp_path / "images").mkdir()
    pictures = ["frame_000000.jpg", "frame_000001.jpg", "frame_000002.jpg"] if named else ["x.png", "y.png", "z.png"]
    for name in pictures:
        (tmp_path / "images" / name).write_bytes(b"")
    reader = make_reader(format_info("cvat"), tmp_path)
    first, last = reader.entries()
    assert [(entry.name, entry.size, entry.places[0]) for entry in (first, last)] == [
        (pictures[0], SIZE, tmp_path / "images" / pictures[0]), (pictures[2], SIZE, tmp_path / "images" / pictures[2]),
    ]  # fmt: skip
    notes = Notes()
    (car,) = reader.read(first, SIZE, notes).shapes
    assert (car.label, car.group_id, car.points.tolist()) == ('car "x"', 0, [[1, 2], [9, 8]])
    later, cat, nose, ear = reader.read(last, SIZE, notes).shapes
    assert (later.group_id, later.flags) == (0, {"occluded": True})
    assert [one.group_id for one in (cat, nose, ear)] == [5, 5, 5]
    assert cat.points.tolist() == [[3, 4], [13, 14]]
    assert not notes


def test_the_zip_that_cvat_hands_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "task.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("annotations.xml", IMAGES)
        archive.writestr("images/sub/a.jpg", b"x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.jpg").write_bytes(b"")
    info = detect_format(tmp_path / "task.zip")
    assert info is not None
    assert info.id == "cvat"
    first, _ = make_reader(info, tmp_path / "task.zip").entries()
    assert tmp_path / "sub/a.jpg" in first.places
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sub", "task.zip"]
    assert detect_format(tmp_path / "sub/a.jpg") is None


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "gb18030"])
def test_other_encodings(encoding: str, tmp_path: Path) -> None:
    label = "Tür" if encoding != "gb18030" else "标签"
    text = IMAGES.replace('encoding="utf-8"', f'encoding="{encoding}"').replace('label="night"', f'label="{label}"')
    (tmp_path / "annotations.xml").write_bytes(text.encode(encoding))
    reader = make_reader(format_info("cvat"), tmp_path)
    first, _ = reader.entries()
    assert reader.read(first, SIZE, Notes()).flags == {label: True}


@pytest.mark.parametrize("element", [
    '<box label="a" xtl="1" ytl="2" xbr="nan" ybr="4"/>', '<box xtl="1" ytl="2" xbr="3" ybr="4"/>',
    '<box label="" xtl="1" ytl="2" xbr="3" ybr="4"/>', '<box label="a" xtl="1" ytl="2" xbr="3"/>',
    '<box label="a" xtl="1" ytl="2" xbr="3" ybr="4" z_order="x"/>',
    '<polygon label="a" points="1,2;3,4"/>', '<polygon label="a" points="1,2;3;5,6"/>', '<points label="a" points=""/>',
    '<polyline label="a" points="1,2"/>', '<ellipse label="a" cx="1" cy="1" rx="0" ry="3"/>',
    '<mask label="a" rle="1, 2" left="0" top="0" width="2" height="2"/>',
    '<mask label="a" rle="4" left="0" top="0" width="2" height="2"/>',
    '<mask label="a" rle="-1, 5" left="0" top="0" width="2" height="2"/>',
    '<mask label="a" rle="99999999999999999999" left="0" top="0" width="2" height="2"/>',
    '<mask label="a" rle="1" left="0" top="0" width="99999999" height="99999999"/>',
    '<cuboid label="a" xtl1="1" ytl1="1"/>', '<skeleton label="a"></skeleton>',
    '<skeleton label="a"><points label="b" points="1,x"/></skeleton>', '<tag label=" "/>',
])  # fmt: skip
def test_one_bad_element_costs_no_other(element: str, tmp_path: Path) -> None:
    good = '<box label="good" xtl="1" ytl="2" xbr="3" ybr="4"/>'
    image = f'<image id="0" name="../../a.png" width="x" height="3">{element}<new/>{good}</image>'
    text = f"<annotations>words{image}more words<!-- > --></annotations>"
    (tmp_path / "annotations.xml").write_text(text)
    reader = make_reader(format_info("cvat"), tmp_path)
    (entry,) = reader.entries()
    assert (entry.name, entry.size) == ("a.png", None)
    assert all(tmp_path in place.parents for place in entry.places)
    notes = Notes()
    assert [shape.label for shape in reader.read(entry, SIZE, notes).shapes] == ["good"]
    assert notes.sentences() == ["1 entry that makes no sense was left out."]


@pytest.mark.parametrize("text", [
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><annotations><image name="a">&a;</image></annotations>',
    '<annotations><image name="a">', "<annotations>" + "<a>" * 100 + "</a>" * 100 + "</annotations>", "<a/>",
    '<?xml version="1.0" encoding="martian"?><annotations></annotations>',
])  # fmt: skip
def test_files_that_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "annotations.xml").write_text(text)
    with pytest.raises(LabelFileError):
        make_reader(format_info("cvat"), tmp_path / "annotations.xml").entries()


def test_the_attributes_of_a_track_are_kept_once(tmp_path: Path) -> None:
    shapes = "".join(f'<points frame="{frame}" points="1,2"/>' for frame in range(300))
    text = f'<annotations><track id="1" label="{"long " * 20000}">{shapes}</track></annotations>'
    (tmp_path / "a.xml").write_text(text)
    reader = make_reader(format_info("cvat"), tmp_path)
    entries = reader.entries()
    assert len(entries) == 300
    assert len({id(track) for entry in entries for track, _ in entry.data[1]}) == 1
    assert reader.read(entries[7], SIZE, Notes()).shapes[0].group_id == 1


def test_archives_that_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("a.xml", "<other/>")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("annotations.xml", IMAGES)
    data = (tmp_path / "c.zip").read_bytes()
    (tmp_path / "c.zip").write_bytes(data.replace(b"version>1.1", b"version>9.9", 1))  # the checksum is wrong now
    for name in ("a.zip", "b.zip", "c.zip"):
        with pytest.raises(LabelFileError):
            make_reader(format_info("cvat"), tmp_path / name).entries()
    assert detect_format(tmp_path / "a.zip") is None
    with pytest.raises(LabelFileError):
        make_reader(format_info("cvat"), tmp_path / "nothing").entries()


@pytest.mark.parametrize(("name", "text", "field"), [
    ("difficult", "true", True), ("difficult", "false", False), ("difficult", "very", None), ("score", "0.5", 0.5),
    ("score", "1", 1.0), ("score", "7", None), ("score", "nan", None), ("score", "high", None),
    ("text", "a\nb ", "a\nb "),
])  # fmt: skip
def test_attributes_that_are_fields_here(name: str, text: str, field: object, tmp_path: Path) -> None:
    """Other programs state every attribute as a text, or none at all."""
    row = f"<attribute><name>{name}</name><input_type>text</input_type></attribute>"
    for rows in (row, ""):
        meta = (
            f"<meta><task><labels><label><name>a</name><attributes>{rows}</attributes></label></labels></task></meta>"
        )
        box = f'<box label="a" xtl="1" ytl="2" xbr="3" ybr="4"><attribute name="{name}">{text}</attribute></box>'
        image = f'<image id="0" name="a.png" width="9" height="9">{box}</image>'
        (tmp_path / "annotations.xml").write_text(f"<annotations>{meta}{image}</annotations>")
        ((shape,),) = (annotation.shapes for annotation in own.read("cvat", tmp_path, SIZE))
        if field is None:
            assert shape.attributes == {name: text}
        else:
            assert (getattr(shape, name), shape.attributes) == (field, {})


def test_names_of_the_parts(tmp_path: Path) -> None:
    from anylabeling.document.formats.base import Record
    from anylabeling.document.formats.registry import make_writer

    writer = make_writer(format_info("cvat"), tmp_path, WriteOptions(splits=("train", "val")))
    for number, split in enumerate(("train", "val")):
        record = Record(f"{number}.png", *SIZE, Annotation(), split)
        assert writer.image_places(record) == [f"images/{split}/{number}.png"]
        writer.add(record, writer.encode(record, Notes()))
    (file,) = writer.finish()
    (tmp_path / file.path).write_bytes(file.data())
    entries: list[Entry] = list(make_reader(format_info("cvat"), tmp_path).entries())
    assert [(entry.name, entry.split) for entry in entries] == [("0.png", "train"), ("1.png", "val")]
    assert b"<subsets>train\nval</subsets>" in file.data()
