"""The schema of attributes that lies in a folder of images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anylabeling.document import label_json
from anylabeling.document.attributes import FILE_NAMES, AttributeSchema, parse_schema
from anylabeling.errors import ConfigError
from anylabeling.translation import tr

_MAX_BYTES = 1 << 20


def read_attribute_file(folder: str) -> AttributeSchema:
    """Return the schema in ``attributes.yaml``, ``.yml`` or ``.json`` of a folder; an empty one when there is none.

    Raises:
        ConfigError: When the file cannot be read or makes no sense. It is never changed.
    """
    for name in FILE_NAMES if folder else ():
        path = Path(folder) / name
        try:
            if not path.is_file():
                continue
            if path.stat().st_size > _MAX_BYTES:
                raise ConfigError(tr("{name} is too large for a list of attributes.", name=name))
            data = path.read_bytes()
        except OSError as error:
            raise ConfigError(
                tr("{name} cannot be read: {reason}.", name=name, reason=error.strerror or error), details=repr(error)
            ) from error
        try:
            return parse_schema(_parsed(data, path.suffix))
        except ValueError as error:
            raise ConfigError(
                tr("{name} in {folder}: {error}", name=name, folder=Path(folder).name, error=error),
                hint=tr("It is left as it is."),
            ) from error
    return AttributeSchema()


def _parsed(data: bytes, suffix: str) -> Any:
    """Return what a file says.

    Raises:
        ValueError: When it is no JSON or no YAML; says where.
    """
    if suffix == ".json":
        return label_json.loads(data)
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="safe", pure=True).load(data.decode("utf-8"))
    except MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 1}" if error.problem_mark is not None else ""
        raise ValueError(f"it is no valid YAML{line}: {error.problem}.") from error
    except YAMLError as error:
        raise ValueError("it is no valid YAML.") from error
