"""The Rust module gives what Python gives: the same paths, the same order, the same pixels."""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from anylabeling import accel, rust_extensions
from anylabeling.accel import _natural, _rust
from anylabeling.codecs import PixelFormat, UInt8Array, decode, decode_bytes
from anylabeling.errors import ImageError, ScanError
from anylabeling.services.imaging.scanner import scan_folder
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.frames import fit_into
from anylabeling.utils.parallel import ItemError, ParallelImageLoader

PROJECT = Path(__file__).parents[3]
BUILT = rust_extensions.rust_available()
needs_rust = pytest.mark.skipif(not BUILT, reason=f"anylabeling_rust: {rust_extensions.get_rust_status()['reason']}")


@pytest.fixture(autouse=True)
def own_choice() -> Iterator[None]:
    """Leave the choice of implementations as it was."""
    with accel.using(accel.chosen()):
        yield


@pytest.fixture(params=["numpy", pytest.param("rust", marks=needs_rust)])
def implementation(request: pytest.FixtureRequest) -> str:
    """Run the test once with each implementation."""
    accel.use(request.param)
    assert (_rust.module() is None) == (request.param == "numpy")
    return str(request.param)


def scene(height: int, width: int, seed: int = 1) -> UInt8Array:
    """Return a smooth picture with some noise and an edge, uint8 (height, width, 3)."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    base = np.stack([x * 255 / max(1, width - 1), y * 255 / max(1, height - 1), (x + y) % 256], axis=-1)
    base[y > x] *= 0.6
    return np.clip(base + rng.integers(-20, 20, base.shape), 0, 255).astype(np.uint8)


def encoded(pixels: UInt8Array, image_format: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, image_format, **options)
    return stream.getvalue()


def turned(pixels: UInt8Array, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(pixels, "JPEG", quality=95, exif=exif.tobytes())


# The module itself


def test_status_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    status = rust_extensions.get_rust_status()
    assert status["available"] == BUILT
    assert "maturin develop --release" in status["command"]
    assert status["available"] or status["reason"]
    rust_extensions.load.cache_clear()
    monkeypatch.setattr(rust_extensions, "_MODULE", "anylabeling_rust_that_is_not_there")
    try:
        missing = rust_extensions.get_rust_status()
        assert (missing["available"], missing["state"], missing["reason"]) == (False, "missing", "it is not built")
        assert not rust_extensions.rust_available()
    finally:
        rust_extensions.load.cache_clear()


@needs_rust
def test_another_version_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    rust_extensions.load.cache_clear()
    monkeypatch.setattr(rust_extensions, "VERSION", "99.0.0")
    try:
        status = rust_extensions.get_rust_status()
        assert status["state"] == "broken"
        assert "99.0.0" in status["reason"]
        assert "build it again" in status["reason"]
    finally:
        rust_extensions.load.cache_clear()


def test_the_version_asked_for_is_the_one_of_the_sources() -> None:
    manifest = (PROJECT / "anylabeling" / "rust_extensions" / "Cargo.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{rust_extensions.VERSION}"\n' in manifest


# Natural order

NAMES = st.lists(st.text(st.characters() | st.sampled_from("0129aAbZ ._-/\\éÉßİKſ\udc80\udcff"), max_size=12))


@needs_rust
@given(names=NAMES)
def test_natural_order_of_any_text_is_the_same(names: list[str]) -> None:
    assert rust_extensions.load().natural_sorted(names) == _natural.natural_sorted(names)


@needs_rust
@given(
    names=st.lists(
        st.builds(
            "{}{}{}{}".format,
            st.sampled_from(["img", "IMG", "Img_", "set 1/a"]),
            st.sampled_from(["", "0", "00"]),
            st.integers(0, 10**25),
            st.sampled_from([".jpg", ".JPG", "", ".0.png"]),
        )
    )
)
def test_natural_order_of_numbered_names_is_the_same(names: list[str]) -> None:
    assert rust_extensions.load().natural_sorted(names) == _natural.natural_sorted(names)


@needs_rust
def test_natural_order_of_very_long_numbers() -> None:
    names = ["9" * length for length in (1, 94, 95, 96, 2000, 60_000)]
    shuffled = random.Random(1).sample(names, len(names))
    assert rust_extensions.load().natural_sorted(shuffled) == names
    assert _natural.natural_sorted(shuffled) == names


# Scan


def make_tree(root: Path, seed: int) -> None:
    rng = random.Random(seed)
    words = ["a", "B", "img", "IMG", "é", "É", "日本", "x y", "10", "2", ".git", "ß", "d.jpg"]
    folders = [root]
    for _ in range(60):
        folder = rng.choice(folders) / f"{rng.choice(words)}{rng.choice(['', '1', '02', ' 3'])}"
        folder.mkdir(exist_ok=True)
        folders.append(folder)
    for _ in range(600):
        suffix = rng.choice([".jpg", ".JPG", ".png", ".txt", ".json", "", ".Tiff", ".é"])
        path = rng.choice(folders) / f"{rng.choice(words)}{rng.randrange(300)}{suffix}"
        if not path.is_dir():
            path.touch()
    for number in range(30):
        link = rng.choice(folders) / f"link {number}{rng.choice(['', '.jpg'])}"
        link.symlink_to(rng.choice([*folders, root.parent, root.parent / "nowhere", Path(link.name)]))
    raw = os.fsencode(rng.choice(folders)) + b"/caf\xe9 " + str(seed).encode()
    os.close(os.open(raw + b".jpg", os.O_CREAT))
    os.mkdir(raw)  # noqa: PTH102 - no text
    os.close(os.open(raw + b"/\xff\xfe 1.jpg", os.O_CREAT))


@needs_rust
@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("seed", range(8))
def test_scan_of_a_tangled_tree_is_the_same(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "root"
    root.mkdir()
    make_tree(root, seed)
    for recursive in (True, False):
        accel.use("numpy")
        expected = scan_folder(root, recursive=recursive)
        accel.use("rust")
        assert scan_folder(root, recursive=recursive) == expected
        chunks: list[list[str]] = []
        assert scan_folder(str(root) + "/", recursive=recursive, on_chunk=chunks.append) == expected
        assert sum(chunks, []) == expected
    assert len(expected) > 0


def test_scan_errors(implementation: str, tmp_path: Path) -> None:
    (tmp_path / "file.jpg").touch()
    with pytest.raises(ScanError, match="does not exist"):
        scan_folder(tmp_path / "gone")
    with pytest.raises(ScanError, match="is not a folder"):
        scan_folder(tmp_path / "file.jpg")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything is readable for this user")
def test_scan_reports_unreadable_folders(implementation: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("a", "locked", "z"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.jpg").touch()
    (tmp_path / "locked").chmod(0)
    skipped: list[str] = []
    try:
        paths = scan_folder(tmp_path, on_skip=lambda folder, _error: skipped.append(folder))
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert len(paths) == 2
    assert skipped == [str(tmp_path / "locked")]
    caplog.clear()


def test_scan_is_cancelled_from_another_thread(implementation: str, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"d{number}").mkdir()
        for index in range(8):
            (tmp_path / f"d{number}" / f"{index}.jpg").touch()
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        scan_folder(tmp_path, cancel=token)
    late = CancelToken()
    thread = threading.Thread(target=late.cancel)
    with pytest.raises(Cancelled):
        scan_folder(tmp_path, cancel=late, on_chunk=lambda _chunk: (thread.start(), thread.join()))


def test_stat(implementation: str, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.jpg" for number in range(2500)]
    for number, path in enumerate(paths):
        path.write_bytes(b"x" * (number % 7))
    os.utime(paths[0], ns=(1, 1_234_567_890_123_456_789))
    sizes, times = accel.stat_files([*map(str, paths), str(tmp_path / "gone.jpg")], threads=2)
    assert sizes.tolist() == [number % 7 for number in range(2500)] + [-1]
    assert times[0] == 1_234_567_890_123_456_789
    assert times[1] == paths[1].stat().st_mtime_ns
    assert times[-1] == -1


# Pictures


def compare(data: bytes, **options: object) -> tuple[UInt8Array, str]:
    """Decode with both, compare, and return pixels and note."""
    accel.use("numpy")
    expected = decode_bytes(data, "a", **options)  # type: ignore[arg-type]
    accel.use("rust")
    found = decode_bytes(data, "a", **options)  # type: ignore[arg-type]
    assert found.note == expected.note
    assert (found.full_width, found.full_height) == (expected.full_width, expected.full_height)
    np.testing.assert_array_equal(found.pixels, expected.pixels)
    return found.pixels, found.note


@needs_rust
@pytest.mark.parametrize("pixel_format", PixelFormat)
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA"])
def test_png_pixels_are_the_same(mode: str, pixel_format: PixelFormat) -> None:
    rng = np.random.default_rng(3)
    for height, width in ((1, 1), (3, 2), (40, 61), (200, 301)):
        image = Image.fromarray(scene(height, width)).convert(mode)
        if mode in ("RGBA", "LA"):
            image.putalpha(Image.fromarray(rng.integers(0, 256, (height, width), dtype=np.uint8)))
        for options in ({}, {"compress_level": 0}, {"optimize": True}):
            stream = io.BytesIO()
            image.save(stream, "PNG", **options)
            data = stream.getvalue()
            assert accel.decode_png(data, "RGB", np.empty(height * width * 3, np.uint8)) is not None
            _pixels, note = compare(data, pixel_format=pixel_format)
            assert ("transparent" in note) == (mode in ("RGBA", "LA"))


@needs_rust
def test_png_of_other_kinds_goes_another_way() -> None:
    deep = np.arange(64 * 64, dtype=np.uint16).reshape(64, 64) * 16
    for image, options in (
        (Image.fromarray(deep), {}),
        (Image.fromarray(scene(40, 40)).convert("1"), {}),
        (Image.fromarray(scene(40, 40)).convert("P", colors=4), {"bits": 2}),
        (Image.fromarray(scene(40, 40)), {"transparency": (0, 0, 0)}),
    ):
        stream = io.BytesIO()
        image.save(stream, "PNG", **options)
        accel.use("rust")
        assert accel.decode_png(stream.getvalue(), "RGB", np.empty(64 * 64 * 3, np.uint8)) is None
        compare(stream.getvalue())


SIZES = [(16, 16), (17, 33), (95, 64), (129, 127), (331, 517)]


@needs_rust
@pytest.mark.parametrize("layout", ["RGB", "BGR", "BGRA"])
@pytest.mark.parametrize("subsampling", [0, 1, 2, None])
def test_jpeg_pixels_are_those_of_libjpeg_turbo(subsampling: int | None, layout: str) -> None:
    import simplejpeg

    for height, width in SIZES:
        pixels = scene(height, width)
        for quality in (30, 95):
            options = {} if subsampling is None else {"subsampling": subsampling}
            source = pixels[:, :, 0] if subsampling is None else pixels
            data = encoded(source, "JPEG", quality=quality, restart_marker_blocks=5 * (quality == 30), **options)
            for scale in (1, 2, 4, 8):
                sides = -(-height // scale), -(-width // scale)
                if min(sides) < 16:
                    continue
                limits = {} if scale == 1 else {"min_width": sides[1], "min_height": sides[0], "min_factor": 2}
                expected = simplejpeg.decode_jpeg(data, layout, **limits)
                out = np.empty(expected.size, np.uint8)
                assert accel.decode_jpeg(data, layout, scale, out) == (sides[1], sides[0])
                np.testing.assert_array_equal(out.reshape(expected.shape), expected)


@needs_rust
def test_scaled_decode_is_the_same_through_the_codec() -> None:
    for orientation in (1, 6):
        data = turned(scene(801, 1203), orientation)
        for min_side in (150, 300, 600, None):
            pixels, _note = compare(data, min_side_px=min_side)
    assert pixels.shape[:2] == (1203, 801)


@needs_rust
def test_jpeg_of_other_kinds_goes_another_way() -> None:
    pixels = scene(200, 300)
    out = np.empty(300 * 200 * 3, np.uint8)
    for data in (encoded(pixels, "JPEG", progressive=True), _cmyk(pixels)):
        accel.use("rust")
        assert accel.decode_jpeg(data, "RGB", 4, out) is None
        compare(data, min_side_px=50)


def _cmyk(pixels: UInt8Array) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).convert("CMYK").save(stream, "JPEG")
    return stream.getvalue()


@needs_rust
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(["JPEG", "PNG"]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    part=st.floats(0, 1),
    whole=st.booleans(),
)
def test_hostile_files_give_none_or_what_the_others_give(
    kind: str, changes: list[tuple[float, int]], part: float, whole: bool
) -> None:
    import simplejpeg

    data = bytearray(encoded(scene(120, 160), kind))
    for place, value in changes:
        data[int(place * len(data))] = value
    raw = bytes(data if whole else data[: int(part * len(data))])
    out = np.empty(120 * 160 * 3, np.uint8)
    if kind == "PNG":
        accel.decode_png(raw, "RGB", out)
        return
    for scale in (1, 4):
        size = accel.decode_jpeg(raw, "RGB", scale, out)
        if size is None:
            continue
        # Accepted here, so libjpeg-turbo has nothing to complain about either.
        limits = {"min_width": size[0], "min_height": size[1], "min_factor": 2} if scale > 1 else {}
        assert simplejpeg.decode_jpeg(raw, "RGB", **limits).shape == (size[1], size[0], 3)


@needs_rust
def test_bombs_and_small_buffers_are_refused_before_anything_is_allocated() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 900_000, 900_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0" * 999)) + chunk(b"IEND", b"")
    )
    small = np.empty(100, np.uint8)
    assert accel.decode_png(bomb, "RGB", small) is None
    assert accel.decode_png(encoded(scene(40, 40), "PNG"), "RGB", small) is None
    assert accel.decode_jpeg(encoded(scene(40, 40), "JPEG"), "RGB", 1, small) is None
    assert accel.decode_jpeg(encoded(scene(40, 40), "JPEG"), "RGB", 3, small) is None
    with pytest.raises(ImageError, match="too large"):
        decode_bytes(bomb, "bomb.png")
    small.flags.writeable = False
    picture = encoded(scene(4, 4), "PNG")
    with pytest.raises((TypeError, ValueError)):
        accel.decode_png(picture, "RGB", small)


# Frames of one size


@pytest.mark.parametrize("map_files", [False, True])
def test_load_frames(implementation: str, tmp_path: Path, map_files: bool) -> None:
    contents = {
        "wide.jpg": encoded(scene(300, 800), "JPEG"),
        "tall.png": encoded(scene(500, 200), "PNG"),
        "tiny.png": encoded(scene(5, 9), "PNG"),
        "line.png": encoded(scene(1, 400), "PNG"),
        "other.webp": encoded(scene(120, 90), "WEBP"),
        "progressive.jpg": encoded(scene(300, 300), "JPEG", progressive=True),
        **{f"turned {number}.jpg": turned(scene(150, 260), number) for number in range(1, 9)},
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "cut.jpg").write_bytes(contents["wide.jpg"][:-2000])
    (tmp_path / "empty.png").touch()
    names = [*contents, "cut.jpg", "empty.png", "gone.jpg"]
    paths = [tmp_path / name for name in names]
    frames = np.zeros((len(paths), 192, 256, 3), np.uint8)
    with ParallelImageLoader(2) as loader:
        results = loader.load_frames(paths, frames, map_files=map_files)
    for path, frame, result in zip(paths, frames, results, strict=True):
        if path.name in ("cut.jpg", "empty.png", "gone.jpg"):
            assert isinstance(result, ItemError), path.name
            assert result.item == path
            assert isinstance(result.error, ImageError)
            continue
        image = decode(path, pixel_format=PixelFormat.RGB, min_side_px=256)
        assert result == (image.full_width, image.full_height), path.name
        expected = np.zeros((192, 256, 3), np.uint8)
        fit_into(expected, image.pixels, image.full_width, image.full_height, 114)
        assert np.abs(frame.astype(int) - expected).max() <= 2, path.name


def test_load_frames_refuses_what_does_not_fit(implementation: str, tmp_path: Path) -> None:
    with ParallelImageLoader(2) as loader:
        for shape in ((2, 4, 4, 3), (1, 4, 4, 4), (1, 4, 4)):
            with pytest.raises(ValueError, match="frames must be"):
                loader.load_frames([tmp_path / "a.jpg"], np.zeros(shape, np.uint8))
        token = CancelToken()
        token.cancel()
        with pytest.raises(Cancelled):
            loader.load_frames([tmp_path / "a.jpg"], np.zeros((1, 4, 4, 3), np.uint8), cancel=token)


@needs_rust
def test_memory_that_is_used_again_belongs_to_one_thread() -> None:
    accel.use("rust")
    pictures = [encoded(scene(400 + number, 600, number), kind) for number in range(6) for kind in ("JPEG", "PNG")]
    expected = [decode_bytes(data, "a", min_side_px=100).pixels for data in pictures]
    wrong: list[int] = []

    def work() -> None:
        for _ in range(5):
            for index, data in enumerate(pictures):
                if not np.array_equal(decode_bytes(data, "a", min_side_px=100).pixels, expected[index]):
                    wrong.append(index)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
