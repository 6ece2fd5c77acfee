"""Which model on which server is meant, by an address or a config.yaml; nobody is asked yet."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import SuggestedOptions
from anylabeling.messages.models import is_address
from anylabeling.translation import tr

KEY_VARIABLE = "ANYLABELING_API_KEY"
"""Environment variable with the key for servers that have none of their own."""

_HEAD_BYTES = 1 << 16
_CONFIG_TYPE = re.compile(rb"^\s*type\s*:\s*['\"]?remote(_server)?\b", re.MULTILINE | re.IGNORECASE)
_PROMPT_TASK = re.compile(rb"^\s*task\s*:\s*['\"]?prompt\b", re.MULTILINE | re.IGNORECASE)
PROMPT_SIGN = "#prompt"
"""At the end of an address of a model that outlines what is marked: nobody has to be asked to know that."""
_MOST_REQUESTS = 32
_LONGEST_S = 3600.0


@dataclass(frozen=True, slots=True)
class RemoteSpec:
    """A model on a server.

    Attributes:
        path: What it was named by: an address or a config.yaml.
        server: Address of the server, without a slash at the end.
        model: Its name there; empty where the server has one only.
        api_key: Sent with each request where it is not empty. Never shown or logged.
        name: What people call it; the server's name for it when empty.
        classes: Classes that are wanted, where the server does not tell which there are; empty for all.
        suggested: What the config says about which detections count.
        requests: How many requests are on the way at once in a run over many images.
        timeout_s: Seconds until an answer has to be here.
        image_format: "jpeg", or "png" for pictures without loss.
        max_side_px: The longest side of a picture that is sent; 0 for what the server says.
        params: More parameters of the model, for servers that take some.
    """

    path: str
    server: str
    model: str = ""
    api_key: str = field(default="", repr=False)
    name: str = ""
    classes: tuple[str, ...] = ()
    suggested: SuggestedOptions = SuggestedOptions()
    requests: int = 4
    timeout_s: float = 60.0
    image_format: str = "jpeg"
    max_side_px: int = 0
    params: Mapping[str, Any] = field(default_factory=dict)


def find_remote(path: str) -> RemoteSpec | None:
    """Return which model on which server an address or a config.yaml means; None for everything else.

    Raises:
        ModelError: When the config makes no sense.
    """
    if is_address(path):
        server, model = split_address(path)
        return RemoteSpec(path, server, model, known_key(server))
    file = Path(path)
    if file.suffix.lower() not in (".yaml", ".yml") or not _says_remote(file):
        return None
    from anylabeling.services.auto_labeling.model_files import load_yaml

    return _from_config(file, load_yaml(file))


def is_remote_prompt(path: str) -> bool:
    """Tell from an address, or the head of a config, whether a model outlines what is marked; never raises."""
    if is_address(path):
        return path.endswith(PROMPT_SIGN)
    return _says_remote(Path(path), _PROMPT_TASK)


def split_address(address: str) -> tuple[str, str]:
    """Return the server's address and the model's name, which is the last part of the path.

    Raises:
        ModelError: When it is no address of a server.
    """
    try:
        parts = urlsplit(address.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise _no_address(address) from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username:
        raise _no_address(address)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    before, _, name = parts.path.rstrip("/").rpartition("/")
    return f"{parts.scheme.lower()}://{host}{port}{before}", unquote(name)


def model_address(server: str, model: str, *, is_prompt: bool = False) -> str:
    """Return the address by which a model on a server is chosen; one that outlines what is marked has a sign for it."""
    return f"{server.rstrip('/')}/{quote(model, safe='')}{PROMPT_SIGN if is_prompt else ''}"


def known_key(server: str) -> str:
    """Return the key that was stored for a server, else the one of the environment."""
    from anylabeling.services.auto_labeling.remote_servers import RemoteServers

    return RemoteServers().key(server) or os.environ.get(KEY_VARIABLE, "")


def _from_config(file: Path, config: Mapping[str, Any]) -> RemoteSpec:
    from anylabeling.services.auto_labeling.model_files import clean_name, names_from

    nested = config.get("remote_server_settings")  # where X-AnyLabeling keeps them
    values = {**nested, **config} if isinstance(nested, Mapping) else dict(config)
    named = values.get("server_url")
    if not isinstance(named, str) or not is_address(named.strip()):
        raise ModelError(
            tr("{name} does not name a server.", name=file.name),
            hint=tr("It needs the key server_url with an address such as http://192.168.1.5:8100."),
        )
    server = named.strip().rstrip("/")
    model = values.get("model", "")
    if not isinstance(model, str | int):
        raise ModelError(tr("{name} does not name a model of the server.", name=file.name))
    split_address(f"{server}/m")  # says what is wrong with it
    classes = values.get("classes")
    params = values.get("params")
    return RemoteSpec(
        path=str(file),
        server=server,
        model=str(model),
        api_key=_key(file, values, server),
        name=clean_name(str(values.get("display_name") or values.get("name") or "")),
        classes=(names_from(classes) or ()) if classes is not None else (),
        suggested=_suggested(values),
        requests=int(_number(file, values, "requests", 4, 1, _MOST_REQUESTS)),
        timeout_s=_number(file, values, "timeout", 60.0, 0.1, _LONGEST_S),
        image_format="png" if str(values.get("image_format", "")).lower() == "png" else "jpeg",
        max_side_px=int(_number(file, values, "max_side", 0, 0, 1 << 16)),
        params={str(key): value for key, value in params.items()} if isinstance(params, Mapping) else {},
    )


def _key(file: Path, values: Mapping[str, Any], server: str) -> str:
    given = values.get("api_key")
    if isinstance(given, str | int) and str(given):
        return str(given)
    variable = values.get("api_key_env")
    if isinstance(variable, str) and variable:
        found = os.environ.get(variable, "")
        if not found:
            raise ModelError(
                tr("The environment variable {variable} that {name} names is not set.",
                   variable=variable[:80], name=file.name),
                hint=tr("It holds the key of the server."),
            )  # fmt: skip
        return found
    return known_key(server)


def _suggested(values: Mapping[str, Any]) -> SuggestedOptions:
    return SuggestedOptions(
        confidence=_share(values, "confidence_threshold", "conf_threshold"),
        iou=_share(values, "nms_threshold", "iou_threshold"),
    )


def _share(values: Mapping[str, Any], *keys: str) -> float | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
    return None


def _number(file: Path, values: Mapping[str, Any], key: str, usual: float, least: float, most: float) -> float:
    value = values.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ModelError(
            tr("{name}: {key} must be a number from {least:g} to {most:g}.",
               name=file.name, key=key, least=least, most=most)
        )  # fmt: skip
    return float(value)


def _says_remote(file: Path, more: re.Pattern[bytes] | None = None) -> bool:
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError:
        return False
    return _CONFIG_TYPE.search(head) is not None and (more is None or more.search(head) is not None)


def _no_address(address: str) -> ModelError:
    return ModelError(
        tr("{address} is no address of a server.", address=_without_secrets(address)),
        hint=tr("It looks like http://192.168.1.5:8100/yolo11n: server, port and the name of a model."),
    )


def _without_secrets(address: str) -> str:
    """Return an address without what stands before an @, which may be a password."""
    scheme, mark, rest = address.strip()[:200].partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else address[:200]
