"""What the window knows about models that can be downloaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model that can be downloaded.

    Attributes:
        name: Folder name of the model; unique.
        title: For people.
        task: "detect", "segment", "pose", "obb", "classify" or "prompt" or "text".
        about: What it gives, in a few words.
        url: Where it comes from: a .zip, .pt or .onnx file over TLS; empty for one that comes with a package.
        licence: Licence of the weights.
        needs: Package that runs it beyond ONNX Runtime, or empty.
        sha256: Expected digest of the download in hexadecimal, or empty when none is known.
        size_bytes: Size of the download, or 0 when it is not known before it starts.
    """

    name: str
    title: str
    task: str
    about: str
    url: str
    licence: str
    needs: str = ""
    sha256: str = ""
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A catalogue entry and how it stands on this machine.

    Attributes:
        entry: The model.
        path: The file or the name of the built-in model to load, or an empty string when it is not downloaded.
        bytes_so_far: Bytes of a download that was interrupted.
    """

    entry: CatalogueEntry
    path: str = ""
    bytes_so_far: int = 0


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How far a download is.

    Attributes:
        done_bytes: Bytes on disk.
        total_bytes: Bytes in all, or 0 when the server does not say.
    """

    done_bytes: int
    total_bytes: int
