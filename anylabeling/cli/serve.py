"""``anylabeling serve``: let other machines use models of this one."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.cli import EXIT_OK
from anylabeling.cli.console import complain
from anylabeling.errors import UsageError
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.composition import Services
    from anylabeling.services.serving.served_model import ServedModel, ServeLimits
    from anylabeling.services.serving.served_prompts import ServedPrompts

    Served = ServedModel | ServedPrompts

KEY_VARIABLE = "ANYLABELING_API_KEY"
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_PORT = 8100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Load models and answer over HTTP what they see in a picture: for AnyLabeling on other machines, for "
        "X-AnyLabeling, and for programs of your own. Ctrl+C ends it."
    )
    parser.epilog = f"The key may also be given in the environment variable {KEY_VARIABLE}, where no list of processes "
    parser.epilog += "shows it. Exit codes: 0 ended, 2 bad usage or the port is taken."
    add = parser.add_argument
    add(
        "--model",
        action="append",
        required=True,
        metavar="[NAME=]FILE",
        dest="models",
        help="a model as for anylabeling label, and the name by which it is chosen (default: its own); repeatable",
    )
    add(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="interface to listen on; 0.0.0.0 for all (default: 127.0.0.1, this machine only)",
    )
    add("--port", type=_port, default=_PORT, help=f"default: {_PORT}; 0 takes any that is free")
    add("--api-key", metavar="KEY", help="key that clients have to give")
    add(
        "--without-key",
        action="store_true",
        help="serve other machines without a key: whoever reaches the port may use the models",
    )
    add(
        "--trust",
        action="store_true",
        help="load .pt files that were not loaded before, although that runs code from them; this is remembered",
    )
    add(
        "--timeout",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help="how long a request may wait for its model (default: 60)",
    )
    add(
        "--max-waiting",
        type=_positive,
        default=64,
        metavar="N",
        help="requests that may wait for a model (default: 64)",
    )
    add("--max-mb", type=_positive, default=64, metavar="N", help="largest request in megabytes (default: 64)")


def run(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """Serve until it is stopped."""
    from anylabeling.services.serving.http_server import ModelServer
    from anylabeling.services.serving.requests import Desk
    from anylabeling.services.serving.served_model import ServeLimits

    key = arguments.api_key if arguments.api_key is not None else os.environ.get(KEY_VARIABLE, "")
    _check_key(key, arguments.host, without=arguments.without_key)
    limits = ServeLimits(
        request_s=arguments.timeout, most_waiting=arguments.max_waiting, max_bytes=arguments.max_mb << 20
    )
    models = _load(arguments, limits, cancel)
    try:
        try:
            server = ModelServer(
                Desk(models, limits),
                arguments.host,
                arguments.port,
                api_key=key,
                max_bytes=limits.max_bytes,
                log=_log,
            )
        except OSError as error:
            where = f"{arguments.host}:{arguments.port}"
            raise UsageError(
                f"Nothing can listen on {where}: {error.strerror or error}.", hint="Choose another --host or --port."
            ) from error
        _announce(server.address, models, has_key=bool(key))
        server.serve_until(cancel)
    finally:
        for model in models:
            model.close()
    complain("Ended.")
    return EXIT_OK


def _load(arguments: argparse.Namespace, limits: ServeLimits, cancel: CancelToken) -> list[Served]:
    from anylabeling.cli.inputs import services_for

    services = services_for(())
    served: list[Served] = []
    try:
        for named in arguments.models:
            name, file = _split(named)
            taken = [one.name for one in served]
            served += _served(services, name, file, taken, arguments, limits, cancel)
            info = served[-1].info
            complain(f"{info.name} on {info.choice.device} ({info.choice.backend}). {info.choice.notice}".rstrip())
    except BaseException:
        for one in served:
            one.close()
        raise
    return served


def _served(
    services: Services,
    name: str,
    file: str,
    taken: list[str],
    arguments: argparse.Namespace,
    limits: ServeLimits,
    cancel: CancelToken,
) -> list[Served]:
    from anylabeling.composition import model_manager, prompt_models
    from anylabeling.services.auto_labeling.prompt_manager import is_prompt_model
    from anylabeling.services.serving.served_model import ServedModel
    from anylabeling.services.serving.served_prompts import ServedPrompts

    preferred = services.preferred_backend()
    served: list[Served] = []
    try:
        if is_prompt_model(file):
            outliner = prompt_models(services.config).load(file, preferred_backend=preferred, cancel=cancel)
            name = _unique(name or _slug(outliner.info.name), taken)
            served.append(ServedPrompts(name, outliner, limits))
            if not outliner.info.takes_text:
                return served
            name, taken = f"{name}-text", [*taken, name]  # the same networks find what is typed
        manager = model_manager(services.config)
        manager.choice_changed.connect(lambda changed: complain(f"warning: {changed.notice}"))
        model = manager.load(file, preferred_backend=preferred, trust=arguments.trust, cancel=cancel)
        batch = int(services.config()["performance.max_batch_size"])
        served.append(ServedModel(_unique(name or _slug(model.info.name), taken), model, limits, batch=batch))
    except BaseException:
        for one in served:
            one.close()
        raise
    return served


def _check_key(key: str, host: str, *, without: bool) -> None:
    if key and not all(" " < character <= "~" for character in key):
        raise UsageError("A key consists of visible characters without spaces and accents.")
    if not key and host not in _LOCAL and not without:
        raise UsageError(
            f"Whoever reaches {host} could use the models.",
            hint=f"Give a key with --api-key or {KEY_VARIABLE}, or say --without-key.",
        )


def _split(named: str) -> tuple[str, str]:
    """Return name and file; a file may have an equals sign in its name, too."""
    name, mark, file = named.partition("=")
    if mark and re.fullmatch(r"[\w.-]+", name) and not Path(named).exists():
        return name, file
    return "", named


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "model"


def _unique(name: str, taken: list[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _announce(address: str, models: list[Served], *, has_key: bool) -> None:
    print(f"Serving on {address}" + (", with a key." if has_key else ", without a key."))
    for model in models:
        info = model.info
        if info.task == "prompt":
            print(f"{address}/{model.name}#prompt  outlines what is marked")
            continue
        classes = f"{len(info.class_names)} classes" if info.class_names else "any class"
        if info.takes_text:
            classes = "what is typed"
        print(f"{address}/{model.name}  {info.task}, {classes}")
    print("Ctrl+C ends it.", flush=True)


def _log(line: str) -> None:
    import datetime as dt

    now = dt.datetime.now().astimezone().strftime("%H:%M:%S")
    print(f"{now} {line}", file=sys.stderr, flush=True)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port from 0 to 65535")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 100,000")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds up to 3600")
    return seconds
