"""Texts become the numbers that CLIP has for them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling import clip_tokens
from anylabeling.services.auto_labeling.clip_tokens import VOCABULARY, ClipTokenizer, tokenizer_for

PAIRS = [("c", "a"), ("ca", "t</w>"), ("ca", "r</w>"), ("'", "s</w>"), ("a", "t</w>")]
CAT, CAR, S = 513, 514, 515
START, END = 517, 518


def byte(character: str, *, ends: bool = False) -> int:
    """Return the number of an ASCII letter or sign, at the end of a word or not: they come first, from ``!`` on."""
    return ord(character) - ord("!") + (256 if ends else 0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cat", [CAT]),
        ("  CAT\tcar ", [CAT, CAR]),
        ("cat's", [CAT, S]),
        ("catcar", [512, byte("t"), CAR]),
        ("12", [byte("1", ends=True), byte("2", ends=True)]),
        ("cat &amp; car", [CAT, byte("&", ends=True), CAR]),
        ("x_!", [byte("x", ends=True), byte("_"), byte("!", ends=True)]),
        ("é", [94 + 0xC3 - 161 - 1, 94 + 0xA9 - 161 + 256]),  # two bytes; 173 is not among the printable ones
        ("", []),
    ],
)
def test_words_are_joined_from_pairs(text: str, wanted: list[int]) -> None:
    row = ClipTokenizer(PAIRS).encode(text, 12).tolist()
    assert row == [START, *wanted, END] + [0] * (10 - len(wanted))


@given(st.text(max_size=60))
def test_any_text_has_numbers_between_start_and_end(text: str) -> None:
    row = ClipTokenizer(PAIRS).encode(text, 16)
    assert row.shape == (16,)
    assert row[0] == START
    end = int((row == END).argmax())
    assert row[end] == END
    assert (row[1:end] < START).all()
    assert not row[end + 1 :].any()


@pytest.mark.parametrize("name", [VOCABULARY, "bpe_simple_vocab_16e6.txt", "merges.txt", "tokenizer.json"])
def test_the_vocabulary_is_read_in_the_forms_in_which_it_is_shipped(tmp_path: Path, name: str) -> None:
    lines = ["#version", *(" ".join(pair) for pair in PAIRS), ""]
    data = "\n".join(lines).encode()
    if name == "tokenizer.json":
        data = json.dumps({"model": {"merges": lines[1:-1]}}).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert tokenizer_for([tmp_path / "elsewhere", tmp_path]).encode("cat", 4).tolist() == [START, CAT, END, 0]


def test_a_package_brings_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "a_package_with_clip"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise SystemExit('imported')")
    (folder / VOCABULARY).write_bytes(gzip.compress(b"x\nc a\n"))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(clip_tokens, "_PLACES", {"a_package_with_clip": (VOCABULARY,), "not_there": ("x",)})
    assert tokenizer_for([]).encode("ca", 5).tolist()[1] == byte("c")


@pytest.mark.parametrize(
    "text", [None, b"", b"x\n\xff\xfe", "x\n日 本\n".encode()], ids=["cut", "empty", "bytes", "signs"]
)
def test_a_damaged_vocabulary_is_said(tmp_path: Path, text: bytes | None) -> None:
    (tmp_path / VOCABULARY).write_bytes(b"no archive" if text is None else gzip.compress(text))
    with pytest.raises(ModelError, match="damaged"):
        tokenizer_for([tmp_path])


def test_without_one_it_says_where_it_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip_tokens, "_PLACES", {})
    with pytest.raises(ModelError) as caught:
        tokenizer_for([tmp_path])
    assert VOCABULARY in str(caught.value.hint)
