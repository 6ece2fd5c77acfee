"""Formats of data sets that plug-ins bring, as the program's own look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, NoReturn, TypeVar

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import (
    DatasetReader,
    DatasetWriter,
    Entry,
    FormatInfo,
    OutputFile,
    Record,
    WriteOptions,
    visible,
)
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.errors import LabelFileError
from anylabeling.plugins.api_formats import (
    DatasetFormat,
    ExportedImage,
    FileData,
    FormatReader,
    FormatWriter,
    ImportedImage,
    Labels,
    WriteRequest,
)
from anylabeling.plugins.api_values import PluginError
from anylabeling.plugins.host import Loaded, PluginFailed, PluginHost
from anylabeling.plugins.values import all_data, shapes_from
from anylabeling.translation import tr

T = TypeVar("T")


def plugin_formats(host: PluginHost) -> Iterator[FormatInfo]:
    """Yield the formats of all plug-ins; loads them first."""
    for loaded in host.active():
        for given in loaded.formats:
            caller = _Caller(host, loaded, given)
            yield FormatInfo(
                given.id,
                given.title,
                given.holds,
                "",
                needs_images=given.needs_images,
                open_writer=caller.writer if given.writer is not None else None,
                open_reader=caller.reader if given.reader is not None else None,
                looks=caller.looks if given.detect is not None else None,
            )


class _Caller:
    """Calls the functions of one format."""

    def __init__(self, host: PluginHost, loaded: Loaded, given: DatasetFormat) -> None:
        self._host = host
        self._loaded = loaded
        self.given = given

    def __call__(self, what: str, function: Callable[..., T], *arguments: Any) -> T:
        """Call a function; what it raises becomes an error for the person."""
        try:
            return self._host.call(self._loaded, f"{self.given.id} {what}", function, *arguments)
        except PluginError as error:
            text = " ".join(str(error).split()) or type(error).__name__
            raise LabelFileError(text if text.endswith(".") else f"{text}.", details=repr(error)) from error
        except PluginFailed as error:
            self._is_off(error)

    def writer(self, target: Path, options: WriteOptions) -> DatasetWriter:
        """Return a writer."""
        return _PluginWriter(self, target, options)

    def reader(self, source: Path) -> DatasetReader:
        """Return a reader."""
        return _PluginReader(self, source)

    def looks(self, source: Path) -> bool:
        """Say whether a folder or file looks like this format; a plug-in that fails says no."""
        assert self.given.detect is not None
        try:
            return bool(self("detect", self.given.detect, source))
        except LabelFileError:
            return False

    def _is_off(self, error: Exception) -> NoReturn:
        package = self._loaded.info.package
        raise LabelFileError(
            tr("The plug-in of {package} is switched off.", package=package),
            hint=tr("Tools > Plug-ins > Manage Plug-ins says why."),
            details=self._loaded.info.error,
        ) from error


class _PluginWriter(DatasetWriter):
    has_small_parts: ClassVar[bool] = False  # what a plug-in does stays in this process

    def __init__(self, call: _Caller, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._call = call
        request = WriteRequest(target, options.splits, options.known_classes, options.with_images)
        self._writer: FormatWriter = call("writer", _made, call.given.writer, FormatWriter, request)

    def image_places(self, record: Record) -> list[str]:
        """Return where the picture goes."""
        places = self._call("image_places", self._writer.image_places, _exported(record, ()))
        return [_inside(place) for place in places]

    def encode(self, record: Record, notes: Notes) -> ExportedImage:
        """Return the image for the plug-in."""
        given = self._call.given
        shapes = visible(record.annotation.shapes)
        kept = tuple(shape for shape in shapes if given.kinds is None or shape.kind.value in given.kinds)
        for shape in shapes:
            if given.kinds is not None and shape.kind.value not in given.kinds:
                notes.left_out(shape.kind, "no place")
        note_lost_fields(record.annotation, kept, given.fields, notes)
        return _exported(record, all_data(kept))

    def add(self, record: Record, part: ExportedImage) -> list[OutputFile]:
        """Hand an image over."""
        # In which part it is has been decided only now.
        image = replace(part, split=record.split, name=record.name)
        return _files(self._call("add", _listed, self._writer.add, image))

    def finish(self) -> list[OutputFile]:
        """Return the files of the data set as a whole."""
        return _files(self._call("finish", _listed, self._writer.finish))


class _PluginReader(DatasetReader):
    stays_here: ClassVar[bool] = True

    def __init__(self, call: _Caller, source: Path) -> None:
        super().__init__(source)
        self._call = call
        self._reader: FormatReader = call("reader", _made, call.given.reader, FormatReader, source)

    def entries(self) -> Sequence[Entry]:
        """Return the images of the data set."""
        return self._call("entries", self._entries)

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        del notes
        return self._call("read", self._annotation, entry.data, size)

    def _entries(self) -> list[Entry]:
        found = []
        for image in self._reader.entries():
            if not isinstance(image, ImportedImage):
                raise TypeError(f"entries returned a {type(image).__name__} and no ImportedImage")
            found.append(Entry(_inside(image.name), tuple(map(Path, image.places)), image.size, image.split, image))
        return found

    def _annotation(self, image: ImportedImage, size: tuple[int, int]) -> Annotation:
        labels = self._reader.read(image, size)
        if not isinstance(labels, Labels):
            raise TypeError(f"read returned a {type(labels).__name__} and no Labels")
        return Annotation(
            shapes=shapes_from(labels.shapes),
            flags={str(name): bool(value) for name, value in labels.flags.items()},
            text=str(labels.text),
            description=str(labels.description),
            tags=tuple(map(str, labels.tags)),
        )


def _made(function: Callable[[Any], T], kind: type[T], argument: Any) -> T:
    found = function(argument)
    if not isinstance(found, kind):
        raise TypeError(f"a {type(found).__name__} was returned and no {kind.__name__}")
    return found


def _listed(function: Callable[..., Sequence[FileData]], *arguments: Any) -> list[FileData]:
    found = list(function(*arguments))
    for file in found:
        if not isinstance(file, FileData) or not isinstance(file.content, bytes):
            raise TypeError("files are a list of FileData with bytes")
        _inside(file.path)
    return found


def _files(found: Sequence[FileData]) -> list[OutputFile]:
    return [OutputFile(file.path, file.content) for file in found]


def _inside(path: object) -> str:
    """Return a place in a data set; one outside of it is a mistake of the plug-in."""
    parts = PurePosixPath(str(path).replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or not parts.parts or ":" in parts.parts[0]:
        raise ValueError(f"{str(path)!r} is no place in a data set")
    return parts.as_posix()


def _exported(record: Record, shapes: tuple[Any, ...]) -> ExportedImage:
    annotation = record.annotation
    return ExportedImage(
        record.name,
        record.width,
        record.height,
        shapes,
        dict(annotation.flags),
        record.split,
        annotation.text,
        annotation.description,
        annotation.tags,
        annotation.checked,
    )
