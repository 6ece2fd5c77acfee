"""``anylabeling models``: list, download or describe the models of the catalogue."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from anylabeling.cli import EXIT_OK, quantize
from anylabeling.cli.console import Console
from anylabeling.errors import UsageError
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.messages.model_store import DownloadProgress
    from anylabeling.services.auto_labeling.model_store import ModelStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Show the models that can be downloaded, download them by name, say what is known of them, or write a model "
        "of yours in half precision or 8-bit integers (quantize MODEL OUTPUT --images DIR)."
    )
    parser.add_argument("action", choices=["list", "download", "info", "quantize"])
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="names; with list, words to look for; with quantize, two files"
    )
    quantize.add_arguments(parser)


def run(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """List, download or describe the models of the catalogue."""
    if arguments.action == "quantize":
        return quantize.run(arguments, cancel)
    from anylabeling.services.auto_labeling.model_store import ModelStore

    store = ModelStore()
    if arguments.action == "list":
        words = [word.lower() for word in arguments.names]
        for model in store.models():
            entry = model.entry
            row = f"{entry.name:<32} {entry.task:<9} {entry.licence:<11} {'downloaded' if model.path else '':<11}"
            if all(word in f"{row} {entry.title}".lower() for word in words):
                print(f"{row} {entry.title}")
        return EXIT_OK
    if not arguments.names:
        raise UsageError(f"anylabeling models {arguments.action} needs the name of a model.")
    for name in arguments.names:
        if arguments.action == "download":
            _download(store, name, cancel)
        else:
            model = store.model(name)
            for key in ("name", "title", "task", "about", "licence", "needs", "url"):
                print(f"{key:<8} {getattr(model.entry, key)}")
            print(f"{'file':<8} {model.path or 'not downloaded'}")
    return EXIT_OK


def _download(store: ModelStore, name: str, cancel: CancelToken) -> None:
    console = Console(sys.stderr)

    def show(progress: DownloadProgress) -> None:
        console.bytes_so_far(progress)

    path = store.download(name, cancel=cancel, on_progress=show)
    console.result(str(path))
