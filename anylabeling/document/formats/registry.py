"""All formats: what they are called, what they are for, and which one a folder or file is."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path

from anylabeling.document.formats.base import DatasetReader, DatasetWriter, FormatInfo, WriteOptions
from anylabeling.errors import LabelFileError, UsageError
from anylabeling.translation import tr

LABELS = "labels"
"""Label files beside the pictures: those of this program, of labelme and of X-AnyLabeling."""

FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo("yolo-detect", tr("YOLO boxes"), tr("boxes"), "yolo", "YoloDetectWriter", "YoloReader",
               aliases=("yolo",)),
    FormatInfo("yolo-segment", tr("YOLO outlines"), tr("outlines"), "yolo", "YoloSegmentWriter", "YoloReader",
               aliases=("yolo-seg",)),
    FormatInfo("yolo-obb", tr("YOLO oriented boxes"), tr("oriented boxes"), "yolo", "YoloOrientedWriter",
               "YoloOrientedReader"),
    FormatInfo("yolo-pose", tr("YOLO key points"), tr("boxes with key points"), "yolo_pose", "YoloPoseWriter",
               "YoloPoseReader"),
    FormatInfo("coco", tr("COCO"), tr("boxes, outlines, masks, key points"), "coco", "CocoWriter", "CocoReader"),
    FormatInfo("cvat", tr("CVAT"), tr("all kinds of shapes, attributes, skeletons, tags"), "cvat", "CvatWriter",
               "CvatReader"),
    FormatInfo("voc", tr("Pascal VOC"), tr("boxes"), "voc", "VocWriter", "VocReader"),
    FormatInfo("voc-masks", tr("Pascal VOC segmentation"), tr("pictures of classes and of objects"), "masks_png",
               "VocMaskWriter", "VocMaskReader"),
    FormatInfo("createml", tr("CreateML"), tr("boxes"), "createml", "CreateMlWriter", "CreateMlReader"),
    FormatInfo("dota", tr("DOTA"), tr("oriented boxes"), "dota", "DotaWriter", "DotaReader"),
    FormatInfo("masks", tr("Semantic masks"), tr("grey pictures of class numbers"), "masks_png", "MaskWriter",
               "MaskReader"),
    FormatInfo("isat", tr("ISAT"), tr("outlines"), "isat", "IsatWriter", "IsatReader"),
    FormatInfo("odvg", tr("Detection and grounding (ODVG)"), tr("boxes"), "odvg", "OdvgWriter", "OdvgReader"),
    FormatInfo("vlm-r1", tr("Conversations about images (VLM-R1)"), tr("boxes in whole pixels"), "vlm_r1",
               "VlmR1Writer", "VlmR1Reader", aliases=("vlm-r1-ovd",)),
    FormatInfo("mmdet", tr("Results of MMDetection"), tr("boxes and masks with scores"), "mmdet_results",
               reader="MmdetResultReader", aliases=("mmgd",)),
    FormatInfo("mot", tr("MOTChallenge sequences"), tr("boxes of followed objects"), "mot", "MotWriter", "MotReader"),
    FormatInfo("ppocr-det", tr("PaddleOCR regions"), tr("text regions"), "ppocr", "PpOcrDetWriter", "PpOcrReader",
               aliases=("ppocr",)),
    FormatInfo("ppocr-rec", tr("PaddleOCR lines"), tr("cut-out lines of text"), "ppocr", "PpOcrRecWriter",
               "PpOcrReader", needs_images=True),
    FormatInfo("cutouts", tr("Cut-out objects"), tr("a picture of each object"), "cutouts", "CutoutWriter",
               needs_images=True),
    FormatInfo("cutouts-clear", tr("Cut-out objects, the rest transparent"), tr("a PNG of each object"), "cutouts",
               "ClearCutoutWriter", needs_images=True),
    FormatInfo("drawn", tr("Pictures with labels drawn on"), tr("copies to look at"), "drawn", "DrawnWriter",
               needs_images=True),
    FormatInfo("classify-folders", tr("Folders of classes"), tr("image flags"), "image_flags", "FlagFolderWriter",
               "FlagFolderReader", needs_images=True),
    FormatInfo("classify-csv", tr("Table of classes (CSV)"), tr("image flags"), "image_flags", "FlagTableWriter",
               "FlagTableReader"),
    FormatInfo(LABELS, tr("Label files (AnyLabeling, labelme, X-AnyLabeling)"), tr("everything"), "label_copies",
               "LabelCopyWriter", aliases=("labelme", "xanylabeling", "anylabeling")),
)  # fmt: skip
"""Those of this program, in the order in which they are offered."""

_providers: list[Callable[[], Iterable[FormatInfo]]] = []


def add_provider(provider: Callable[[], Iterable[FormatInfo]]) -> None:
    """Let somebody give more formats; it is asked each time that all are wanted."""
    if provider not in _providers:
        _providers.append(provider)


def remove_provider(provider: Callable[[], Iterable[FormatInfo]]) -> None:
    """Ask somebody no more."""
    if provider in _providers:
        _providers.remove(provider)


def all_formats() -> tuple[FormatInfo, ...]:
    """Return all formats, those of this program first."""
    return (*FORMATS, *(info for provider in _providers for info in provider()))


def format_info(name: str) -> FormatInfo:
    """Return a format by its name.

    Raises:
        UsageError: When there is none; names those that there are.
    """
    wanted = name.strip().lower()
    for info in FORMATS:
        if wanted == info.id or wanted in info.aliases:
            return info
    known = all_formats()
    for info in known:
        if wanted == info.id:
            return info
    raise UsageError(
        tr("There is no format {name}.", name=name),
        hint=tr("There are {names}.", names=", ".join(info.id for info in known)),
    )


def make_writer(info: FormatInfo, target: Path, options: WriteOptions) -> DatasetWriter:
    """Return a writer for a folder.

    Raises:
        LabelFileError: When the classes of a data set that is there cannot be understood.
    """
    if info.open_writer is not None:
        return info.open_writer(target, options)
    if not info.writer:
        raise UsageError(tr("{title} is a format that is only read.", title=info.title))
    module = importlib.import_module(f"anylabeling.document.formats.{info.module}")
    writer: DatasetWriter = getattr(module, info.writer)(target, options)
    return writer


def make_reader(info: FormatInfo, source: Path) -> DatasetReader:
    """Return a reader for a folder or file.

    Raises:
        UsageError: When the format is none that is read this way.
        LabelFileError: When it cannot be understood.
    """
    if info.open_reader is not None:
        return info.open_reader(source)
    if not info.reader:
        raise UsageError(tr("{title} are no data set to import: open their folder.", title=info.title))
    module = importlib.import_module(f"anylabeling.document.formats.{info.module}")
    reader: DatasetReader = getattr(module, info.reader)(source)
    return reader


def detect_format(source: Path) -> FormatInfo | None:
    """Return the format that a folder or file seems to have, or None."""
    # A plug-in looks for something of its own, where some of the guesses below take what is left.
    given = (info for provider in _providers for info in provider() if info.looks is not None)
    for info in given:
        if info.looks is not None and info.looks(source):
            return info
    for name, looks in _GUESSES:
        try:
            found = looks(source)
        except (OSError, LabelFileError):
            continue
        if found:
            return format_info(found if isinstance(found, str) else name)
    return None


def _yolo(source: Path) -> str:
    from anylabeling.document.formats.reading import files_below
    from anylabeling.document.formats.yolo import guess_layout
    from anylabeling.document.formats.yolo_files import find_data_file, read_class_list

    if source.is_file() and source.suffix.lower() not in (".yaml", ".yml"):
        return ""
    root = source if source.is_dir() else source.parent
    has_classes = find_data_file(root) is not None or bool(read_class_list(root))
    has_lines = (root / "labels").is_dir() and next(files_below(root / "labels", (".txt",)), "")
    return f"yolo-{guess_layout(root)}" if has_classes or has_lines else ""


def _coco(source: Path) -> bool:
    from anylabeling.document.formats.coco_reader import coco_files, is_coco
    from anylabeling.document.formats.reading import read_json

    if source.is_dir():
        return bool(coco_files(source))
    return source.suffix.lower() == ".json" and is_coco(read_json(source))


def _createml(source: Path) -> bool:
    from anylabeling.document.formats.createml import createml_files, is_createml
    from anylabeling.document.formats.reading import read_json

    if source.is_dir():
        return bool(createml_files(source))
    return source.suffix.lower() == ".json" and is_createml(read_json(source))


def _json_lines(source: Path) -> str:
    from anylabeling.document.formats.json_lines import line_files
    from anylabeling.document.formats.odvg import is_odvg
    from anylabeling.document.formats.vlm_r1 import is_vlm_r1

    files = line_files(source) if source.is_dir() else [source] if source.suffix.lower().startswith(".json") else []
    kinds = ("odvg" if is_odvg(path) else "vlm-r1" if is_vlm_r1(path) else "" for path in files)
    return next((kind for kind in kinds if kind), "")


def _mot(source: Path) -> bool:
    from anylabeling.document.formats.mot import mot_lists

    return bool(mot_lists(source)) if source.is_dir() else source.name in ("gt.txt", "det.txt")


def _mmdet(source: Path) -> bool:
    from anylabeling.document.formats.mmdet_results import is_mmdet_result

    places = (source / "preds", source) if source.is_dir() else ()
    files = [path for place in places for path in sorted(place.glob("*.json"))[:5]] or [source]
    return any(is_mmdet_result(path) for path in files if path.suffix.lower() == ".json")


def _isat(source: Path) -> bool:
    from anylabeling.document.formats.isat import looks_like_isat

    files = [source] if source.is_file() else sorted(source.glob("*.json"))[:5] + sorted(source.glob("*/*.json"))[:5]
    return any(looks_like_isat(path) for path in files if path.suffix.lower() == ".json")


def _cvat(source: Path) -> bool:
    from anylabeling.document.formats.cvat import is_cvat

    return is_cvat(source)


def _voc(source: Path) -> str:
    if source.is_file():
        return "voc" if source.suffix.lower() == ".xml" else ""
    if (source / "SegmentationClass").is_dir():
        return "voc-masks"
    has_files = (source / "Annotations").is_dir() or next(source.glob("*.xml"), None) is not None
    return "voc" if has_files else ""


def _ppocr(source: Path) -> str:
    from anylabeling.document.formats.ppocr import list_files
    from anylabeling.document.formats.reading import read_bytes

    files = list_files(source) if source.is_dir() else [source] if source.suffix.lower() == ".txt" else []
    if not files:
        return ""
    line = read_bytes(files[0]).partition(b"\n")[0]
    _, tab, rest = line.partition(b"\t")
    return "" if not tab else "ppocr-det" if rest.lstrip().startswith(b"[") else "ppocr-rec"


def _dota(source: Path) -> bool:
    return source.is_dir() and any((source / name).is_dir() for name in ("labelTxt", "annfiles", "train/labelTxt"))


def _masks(source: Path) -> bool:
    return source.is_dir() and (source / "masks").is_dir()


def _table(source: Path) -> bool:
    if source.is_file():
        return source.suffix.lower() == ".csv"
    return any((source / name).is_file() for name in ("labels.csv", "_classes.csv"))


def _folders(source: Path) -> bool:
    from anylabeling.codecs import IMAGE_SUFFIXES

    if not source.is_dir() or any(path.suffix.lower() in IMAGE_SUFFIXES for path in source.iterdir()):
        return False
    below = [path for path in source.iterdir() if path.is_dir()][:20]
    return any(path.suffix.lower() in IMAGE_SUFFIXES for folder in below for path in folder.rglob("*"))


_GUESSES: tuple[tuple[str, Callable[[Path], str | bool]], ...] = (
    ("cvat", _cvat),
    ("voc", _voc),
    ("dota", _dota),
    ("masks", _masks),
    ("createml", _createml),
    ("odvg", _json_lines),
    ("mmdet", _mmdet),
    ("mot", _mot),
    ("coco", _coco),
    ("isat", _isat),
    ("ppocr-det", _ppocr),
    ("yolo-detect", _yolo),
    ("classify-csv", _table),
    ("classify-folders", _folders),
)
"""From what is surest to what is least sure."""
