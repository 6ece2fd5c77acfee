"""The command line as a person runs it: real processes, real files, exit codes."""

from __future__ import annotations

import csv
import gzip
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from anylabeling import __version__, cli
from anylabeling.codecs import encode_png
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.dataset.label_store import LabelStore

sys.path.insert(0, str(Path(__file__).parent / "services" / "auto_labeling"))

import tiny_models as tiny  # noqa: E402
import tiny_sam3  # noqa: E402

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and terminals of POSIX systems")


@pytest.fixture(autouse=True)
def own_home(home_dir: Path) -> Path:
    return home_dir


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pictures"
    (made / "sub").mkdir(parents=True)
    for name, red in (("a.png", 200), ("b.png", 20), ("c.png", 150), ("sub/d.png", 220)):
        (made / name).write_bytes(encode_png(np.full((64, 64, 3), (red, 0, 0), np.uint8)))
    return made


def test_every_command_is_a_module_and_the_version_loads_none_of_them(own_home: Path) -> None:
    package = Path(cli.__file__).parent
    assert set(cli.COMMANDS) == {file.stem for file in package.glob("*.py")} - {
        "__init__",
        "entry",
        "inputs",
        "console",
        "quantize",
    }
    of_the_window = run("--help").stdout
    for name in cli.COMMANDS:
        assert name in of_the_window.split("Commands that need no window:")[1]
        assert run(name, "--help").stdout.startswith(f"usage: anylabeling {name}")
    code = (
        "import sys\nfrom anylabeling.__main__ import main\nmain(['--version'])\n"
        "heavy = [n for n in sys.modules if n.startswith(('numpy', 'anylabeling.services', 'anylabeling.config'))]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, f"anylabeling {__version__}\n"), done.stderr


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "anylabeling", *map(str, arguments)]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, capture_output=True, text=True, timeout=100, check=False, **options
    )


def labels_in(path: Path) -> list[str]:
    return [shape["label"] for shape in json.loads(path.read_text())["shapes"]]


def test_label_writes_files_and_sums_up(folder: Path, model: Path) -> None:
    done = run("label", folder, "--model", model)
    assert done.returncode == 0, done.stderr
    assert labels_in(folder / "a.json") == ["red"]
    assert labels_in(folder / "b.json") == []
    assert not (folder / "sub" / "d.json").exists()
    assert "images labelled  3" in done.stdout
    assert "red          2" in done.stdout
    assert "images/s" in done.stdout
    assert "\r" not in done.stderr


def test_label_tells_the_label_index_what_it_wrote(folder: Path, model: Path, own_home: Path) -> None:
    run("label", folder, "--model", model)
    index = LabelIndex(own_home / ".cache" / "anylabeling" / "labels.sqlite")
    # Nothing is read again: what is known is what the command said.
    known = index.columns([str(folder / name) for name in ("a.png", "b.png", "c.png", "sub/d.png")])
    index.close()
    assert known.has_file.tolist() == [True, True, True, False]
    assert known.offsets.tolist() == [0, 1, 1, 2, 2]
    assert [known.class_names[number] for number in known.class_ids.tolist()] == ["red", "red"]
    summary = index.refresh([str(folder / name) for name in ("a.png", "b.png", "c.png")], LabelStore())
    index.close()
    assert (summary.read, summary.unchanged) == (0, 3)


def test_label_again_leaves_what_is_there_alone(folder: Path, model: Path) -> None:
    run("label", folder, "--model", model)
    before = (folder / "a.json").read_bytes()
    done = run("label", folder, "--model", model)
    assert "images skipped   2" in done.stdout
    assert (folder / "a.json").read_bytes() == before
    done = run("label", folder, "--model", model, "--existing", "keep")
    assert "images skipped   0" in done.stdout
    assert labels_in(folder / "a.json") == ["red"]


def test_label_takes_thresholds_classes_sub_folders_and_an_output_folder(
    folder: Path, model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = run("label", folder, "--model", model, "--recursive", "--output", out, "--conf", "0.7", "--iou", "0.5")
    assert done.returncode == 0, done.stderr
    assert labels_in(out / "a.json") == ["red"]
    assert labels_in(out / "c.json") == []
    assert labels_in(out / "sub" / "d.json") == ["red"]
    assert not (folder / "a.json").exists()
    done = run("label", folder / "a.png", "--model", model, "--classes", "green, blue")
    assert "objects found    0" in done.stdout


def test_a_picture_that_fails_is_named_and_the_rest_is_done(folder: Path, model: Path) -> None:
    (folder / "b.png").write_bytes(b"no picture")
    done = run("label", folder, "--model", model)
    assert done.returncode == 1
    assert f"failed: {folder / 'b.png'}" in done.stderr
    assert "images failed    1" in done.stdout
    assert labels_in(folder / "c.json") == ["red"]


def test_filter_prints_paths_for_other_programs(folder: Path, model: Path) -> None:
    done = run("filter", folder, "--model", model)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(folder / "a.png"), str(folder / "c.png")]
    assert "2 of 3 images match" in done.stderr
    done = run("filter", folder, "-r", "--model", model, "--conf", "0.8", "--classes", "red")
    assert done.stdout.splitlines() == [str(folder / "sub" / "d.png")]
    done = run("filter", folder, "--model", model, "--count", "at_least:2")
    assert (done.returncode, done.stdout) == (0, "")
    assert not list(folder.rglob("*.json"))


@pytest.mark.parametrize("suffix", ["json", "txt", "csv"])
def test_filter_exports(folder: Path, model: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"found.{suffix}"
    done = run("filter", folder, "--model", model, "--count", "exactly:1", "--export", target)
    assert (done.returncode, done.stdout) == (0, "")
    wanted = [str(folder / "a.png"), str(folder / "c.png")]
    if suffix == "json":
        content = json.loads(target.read_text())
        assert (content["total_images"], content["filtered_images"]) == (3, 2)
        assert [result["image_path"] for result in content["results"]] == wanted
    elif suffix == "txt":
        assert target.read_text().splitlines() == wanted
    else:
        with target.open(newline="") as stream:
            assert [row["image_path"] for row in csv.DictReader(stream)] == wanted


def usage_errors() -> list[tuple[str, list[str]]]:
    folder, model = "{folder}", ["--model", "{model}"]
    return [
        ("are required: DIR, --model", ["label"]),
        ("are required: --model", ["label", folder]),
        ("--conf: must be a number from 0 to 1, not '2'", ["label", folder, *model, "--conf", "2"]),
        ("--iou: must be a number from 0 to 1, not 'nan'", ["label", folder, *model, "--iou", "nan"]),
        ("--existing: invalid choice: 'drop'", ["label", folder, *model, "--existing", "drop"]),
        ("--classes: needs at least one name", ["label", folder, *model, "--classes", " , "]),
        ("no classes bleu (did you mean blue?), zebra", ["label", folder, *model, "--classes", "bleu,red,zebra"]),
        ("nowhere does not exist", ["label", "{folder}/nowhere", *model]),
        ("There are no images in {folder}/sub/empty", ["label", "{folder}/sub/empty", *model]),
        ("neither a folder nor an image", ["label", "{model}", *model]),
        ("missing.onnx does not exist", ["label", folder, "--model", "missing.onnx"]),
        ("text.onnx is not an ONNX model", ["label", folder, "--model", "{folder}/text.onnx"]),
        ("odd.onnx has a layout that this program does not know", ["label", folder, "--model", "{folder}/odd.onnx"]),
        ("--count: must be any, at_least:N", ["filter", folder, *model, "--count", "at_least:0"]),
        ("--count: must be any, at_least:N", ["filter", folder, *model, "--count", "many:3"]),
        ("out.pdf has the ending .pdf", ["filter", folder, *model, "--export", "out.pdf"]),
        ("filter: error: unrecognized arguments: --fast", ["filter", folder, *model, "--fast"]),
        ("label: error: unrecognized arguments: --recur", ["label", folder, *model, "--recur"]),
        ("text.onnx cannot be the folder", ["label", folder, *model, "--output", "{folder}/text.onnx"]),
        ("text.onnx/x cannot be the folder", ["label", folder, *model, "--output", "{folder}/text.onnx/x"]),
        ("--theme: invalid choice: 'purple'", ["--theme", "purple"]),
        ("unrecognized arguments: --frob", ["--frob"]),
        ("--config: expected one argument", ["--config"]),
    ]


@pytest.mark.parametrize(("reason", "arguments"), usage_errors())
def test_bad_usage_gives_one_line_and_code_two(folder: Path, model: Path, reason: str, arguments: list[str]) -> None:
    (folder / "sub" / "empty").mkdir()
    (folder / "text.onnx").write_text("not a model")
    tiny.save(tiny.constant_model((1, 9, 500)), folder / "odd.onnx")

    def filled(text: str) -> str:
        return text.replace("{folder}", str(folder)).replace("{model}", str(model))

    done = run(*map(filled, arguments))
    lines = [line for line in done.stderr.splitlines() if not line.startswith("redness on CPU")]
    assert done.returncode == 2
    assert len(lines) == 1, done.stderr
    assert filled(reason) in lines[0]
    assert lines[0].startswith("anylabeling")
    assert ": error: " in lines[0]
    assert done.stdout == ""
    assert not list(folder.rglob("*.json"))


def test_ctrl_c_stops_cleanly(folder: Path, tmp_path: Path) -> None:
    slow = tiny.save(tiny.redness_detector(nodes_before=400, matrix_side=512), tmp_path / "slow.onnx")
    for index in range(200):
        shutil.copy(folder / "a.png", folder / f"copy{index:03}.png")
    command = [sys.executable, "-m", "anylabeling", "label", str(folder), "--model", str(slow)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: any(folder.glob("*.json")), process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Stopped before the end" in out
    assert "Traceback" not in err
    written = list(folder.glob("*.json"))
    assert 0 < len(written) < 200
    assert all(labels_in(path) == ["red"] for path in written if path.stem != "b")
    assert not list(folder.glob(".*"))


def wait_for(condition: object, process: subprocess.Popen[str], timeout_s: float = 60.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def test_a_terminal_shows_a_progress_bar_and_takes_it_away(folder: Path, model: Path) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "anylabeling", "label", str(folder), "--model", str(model)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=follower, timeout=100, check=False)
    os.close(follower)
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert done.returncode == 0
    assert "[########################] 3/3 100%" in shown
    assert shown.endswith("\r\x1b[K")


def test_output_that_nobody_reads_to_the_end_is_no_failure(folder: Path, model: Path) -> None:
    for index in range(300):
        shutil.copy(folder / "a.png", folder / f"copy{index:03}.png")
    command = f"'{sys.executable}' -m anylabeling filter '{folder}' --model '{model}' | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=100, check=False)
    assert done.stdout == f"{folder / 'a.png'}\n"
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_read_only_folder_fails_image_by_image(folder: Path, model: Path) -> None:
    # A file in the place of the output folder's sub-folder: also root cannot write there.
    out = folder.parent / "out"
    out.mkdir()
    (out / "sub").write_text("a file")
    done = run("label", folder, "--model", model, "-r", "--output", out)
    assert done.returncode == 1
    assert "sub/d.png" in done.stderr
    assert labels_in(out / "a.json") == ["red"]


def test_version_and_help_load_nothing_heavy() -> None:
    assert run("--version").stdout == f"anylabeling {__version__}\n"
    done = run("label", "--help")
    assert done.returncode == 0
    assert "--existing" in done.stdout


def test_no_qt_is_loaded_by_a_whole_run(folder: Path, model: Path) -> None:
    code = (
        "import sys\n"
        "from anylabeling.__main__ import main\n"
        "code = main(sys.argv[1:])\n"
        "qt = {'PyQt5', 'PyQt6', 'PySide2', 'PySide6', 'qtpy', 'sip'}\n"
        "loaded = qt & {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded, loaded\n"
        "sys.exit(code)\n"
    )
    for command in ("label", "filter"):
        done = subprocess.run(
            [sys.executable, "-c", code, command, str(folder), "--model", str(model)],
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_the_settings_file_is_read_and_never_written(folder: Path, model: Path, own_home: Path) -> None:
    settings = own_home / ".anylabelingrc"
    settings.write_text("performance:\n  preferred_backend: onnx-gpu\n  batch_sise: 2\n")
    done = run("label", folder, "--model", model)
    assert done.returncode == 0
    assert "batch_sise" in done.stderr
    assert "onnx-gpu is not used" in done.stderr
    assert settings.read_text() == "performance:\n  preferred_backend: onnx-gpu\n  batch_sise: 2\n"


@pytest.mark.parametrize("name", ["yolo11n", "yolov8n", "yolov5s"])
def test_real_photos_are_labelled_by_real_detectors(data_dir: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    done = run("label", data_dir / "photos" / "bus.jpg", "--model", data_dir / "models" / f"{name}.onnx", "-o", out)
    assert done.returncode == 0, done.stderr
    assert sorted(labels_in(out / "bus.json")) == ["bus", "person", "person", "person", "person"]


def test_large_images_are_looked_at_in_tiles(tmp_path: Path, model: Path) -> None:
    """The detector finds a box in the middle half of what it sees: of the whole, and of the tile that is red."""
    pixels = np.zeros((64, 192, 3), np.uint8)
    pixels[:, 128:] = (255, 0, 0)
    (tmp_path / "wide.png").write_bytes(encode_png(pixels))
    done = run("label", tmp_path / "wide.png", "--model", model, "--tiles", "64", "--overlap", "0")
    assert done.returncode == 0, done.stderr
    boxes = [shape["points"] for shape in json.loads((tmp_path / "wide.json").read_text())["shapes"]]
    assert boxes == [[[144.0, 16.0], [176.0, 48.0]], [[48.0, 0.0], [144.0, 64.0]]]
    answers = [
        run("filter", tmp_path, "--model", model, "--count", "exactly:2", *tiles).stdout.splitlines()
        for tiles in ((), ("--tiles", "64", "--overlap", "0"), ("--tiles", "192"))
    ]
    assert [len(answer) for answer in answers] == [0, 1, 0]
    for wrong in (("--tiles", "63"), ("--overlap", "0.2"), ("--tiles", "64", "--overlap", "1")):
        assert run("label", tmp_path, "--model", model, *wrong).returncode == 2


def test_what_to_look_for_is_typed(folder: Path, model: Path, tmp_path: Path) -> None:
    vocabulary = b"a vocabulary\nr e\nre d</w>\nt h\nth i\nthi n\nthin g</w>"
    (tmp_path / "bpe_simple_vocab_16e6.txt.gz").write_bytes(gzip.compress(vocabulary))
    finder = tiny_sam3.save(tmp_path, red=512 + 1, thing=512 + 5)[2]
    done = run("label", folder, "--model", finder, "--text", "thing, red")
    assert done.returncode == 0, done.stderr
    assert sorted(labels_in(folder / "a.json")) == ["red", "thing", "thing"]
    found = run("filter", folder, "--model", finder, "--prompt", "red, blue", "--classes", "blue")
    assert (found.returncode, found.stdout) == (0, ""), found.stderr
    for wrong in (("--model", finder), ("--model", model, "--text", "thing")):
        assert run("label", folder, *wrong).returncode == 2
