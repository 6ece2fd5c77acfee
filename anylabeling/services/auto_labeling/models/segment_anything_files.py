"""Find the files of a Segment Anything model: an encoder, the decoder that goes with it, and SAM 3's text encoder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_files import (
    MAX_CONFIG_BYTES,
    clean_name,
    load_yaml,
    read_onnx,
    weight_candidates,
)
from anylabeling.services.auto_labeling.model_spec import PROMPT_TENSORS
from anylabeling.translation import tr

CONFIG_TYPES = ("segment_anything", "sam_hq", "edge_sam", "efficientvit_sam", "efficient_sam", "mobile_sam")
_SUFFIXES = (".onnx", ".ort")
_CONFIGS = (".yaml", ".yml")
_PART = re.compile(r"encoder|decoder", re.IGNORECASE)
_TEXT_PART = re.compile(r"language|text", re.IGNORECASE)
_OTHER = {"encoder": "decoder", "decoder": "encoder"}
_LEAST_COMMON_CHARS = 3
_FOLDER_ENTRIES_LOOKED_AT = 5000


@dataclass(frozen=True, slots=True)
class PairFiles:
    """The files of one model.

    Attributes:
        chosen: What the person chose: the config, the encoder or the decoder.
        encoder: From a picture to an embedding.
        decoder: From an embedding and marks to masks.
        name: For people.
        language: From the numbers of a text to what the decoder takes of it; None where the model takes no text.
    """

    chosen: Path
    encoder: Path
    decoder: Path
    name: str
    language: Path | None = None


def find_files(path: Path) -> PairFiles | None:
    """Return the pair that a file belongs to, or None when it is no part of a Segment Anything model.

    A config.yaml counts when its type begins with one of CONFIG_TYPES, an .onnx or .ort file when "encoder" or
    "decoder" is in its name. The partner has the other word in its place, or else is the file in the same folder
    whose name begins most alike.

    Raises:
        ModelError: When the partner is missing, or a file of the pair is damaged.
    """
    suffix = path.suffix.lower()
    if suffix in _CONFIGS:
        pair = _from_config(path)
    elif suffix in _SUFFIXES and path.is_file():
        pair = _from_part(path)
    else:
        return None
    if pair is not None:
        for part in filter(None, (pair.encoder, pair.decoder, pair.language)):
            _check(part)
    return pair


def _from_config(path: Path) -> PairFiles | None:
    # A file of another kind is not this function's to judge.
    if not path.is_file() or path.stat().st_size > MAX_CONFIG_BYTES:
        return None
    try:
        config = load_yaml(path)
    except ModelError:
        return None
    if not str(config.get("type", "")).strip().lower().startswith(CONFIG_TYPES):
        return None
    found: list[Path] = []
    keys = ["encoder_model_path", "decoder_model_path"]
    keys += ["language_encoder_path"] if config.get("language_encoder_path") else []
    for key in keys:
        named = config.get(key)
        if not isinstance(named, str) or not named.strip():
            raise ModelError(
                tr("{name} does not name the {value} of the model.", name=path.name, value=key.partition("_")[0])
            )
        there = [weights for weights in weight_candidates(path, named.strip(), config.get("name")) if weights.is_file()]
        if not there:
            raise ModelError(
                tr(
                    "The weights file {value} that {name} names was not found.", value=clean_name(named), name=path.name
                ),
                hint=tr("Put it into {parent}.", parent=path.parent),
            )
        found.append(there[0])
    name = clean_name(str(config.get("display_name") or config.get("name") or path.parent.name))
    return PairFiles(path, found[0], found[1], name or "Segment Anything", found[2] if len(found) > 2 else None)


def _from_part(path: Path) -> PairFiles | None:
    part = _part_of(path.name)
    if part is None:
        return None
    if part == "encoder" and _TEXT_PART.search(path.stem):
        # Its partner is the encoder of pictures, which has the same word in its name.
        pictures = _alike(path, "encoder", _TEXT_PART, has=False)
        return None if pictures is None else _from_part(pictures)
    partner = next(_partners(path, part), None)
    if partner is None:
        if not _looks_like_one(path):
            return None
        raise ModelError(
            tr("{name} is only the {part} of a Segment Anything model.", name=path.name, part=part),
            hint=tr("Put the {other} beside it, named {value}.", other=_OTHER[part], value=_swapped(path.name)),
        )
    encoder, decoder = (path, partner) if part == "encoder" else (partner, path)
    language = _alike(decoder, "encoder", _TEXT_PART, has=True)
    return PairFiles(path, encoder, decoder, _name_of(encoder if language is None else decoder), language)


def _part_of(name: str) -> str | None:
    found: list[str] = _PART.findall(name)
    return found[-1].lower() if found else None


def _swapped(name: str) -> str:
    place = list(_PART.finditer(name))[-1]
    other = _OTHER[place[0].lower()]
    written = other.upper() if place[0].isupper() else other.capitalize() if place[0][0].isupper() else other
    return name[: place.start()] + written + name[place.end() :]


def _partners(path: Path, part: str) -> Iterator[Path]:
    exact = path.with_name(_swapped(path.name))
    for suffix in (path.suffix, *_SUFFIXES):
        if exact.with_suffix(suffix).is_file():
            yield exact.with_suffix(suffix)
    rival = _alike(path, _OTHER[part], _TEXT_PART, has=False)
    if rival is not None:
        yield rival


def _alike(path: Path, part: str, pattern: re.Pattern[str], *, has: bool) -> Path | None:
    """Return the file of a part beside a file whose name begins most alike, among those with or without a pattern."""
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for _, entry in zip(range(_FOLDER_ENTRIES_LOOKED_AT), entries, strict=False)]
    except OSError:
        return None
    rivals = [name for name in names if Path(name).suffix.lower() in _SUFFIXES and _part_of(name) == part]
    rivals = [name for name in rivals if (pattern.search(Path(name).stem) is not None) == has]
    rivals.sort(key=lambda name: (-_common_chars(name, path.name), name))
    is_alike = bool(rivals) and _common_chars(rivals[0], path.name) >= _LEAST_COMMON_CHARS
    return path.parent / rivals[0] if is_alike else None


def _common_chars(first: str, second: str) -> int:
    return len(os.path.commonprefix([first.lower(), second.lower()]))


def _looks_like_one(path: Path) -> bool:
    if path.suffix.lower() == ".ort":
        return True
    facts = read_onnx(path)
    names = {info.name for info in (*facts.inputs, *facts.outputs)}
    return bool(names & PROMPT_TENSORS)


def _name_of(part: Path) -> str:
    return clean_name(re.sub(r"[._\- ]*(encoder|decoder)[._\- ]*", " ", part.stem, flags=re.IGNORECASE)) or part.stem


def _check(path: Path) -> None:
    """Refuse damaged ONNX files and such with weights outside their folder, before a runtime sees them."""
    if path.suffix.lower() == ".onnx":
        read_onnx(path)
