"""The servers that a person has added, with their keys, in a file that only this person may read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from anylabeling.errors import StorageError
from anylabeling.translation import tr
from anylabeling.utils.atomic_io import write_text_atomic
from anylabeling.utils.paths import data_dir

_MAX_BYTES = 1 << 20
_MOST = 100


@dataclass(frozen=True, slots=True)
class KnownServer:
    """A server.

    Attributes:
        address: Without a slash at the end.
        api_key: Its key, or empty.
    """

    address: str
    api_key: str = field(default="", repr=False)


class RemoteServers:
    """The list of servers. Any thread may call it; what another program writes meanwhile is seen."""

    def __init__(self, path: Path | None = None) -> None:
        """Use a list; nothing is read yet.

        Args:
            path: The list's file; ``servers.json`` in the data folder by default.
        """
        self._path = path or data_dir() / "servers.json"

    def all(self) -> tuple[KnownServer, ...]:
        """Return the servers, the last one that was added first."""
        try:
            if self._path.stat().st_size > _MAX_BYTES:
                return ()
            rows = json.loads(self._path.read_text(encoding="utf-8"))["servers"]
            known = [
                KnownServer(row["address"], str(row.get("api_key", "")))
                for row in rows
                if isinstance(row, dict) and isinstance(row.get("address"), str)
            ]
        except (OSError, ValueError, KeyError, TypeError):
            return ()
        return tuple(known[:_MOST])

    def key(self, address: str) -> str:
        """Return the key of a server; empty where none is known."""
        wanted = _same(address)
        return next((server.api_key for server in self.all() if _same(server.address) == wanted), "")

    def add(self, server: KnownServer) -> None:
        """Put a server at the head of the list, in place of what was known of it.

        Raises:
            StorageError: When the list cannot be written.
        """
        others = [known for known in self.all() if _same(known.address) != _same(server.address)]
        self._write([KnownServer(server.address.rstrip("/"), server.api_key), *others][:_MOST])

    def remove(self, address: str) -> None:
        """Forget a server and its key.

        Raises:
            StorageError: When the list cannot be written.
        """
        self._write([known for known in self.all() if _same(known.address) != _same(address)])

    def _write(self, servers: list[KnownServer]) -> None:
        rows = [
            {"address": server.address, **({"api_key": server.api_key} if server.api_key else {})} for server in servers
        ]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._path.exists():
                # Made for this person alone, before there is anything in it.
                os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
            self._path.chmod(0o600)
        except OSError as error:
            raise StorageError(
                tr("The list of servers could not be stored: {reason}.", reason=error.strerror or error)
            ) from error
        write_text_atomic(self._path, json.dumps({"servers": rows}, indent=1))


def _same(address: str) -> str:
    return address.strip().rstrip("/").lower()
