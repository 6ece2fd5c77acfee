"""The models that can be downloaded, and those that are on this machine."""

from __future__ import annotations

import difflib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from anylabeling.errors import ModelError, StorageError
from anylabeling.messages.model_store import CatalogueEntry, DownloadProgress, StoredModel
from anylabeling.services.auto_labeling.built_in_models import availability, find_built_in, install_command
from anylabeling.services.auto_labeling.download import DownloadError, DownloadLimits, download, remote_size
from anylabeling.translation import tr
from anylabeling.utils.archives import unpack_zip
from anylabeling.utils.atomic_io import write_text_atomic
from anylabeling.utils.cancellation import CancelToken

CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "models" / "catalogue.json"
_DIGESTS = "digests.json"
_MOST_ALIKE = 3


def default_folder() -> Path:
    """Return where models are kept: the folder that AnyLabeling uses, so that what it has downloaded is found."""
    return Path.home() / "anylabeling_data" / "models"


def read_catalogue(path: Path = CATALOGUE) -> tuple[CatalogueEntry, ...]:
    """Return the models of a catalogue file.

    Raises:
        ModelError: When it cannot be understood.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["models"]
        return tuple(CatalogueEntry(**row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            tr("The list of models {name} cannot be read.", name=path.name), details=repr(error)
        ) from error


class ModelStore:
    """Downloads models into a folder, one sub-folder each. All methods may be called from any thread."""

    def __init__(self, folder: Path | None = None, catalogue: tuple[CatalogueEntry, ...] | None = None) -> None:
        self._folder = folder or default_folder()
        self._entries = {entry.name: entry for entry in (catalogue if catalogue is not None else read_catalogue())}

    @property
    def folder(self) -> Path:
        """The folder of all models; it may not exist yet."""
        return self._folder

    def models(self) -> list[StoredModel]:
        """Return all models of the catalogue and how they stand here."""
        return [self.model(name) for name in self._entries]

    def model(self, name: str) -> StoredModel:
        """Return one model.

        Raises:
            ModelError: When the catalogue has no such model.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise ModelError(tr("There is no model named {name}.", name=name), hint=self._likeness(name))
        if not entry.url:
            return StoredModel(entry, name if _why_not(name) == "" else "")
        path = self._loadable(entry)
        part = self._part(entry)
        return StoredModel(entry, str(path) if path else "", part.stat().st_size if part.is_file() else 0)

    def download(
        self,
        name: str,
        *,
        cancel: CancelToken | None = None,
        on_progress: Callable[[DownloadProgress], object] | None = None,
        limits: DownloadLimits | None = None,
    ) -> Path:
        """Download a model unless it is there, unpack it, and return the file to load.

        A model whose digest is not in the catalogue is trusted at its first download; a later one has to be the same.

        Raises:
            ModelError: When there is no such model, or what was downloaded holds none.
            DownloadError: When it cannot be fetched.
            StorageError: When it cannot be stored or unpacked.
            Cancelled: When ``cancel`` was used.
        """
        stored = self.model(name)
        if stored.path:
            return Path(stored.path)
        entry = stored.entry
        if not entry.url:
            raise _not_installed(entry)
        archive = self._archive(entry)
        digest = download(
            entry.url,
            archive,
            sha256=entry.sha256 or self._known_digests().get(name, ""),
            cancel=cancel,
            on_progress=on_progress,
            limits=limits,
        )
        folder = self._folder / name
        if archive.suffix == ".zip":
            self._clear_stub(folder)
            unpack_zip(archive, folder)
            archive.unlink(missing_ok=True)
        path = self._loadable(entry)
        if path is None:
            raise ModelError(
                tr("{name} holds no model.", name=archive.name), hint=tr("Report it; another model may do meanwhile.")
            )
        self._remember_digest(name, digest)
        return path

    def sizes(self, names: Iterable[str], cancel: CancelToken | None = None) -> Iterator[tuple[str, int]]:
        """Yield names and the bytes of their downloads as their servers say, 0 where one does not.

        A server that cannot be reached is asked once; its models are left out.

        Raises:
            ModelError: When there is no such model.
            Cancelled: When ``cancel`` was used.
        """
        silent: set[str] = set()
        for name in names:
            if cancel is not None:
                cancel.raise_if_cancelled()
            entry = self.model(name).entry
            host = urlsplit(entry.url).netloc
            if entry.size_bytes or not entry.url:
                yield name, entry.size_bytes
            elif host not in silent:
                try:
                    yield name, remote_size(entry.url)
                except DownloadError:
                    silent.add(host)

    def remove(self, name: str) -> None:
        """Delete a downloaded model and what is left of a broken download."""
        entry = self.model(name).entry
        if not entry.url:
            raise ModelError(
                tr("{title} comes with the package {needs}.", title=entry.title, needs=entry.needs),
                hint=tr("pip uninstall {needs} removes it.", needs=entry.needs),
            )
        try:
            shutil.rmtree(self._folder / name, ignore_errors=False)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise StorageError(
                tr("{name} could not be deleted: {reason}.", name=name, reason=error.strerror or error)
            ) from error
        self._part(entry).unlink(missing_ok=True)

    def _likeness(self, name: str) -> str:
        """Return a hint with the models whose names are most alike."""
        wanted = name.strip().casefold()
        begun = [known for known in self._entries if wanted and known.casefold().startswith(wanted)]
        alike = begun or difflib.get_close_matches(wanted, self._entries, n=_MOST_ALIKE)
        if not alike:
            return tr("See anylabeling models list.")
        return tr("Did you mean {names}?", names=", ".join(alike[:_MOST_ALIKE]))

    def _archive(self, entry: CatalogueEntry) -> Path:
        file = entry.url.rpartition("/")[2]
        return self._folder / file if file.endswith(".zip") else self._folder / entry.name / file

    def _part(self, entry: CatalogueEntry) -> Path:
        archive = self._archive(entry)
        return archive.with_name(f"{archive.name}.part")

    def _loadable(self, entry: CatalogueEntry) -> Path | None:
        folder = self._folder / entry.name
        if not entry.url.endswith(".zip"):
            weights = self._archive(entry)
            return weights if weights.is_file() else None
        # Archives hold config.yaml and weights, some of them one folder down. AnyLabeling makes folders with a
        # config.yaml and nothing else for models that it has not downloaded.
        for config in sorted(folder.glob("**/config.yaml")):
            if any(config.parent.glob("*.onnx")):
                return config
        return None

    def _clear_stub(self, folder: Path) -> None:
        """Make way for an archive's folder; what somebody else may have put there is kept under another name."""
        if not folder.exists():
            return
        try:
            if {entry.name for entry in folder.iterdir()} <= {"config.yaml"}:
                shutil.rmtree(folder)
                return
            number = next(n for n in range(1, 10_000) if not folder.with_name(f"{folder.name}.old-{n}").exists())
            folder.rename(folder.with_name(f"{folder.name}.old-{number}"))
        except OSError as error:
            raise StorageError(
                tr("{folder} could not be replaced: {reason}.", folder=folder, reason=error.strerror or error)
            ) from error

    def _known_digests(self) -> dict[str, str]:
        try:
            known = json.loads((self._folder / _DIGESTS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(digest) for name, digest in known.items()} if isinstance(known, dict) else {}

    def _remember_digest(self, name: str, digest: str) -> None:
        known = {**self._known_digests(), name: digest}
        write_text_atomic(self._folder / _DIGESTS, json.dumps(known, indent=1, sort_keys=True))


def _why_not(name: str) -> str:
    """Return why a model that comes with a package cannot be used here; empty where it can."""
    row = find_built_in(name)
    return f"there is no built-in model {name}" if row is None else availability(row).reason


def _not_installed(entry: CatalogueEntry) -> ModelError:
    row = find_built_in(entry.name)
    reason = _why_not(entry.name)
    command = install_command(row) if row is not None else f"pip install {entry.needs}"
    return ModelError(
        tr("{title} cannot be used: {reason}.", title=entry.title, reason=reason),
        hint=tr("This installs it: {command}", command=command),
    )
