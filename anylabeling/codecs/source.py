"""Random access to the bytes of a picture, in memory or in a file that is read only as far as needed."""

from __future__ import annotations

from typing import BinaryIO

_WINDOW_BYTES = 4096
_MAX_POSITION = 1 << 62


class ByteSource:
    """Bytes by position.

    With a file, the first 4 KiB are read at once, which holds the header of nearly every picture; anything else is
    read when it is asked for.
    """

    __slots__ = ("_file", "_window", "_window_start", "head")

    def __init__(self, head: bytes, file: BinaryIO | None = None) -> None:
        self.head = head
        self._file = file
        self._window = b""
        self._window_start = 0

    @classmethod
    def open_file(cls, file: BinaryIO) -> ByteSource:
        """Make a source over an unbuffered binary file."""
        return cls(file.read(_WINDOW_BYTES), file)

    def read(self, position: int, size: int) -> bytes:
        """Return ``size`` bytes from ``position``; fewer at the end of the data."""
        end = position + size
        if end <= len(self.head) or self._file is None:
            return self.head[position:end]
        if not (self._window_start <= position and end <= self._window_start + len(self._window)):
            self._window = self._read_file(position, max(size, _WINDOW_BYTES))
            self._window_start = position
        offset = position - self._window_start
        return self._window[offset : offset + size]

    @property
    def is_complete(self) -> bool:
        """Whether ``head`` is all there is."""
        return self._file is None

    def rewound_file(self) -> BinaryIO:
        """Return the file, at its start."""
        if self._file is None:
            raise ValueError("These bytes come from memory, not from a file.")
        self._file.seek(0)
        return self._file

    def read_tail(self, size: int) -> bytes:
        """Return the last ``size`` bytes, or all when there are fewer."""
        if self._file is None:
            return self.head[-size:]
        total = self._file.seek(0, 2)
        if total <= len(self.head):
            return self.head[-size:]
        start = max(0, total - size)
        return self._read_file(start, total - start)

    def _read_file(self, position: int, size: int) -> bytes:
        file = self.rewound_file()
        if position > _MAX_POSITION:
            return b""  # a damaged file may say so; the system would not even try
        file.seek(position)
        return file.read(size)
