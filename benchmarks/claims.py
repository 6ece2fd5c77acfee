"""What is said of the program's speed, each with how it is checked.

Data only: ``_judge.py`` looks up what was measured, ``run_benchmarks.py`` puts both side by side. Names may hold the
wildcards of ``fnmatch``; where several races or figures match, the worst of them counts.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Race:
    """Checked by a race: ours must be at least so many times as fast as the other."""

    benchmark: str
    race: str
    ours: str
    other: str
    at_least: float


@dataclass(frozen=True)
class Limit:
    """Checked by the time of a runner, or by a figure, which may be at most so much."""

    benchmark: str
    name: str
    at_most: float
    runner: str = ""


@dataclass(frozen=True)
class Quotient:
    """Checked by two figures, of which the first must be at least so many times the second."""

    benchmark: str
    first: str
    second: str
    at_least: float


@dataclass(frozen=True)
class ByTests:
    """Not a matter of speed: checked by tests, in the file that is named."""

    file: str


@dataclass(frozen=True)
class NotHere:
    """Nothing in the suite measures it; the reason."""

    reason: str


Check = Race | Limit | Quotient | ByTests | NotHere


@dataclass(frozen=True)
class Claim:
    """A sentence of the performance guide.

    Attributes:
        subject: The part of the program.
        said: What is said.
        check: How it is checked.
    """

    subject: str
    said: str
    check: Check


_OPENCV_POOL = "ThreadPoolExecutor, cv2.imread"
_GPU = "needs an NVIDIA GPU; benchmark_inference.py measures it there"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        "Batch inference",
        "models take many images in one call, 2 to 3 times as fast with Ultralytics (8 images: 2.5 times)",
        Quotient(
            "inference", "backends, ultralytics, images per s at 8", "backends, ultralytics, images per s at 1", 2
        ),
    ),
    Claim(
        "Batch inference",
        "one image and many give the same shapes, whatever runs the model",
        ByTests("tests/unit/services/auto_labeling"),
    ),
    Claim(
        "Image filter",
        "a first run over 100 images is 3 to 4 times as fast on 8 cores as one image after the other",
        Race("filtering", "a first run over * images (ms for each image)", "pipeline, 8 workers", "one by one", 3),
    ),
    Claim(
        "Image filter",
        "progress is told from one thread, whatever the number of workers",
        ByTests("tests/unit/utils/test_parallel.py"),
    ),
    Claim("Image filter", "the number of workers is min(8, processors) by default", ByTests("tests/unit/config")),
    Claim(
        "Image filter",
        "asking the same again is 10 to 100 times as fast as the first run, and feels instant (50 ms)",
        Limit("filtering", "questions to * images", 50, runner="the same again"),
    ),
    Claim(
        "Image filter",
        "other classes, counts and thresholds are answered without running the model (200 ms)",
        Limit("filtering", "questions to * images", 200, runner="other class"),
    ),
    Claim(
        "Image filter",
        "answers are kept on disk, 100 at most, the longest unused go first; a changed folder is seen",
        ByTests("tests/unit/services/filtering/test_store_round_trips.py"),
    ),
    Claim(
        "Image filter",
        "matches are exported as JSON, TXT and CSV",
        ByTests("tests/unit/services/filtering/test_filter_export.py"),
    ),
    Claim(
        "Image filter",
        "thumbnails of the matches come while it runs",
        ByTests("tests/gui/image_filter"),
    ),
    Claim(
        "Image cache",
        "an image from the cache takes less than 5 ms",
        Limit("io", "12 megapixels again, from the image cache", 5),
    ),
    Claim(
        "Image cache",
        "an image from the cache comes 10 to 20 times sooner than from its file",
        Race("io", "12 megapixels, from the cache and from its file", "from the cache", "from the file", 10),
    ),
    Claim(
        "Image cache",
        "the least recently used images go first, within image_cache_size_mb",
        ByTests("tests/unit/services/imaging/test_image_cache.py"),
    ),
    Claim(
        "Pre-loading",
        "the next image is there when it was loaded ahead (16 ms for 12 megapixels)",
        Limit("gui", "next picture, 12-megapixel JPEG, preloaded", 16),
    ),
    Claim(
        "Pre-loading",
        "it never blocks the window, and ends when the model is unloaded",
        ByTests("tests/unit/services/imaging/test_preloader.py"),
    ),
    Claim(
        "Folders",
        "scanning is 2 to 3 times as fast as in Python",
        Race("io", "scan of * files*", "scan_folder", "scan_folder, Python", 2),
    ),
    Claim(
        "Folders",
        "scanning is 1.7 times as fast as os.walk",
        Race("io", "scan of * files*", "scan_folder", "os.walk", 1.7),
    ),
    Claim(
        "Rust", "scanning is 5 to 10 times as fast as glob", Race("io", "scan of * files*", "scan_folder", "glob", 5)
    ),
    Claim(
        "Rust",
        "many images load 3 to 5 times as fast as with ThreadPoolExecutor, where they are large",
        Race(
            "io", "loading * of 12 megapixels into frames*", "ParallelImageLoader.load_frames", "ThreadPoolExecutor*", 3
        ),
    ),
    Claim(
        "Rust",
        "mixed images load twice as fast as with ThreadPoolExecutor",
        Race(
            "io", "loading * mixed pictures for a 640-pixel model*", "ParallelImageLoader.iter_images", _OPENCV_POOL, 2
        ),
    ),
    Claim("Rust", "files can be mapped instead of copied", ByTests("tests/unit/accel/test_accel_rust.py")),
    Claim(
        "Rust",
        "PNG of 1920x1080 decode 2.3 times as fast as by OpenCV",
        Race("io", "PNG 1920x1080*", "codecs.decode to BGRA", "cv2.imread", 2.3),
    ),
    Claim(
        "Cython",
        "suppression (NMS) is 10 to 50 times as fast as without the modules",
        Race("nms", "NMS, * boxes*", "accel.nms", "accel.nms, numpy", 10),
    ),
    Claim(
        "Cython",
        "suppression of 8,400 boxes is 30 times as fast as torchvision",
        Race("nms", "NMS, 8,400 *", "accel.nms", "torchvision batched_nms", 30),
    ),
    Claim(
        "Cython",
        "suppression of 8,400 boxes is 80 times as fast as OpenCV with many classes",
        Race("nms", "NMS, 8,400 *, 80 classes", "accel.nms", "cv2.dnn.NMSBoxesBatched", 80),
    ),
    Claim(
        "Cython",
        "coordinate transforms are 5 to 15 times as fast as in numpy",
        Race("polygons", "* boxes back from a letterbox*", "transform_points", "numpy", 5),
    ),
    Claim(
        "Cython",
        "areas of polygons are 10 to 30 times as fast as in Python",
        Race("polygons", "area, perimeter and bounds of *", "polygon_measures", "Python", 10),
    ),
    Claim(
        "Cython",
        "simplification is 10 to 30 times as fast as without the modules",
        Race("polygons", "simplification of *", "simplify", "simplify, numpy", 10),
    ),
    Claim(
        "Cython",
        "overlaps of polygons are 10 to 30 times as fast as without the modules",
        Race("polygons", "polygon overlap, * corners", "polygon_iou", "polygon_iou, numpy", 10),
    ),
    Claim(
        "Cython and Rust",
        "the program says which are there, why not, and how to get them",
        ByTests("tests/unit/extensions/test_extension_status.py"),
    ),
    Claim(
        "Settings",
        "one dialog has them all, and what is changed there is in force at once",
        ByTests("tests/gui/views/test_performance_dialog.py"),
    ),
    Claim(
        "Backends",
        "auto takes the fastest that works, and falls back to the next one",
        ByTests("tests/unit/services/auto_labeling"),
    ),
    Claim("Cython and Rust", "without them all works, with the same results", ByTests("tests/unit/accel")),
    Claim(
        "TensorRT",
        "models run 2 to 5 times as fast as with ONNX Runtime on the GPU",
        Quotient("inference", "backends, tensorrt*, images per s at 1", "backends, onnx-gpu, images per s at 1", 2),
    ),
    Claim("TensorRT", "half precision doubles the speed", NotHere(_GPU)),
    Claim("TensorRT", "8-bit integers make it 3 to 4 times as fast", NotHere(_GPU)),
    Claim("TensorRT", "engines are built once and kept", ByTests("tests/unit/services/auto_labeling")),
    Claim(
        "Start",
        "the first picture is on the screen after 0.5 s",
        Limit("startup", "start to the first picture, 2 pictures", 500),
    ),
)
