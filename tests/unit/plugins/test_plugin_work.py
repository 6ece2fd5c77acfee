"""What plug-ins bring, used: models, formats, changed results; in this process and from the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from plugin_hosts import Hosts
from plugin_packages import CONFIG, make_package

from anylabeling.codecs import encode_png
from anylabeling.document.formats.registry import all_formats, detect_format, format_info, make_reader
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import AppError, ModelError
from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions, Tiling
from anylabeling.messages.datasets import ExportRequest, ImageMode, ImportRequest
from anylabeling.plugins.families import PluginModel, plugin_suffixes
from anylabeling.plugins.hooks import PluginHooks
from anylabeling.plugins.values import shape_data, shapes_from
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.tiled_model import TiledModel, as_wished, in_tiles
from anylabeling.services.dataset.dataset_export import export_dataset
from anylabeling.services.dataset.dataset_import import import_dataset
from anylabeling.services.dataset.exchange_sources import LabelSource
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.identities import ModelIdentities
from anylabeling.utils.cancellation import Cancelled, CancelToken


@pytest.fixture(autouse=True)
def own_home(home_dir: Path) -> None:
    """Keep the person's own files out of it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a picture with a red and a blue area, and one without."""
    made = tmp_path / "pictures"
    made.mkdir()
    picture = np.full((120, 160, 3), 255, np.uint8)
    picture[10:50, 20:80] = (220, 20, 20)
    picture[60:110, 90:150] = (30, 40, 220)
    (made / "a.png").write_bytes(encode_png(picture))
    (made / "b.png").write_bytes(encode_png(np.full((50, 50, 3), 255, np.uint8)))
    return made


def paths(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(map(str, folder.glob("*.png"))))


def test_a_model_of_a_plug_in_is_one_like_any_other(example: Path, hosts: Hosts, folder: Path) -> None:
    host = hosts.make()
    manager = ModelManager()
    model = manager.load(CONFIG)
    assert isinstance(model, PluginModel)
    info = model.info
    assert (info.name, info.family, info.task) == ("Red and blue", "colour_outline", "segment")
    assert info.class_names == ("red", "blue")
    assert (info.choice.backend, info.has_iou) == ("anylabeling-colours", False)
    assert ModelIdentities().identify(info) is not None
    summary = label_many(model, AutoLabelRequest(paths(folder)), LabelStore(root=folder))
    assert (summary.labelled, summary.per_class, summary.failed) == (2, (("red", 1), ("blue", 1)), ())
    shapes = LabelStore(root=folder).load(str(folder / "a.png")).annotation.shapes
    assert {shape.label: shape.kind for shape in shapes} == {"red": ShapeKind.POLYGON, "blue": ShapeKind.POLYGON}
    red = next(shape for shape in shapes if shape.label == "red")
    assert np.abs(red.points.min(axis=0) - (20, 10)).max() <= 1
    assert np.abs(red.points.max(axis=0) - (79, 49)).max() <= 1
    only = model.predict_shapes(np.full((50, 50, 3), (220, 20, 20), np.uint8), options=DetectOptions(0.99))
    assert len(only) <= 1
    manager.unload()
    assert host.infos()[0].error == ""


def test_a_config_that_the_plug_in_refuses_is_a_message_and_no_reason_to_switch_it_off(
    example: Path, hosts: Hosts, tmp_path: Path
) -> None:
    hosts.make()
    path = tmp_path / "config.yaml"
    path.write_text("type: colour_outline\n")
    with pytest.raises(ModelError, match=r"config\.yaml names no colours"):
        ModelManager().load(path)
    assert hosts.failures == []


def test_without_plug_ins_such_a_config_is_of_an_unknown_type(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="type colour_outline"):
        ModelManager().load(CONFIG)


FAILS_AT = """
    from anylabeling.plugins import Model, ModelFamily, Plugin, PluginError, ShapeData
    class Blind(Model):
        class_names = ("dark",)
        def predict_shapes(self, image, options):
            assert not image.flags.writeable
            if image.shape == (50, 50, 3):
                raise {error}
            return [ShapeData("rectangle", ((0, 0), (5, 5)), "dark", 0.5), {more}]
    class Made(Plugin):
        api_version = 1
        def families(self):
            full = lambda path: path.stat().st_size
            return [ModelFamily("blind", "Blind", lambda source: Blind(), (".blind",), full)]
"""


FINDS_ALL = """
    import time
    from anylabeling.plugins import Model, ModelFamily, Plugin, ShapeData
    class Wide(Model):
        class_names = {names}
        tile_px = 60
        takes_text = {takes_text}
        weights = "w"
        def predict_shapes(self, image, options):
            if image.shape[:2] == (50, 50):
                while not options.is_cancelled():
                    time.sleep(0.001)
            height, width = image.shape[:2]
            names = options.typed or self.class_names
            return [ShapeData("rectangle", ((0, 0), (width, height)), name, 0.5) for name in names]
    class Made(Plugin):
        api_version = 1
        def families(self):
            return [ModelFamily("wide", "Wide", lambda source: Wide(), (".wide",))]
"""


def load_wide(site: Path, hosts: Hosts, folder: Path, names: tuple[str, ...], *, takes_text: bool) -> PluginModel:
    make_package(site, "wide", FINDS_ALL.format(names=names, takes_text=takes_text))
    hosts.make().load()
    (folder / "m.wide").write_bytes(b"x")
    model = ModelManager().load(folder / "m.wide")
    assert isinstance(model, PluginModel)
    return model


def test_large_pictures_may_be_looked_at_in_tiles(site: Path, hosts: Hosts, folder: Path) -> None:
    model = load_wide(site, hosts, folder, ("all",), takes_text=False)
    tiled = in_tiles(model, Tiling())
    assert isinstance(tiled, TiledModel)
    found = tiled.candidates(np.zeros((120, 160, 3), np.uint8))
    assert found.views > 6
    # What every view shows from edge to edge is one object, as large as the picture.
    assert found.select(DetectOptions(0.1), ("all",)).boxes.tolist() == [[0.0, 0.0, 160.0, 120.0]]


def test_what_is_typed_comes_to_the_model(site: Path, hosts: Hosts, folder: Path) -> None:
    model = load_wide(site, hosts, folder, (), takes_text=True)
    assert (model.info.takes_text, model.class_names) == (True, ())
    with pytest.raises(AppError, match="nothing is typed"):
        model.predict_shapes(np.zeros((40, 60, 3), np.uint8))
    worded = as_wished(model, None, ("red car", "dog"))
    assert [shape.label for shape in worded.predict_shapes(np.zeros((40, 60, 3), np.uint8))] == ["red car", "dog"]
    identify = ModelIdentities().identify
    assert identify(worded.info) != identify(as_wished(model, None, ("dog",)).info)


def test_a_model_is_told_that_nobody_waits_any_more(site: Path, hosts: Hosts, folder: Path) -> None:
    model = load_wide(site, hosts, folder, ("all",), takes_text=False)
    token = CancelToken()
    timer = threading.Timer(0.1, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        model.candidates(np.zeros((50, 50, 3), np.uint8), cancel=token)
    assert hosts.failures == []


def test_one_picture_may_fail_for_a_reason(site: Path, hosts: Hosts, folder: Path) -> None:
    make_package(site, "blind", FAILS_AT.format(error='PluginError("It is too white")', more=""))
    host = hosts.make()
    (folder / "m.blind").write_bytes(b"x")
    host.load()
    assert plugin_suffixes(host) == {".blind"}
    model = ModelManager().load(folder / "m.blind")
    summary = label_many(model, AutoLabelRequest(paths(folder)), LabelStore(root=folder))
    assert (summary.labelled, [reason for _path, reason in summary.failed]) == (1, ["It is too white."])
    assert hosts.failures == []
    (folder / "m.blind").write_bytes(b"")
    with pytest.raises(ModelError, match="not a model file"):
        ModelManager().load(folder / "m.blind")
    model.close()


@pytest.mark.parametrize(
    ("error", "more", "said"),
    [
        ("RuntimeError('no more')", "", "RuntimeError: no more"),
        ("SystemExit(1)", "", "SystemExit: 1"),
        ("PluginError('x')", "7", "TypeError: a shape is a ShapeData and not a int"),
        ("PluginError('x')", "ShapeData('polygon', ((0, 0),))", "ValueError: a polygon cannot have 1 points"),
        ("PluginError('x')", "ShapeData('heart', ((0, 0),))", "ValueError: 'heart' is not a valid ShapeKind"),
        ("PluginError('x')", "ShapeData('point', ((float('nan'), 0),))", "ValueError: points must be finite numbers"),
        ("PluginError('x')", "ShapeData('point', ((0, 0),), label=5)", "TypeError: label of a shape is a text"),
    ],
)
def test_a_model_that_raises_or_lies_switches_its_plug_in_off_and_nothing_is_lost(
    site: Path, hosts: Hosts, folder: Path, error: str, more: str, said: str
) -> None:
    make_package(site, "blind", FAILS_AT.format(error=error, more=""))
    hosts.make()
    (folder / "m.blind").write_bytes(b"x")
    model = ModelManager().load(folder / "m.blind")
    sys.modules["blind"].__dict__["Blind"].predict_shapes = _other(error, more)
    before = [Shape(ShapeKind.POINT, np.zeros((1, 2)), label="mine")]
    store = LabelStore(root=folder)
    annotation = store.load(str(folder / "a.png")).annotation.with_changes(shapes=tuple(before))
    store.save(str(folder / "a.png"), annotation, image_size=(160, 120), expected=None)
    kept = (folder / "a.json").read_bytes()
    summary = label_many(model, AutoLabelRequest((str(folder / "a.png"),)), store)
    assert [reason.partition(" Tools")[0] for _path, reason in summary.failed] == [
        "The plug-in of blind is switched off."
    ]
    assert (folder / "a.json").read_bytes() == kept
    (failure,) = hosts.failures
    assert (failure.hook, failure.error) == ("blind predict_shapes", said)
    model.close()


def _other(error: str, more: str) -> object:
    scope: dict[str, object] = {}
    lines = ["from anylabeling.plugins import *", "def predict_shapes(self, image, options):"]
    lines.append(f"    return [{more}]" if more else f"    raise {error}")
    exec("\n".join(lines), scope)  # noqa: S102 - the code is above
    return scope["predict_shapes"]


def test_what_a_model_found_is_changed_before_it_is_added(site: Path, hosts: Hosts, folder: Path) -> None:
    make_package(
        site,
        "changer",
        """
        from dataclasses import replace
        from anylabeling.plugins import *
        seen = []
        class Made(Plugin):
            api_version = 1
            def change_model_shapes(self, image, shapes):
                seen.append((image.width, image.height, len(shapes)))
                return [replace(shape, label="a " + shape.label) for shape in shapes if shape.label != "blue"] + [
                    ShapeData("point", ((1, 2),), "new")]
        """,
    )
    host = hosts.make()
    host.load()
    hooks = PluginHooks(host)
    assert hooks.changes_results
    from plugin_packages import EXAMPLE

    sys.path.insert(0, str(EXAMPLE / "src"))
    try:
        from anylabeling_colours import outlines

        from anylabeling.plugins import ModelFamily, ModelSource
        from anylabeling.services.auto_labeling.model_files import load_yaml

        source = ModelSource(CONFIG, load_yaml(CONFIG))
        model = PluginModel(host, host.active()[0], ModelFamily("c", "C", outlines.load), source, outlines.load(source))
        store = LabelStore(root=folder)
        summary = label_many(model, AutoLabelRequest(paths(folder)), store, change_result=hooks.change_result)
    finally:
        sys.path.remove(str(EXAMPLE / "src"))
    assert dict(summary.per_class) == {"new": 2, "a red": 1}
    assert sorted(sys.modules["changer"].seen) == [(50, 50, 0), (160, 120, 2)]
    labels = [shape.label for shape in store.load(str(folder / "a.png")).annotation.shapes]
    assert labels == ["a red", "new"]


def test_shapes_come_back_from_a_plug_in_as_they_were() -> None:
    kept = Shape(
        ShapeKind.POLYGON, np.array([[0, 0], [9, 0], [9, 9.5]]), label="a", extra={"of": "others"}, locked=True
    )
    (same,) = shapes_from([shape_data(kept)], [kept])
    assert same is kept
    from dataclasses import replace

    (renamed,) = shapes_from([replace(shape_data(kept), label="b")], [kept])
    assert (renamed.uid, renamed.label, renamed.extra, renamed.locked) == (kept.uid, "b", {"of": "others"}, True)
    first, second = shapes_from([shape_data(kept), shape_data(kept)], [kept])
    assert first.uid != second.uid


def test_a_format_of_a_plug_in_goes_there_and_back(example: Path, hosts: Hosts, folder: Path, tmp_path: Path) -> None:
    hosts.make()
    assert all_formats()[-1].id == "boxes-csv"
    store = LabelStore(root=folder)
    shapes = (
        Shape(ShapeKind.RECTANGLE, np.array([[1, 2], [30, 40.5]]), label="a, b", score=0.5),
        Shape(ShapeKind.CIRCLE, np.array([[50, 50], [50, 60]]), label="c"),
        Shape(ShapeKind.POINT, np.array([[5, 5]]), label="d"),
    )
    annotation = store.load(str(folder / "a.png")).annotation.with_changes(shapes=shapes)
    store.save(str(folder / "a.png"), annotation, image_size=(160, 120), expected=None)
    target = tmp_path / "table"
    report = export_dataset(
        LabelSource(str(folder), paths(folder), store), ExportRequest("boxes-csv", str(target), ImageMode.COPY)
    )
    assert (report.images, report.failed) == (2, ())
    assert "1 point left out: the format has no place for them." in report.lines
    assert "1 score has no place in the format." in report.lines
    assert (target / "boxes.csv").read_text().splitlines()[1] == 'a.png,"a, b",1.0,2.0,30.0,40.5'
    assert (target / "images" / "a.png").is_file()
    found = detect_format(target)
    assert found is not None
    assert found.id == "boxes-csv"
    again = LabelStore(root=target / "images")
    back = import_dataset(ImportRequest("boxes-csv", str(target)), again)
    assert (back.images, back.failed) == (1, ())
    boxes = again.load(str(target / "images" / "a.png")).annotation.shapes
    assert [(shape.label, shape.points.tolist()) for shape in boxes] == [
        ("a, b", [[1, 2], [30, 40.5]]),
        ("c", [[40, 40], [60, 60]]),
    ]
    with pytest.raises(AppError, match="is no table of boxes"):
        make_reader(format_info("boxes-csv"), folder)
    assert hosts.failures == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("return [FileData('../out', b'')]", "ValueError: '../out' is no place in a data set"),
        ("return [FileData('/etc/x', b'')]", "ValueError"),
        ("return ['file']", "TypeError"),
        ("return [FileData('a', 'text')]", "TypeError"),
    ],
)
def test_a_format_that_fails_fails_its_images_and_writes_nothing_elsewhere(
    site: Path, hosts: Hosts, folder: Path, tmp_path: Path, body: str, said: str
) -> None:
    make_package(
        site,
        "bad-format",
        f"""
        from anylabeling.plugins import *
        class Writer(FormatWriter):
            def add(self, image):
                {body}
        class Made(Plugin):
            api_version = 1
            def formats(self):
                return [DatasetFormat("bad", "Bad", writer=lambda request: Writer())]
        """,
    )
    hosts.make()
    source = LabelSource(str(folder), paths(folder), LabelStore(root=folder))
    with pytest.raises(AppError, match="switched off"):
        export_dataset(source, ExportRequest("bad", str(tmp_path / "out"), ImageMode.NONE))
    (failure,) = hosts.failures
    assert failure.hook == "bad add"
    assert said in failure.error
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").rglob("*"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        {"site", "pictures", "home"} | ({"out"} if (tmp_path / "out").exists() else set())
    )


# The command line


def run(site: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "anylabeling", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, "PYTHONPATH": str(site), **environment},
    )


def test_the_command_line_labels_with_a_plug_in_and_without(example_site: Path, folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "runs.txt"
    done = run(example_site, "label", folder, "--model", CONFIG, ANYLABELING_COLOURS_LOG=str(log))
    assert done.returncode == 0, done.stderr
    shapes = json.loads((folder / "a.json").read_text())["shapes"]
    assert sorted(shape["label"] for shape in shapes) == ["blue", "red"]
    # The hook of the example has rounded them.
    assert all(float(x).is_integer() for shape in shapes for point in shape["points"] for x in point)
    assert log.read_text() == "2 pictures, 2 objects, 0 failed\n"
    refused = run(example_site, "label", folder, "--model", CONFIG, "--no-plugins")
    assert refused.returncode == 2
    assert "colour_outline" in refused.stderr
    done = run(example_site, "convert", folder, tmp_path / "out", "--from", "labels", "--to", "boxes-csv")
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "out" / "boxes.csv").read_text().splitlines()) == 3


@pytest.mark.long  # it tries each backend
def test_the_doctor_lists_plug_ins_and_a_broken_one_is_to_be_mended(example_site: Path, site: Path) -> None:
    make_package(site, "broken-one", "import nothing_of_this_name\n")
    done = run(Path(f"{example_site}{os.pathsep}{site}"), "doctor", "--json")
    rows = {row["id"]: row for row in json.loads(done.stdout)["plugins"]}
    assert (rows["colours"]["state"], rows["colours"]["families"]) == ("on", ["Outlines by colour"])
    assert rows["broken-one"]["state"] == "failed"
    assert done.returncode == 1
    assert done.stderr.count("broken-one") == 1
    assert "import: ModuleNotFoundError" in done.stderr
