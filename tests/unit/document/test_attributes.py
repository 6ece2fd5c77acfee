"""The schema of attributes: ours, and that of X-AnyLabeling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.document.attributes import AttributeKind, AttributeSpec, parse_schema
from anylabeling.errors import ConfigError
from anylabeling.services.dataset.attribute_file import read_attribute_file

OURS = {
    "person": {
        "pose": ["standing", "sitting"],
        "age": {"type": "number", "min": 0, "max": 120, "default": 30},
        "helmet": "check",
        "note": "text",
    },
    "car|bus": {"colour": {"choices": ["red", "blue"]}, "parked": {"type": "check", "default": True}},
    ".*": {"note": "number"},
}
THEIRS = {
    "vehicle": {"bodyColor": ["red", "white"], "plate": "", "by": []},
    "__widget_types__": {"vehicle": {"bodyColor": "radiobutton", "plate": "lineedit", "by": "group_id"}},
}


def test_a_label_has_the_attributes_of_its_name_and_of_the_patterns_it_matches() -> None:
    schema = parse_schema(OURS)
    assert [(spec.name, spec.kind) for spec in schema.for_label("person")] == [
        ("pose", AttributeKind.CHOICE),
        ("age", AttributeKind.NUMBER),
        ("helmet", AttributeKind.CHECK),
        ("note", AttributeKind.TEXT),
    ]
    assert [spec.name for spec in schema.for_label("bus")] == ["colour", "parked", "note"]
    assert [spec.name for spec in schema.for_label("minibus")] == ["note"]
    (age,) = [spec for spec in schema.for_label("person") if spec.name == "age"]
    assert (age.default, age.least, age.greatest) == (30, 0.0, 120.0)
    assert age.accepts(1.5)
    assert not any(age.accepts(value) for value in (-1, 121, True, "5", None))


def test_the_form_of_x_anylabeling_is_understood() -> None:
    schema = parse_schema(THEIRS)
    assert schema.for_label("vehicle") == (
        AttributeSpec("bodyColor", AttributeKind.CHOICE, ("red", "white")),
        AttributeSpec("plate", AttributeKind.TEXT),
        AttributeSpec("by", AttributeKind.TEXT),
    )
    assert schema.for_label("__widget_types__") == ()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "must be a mapping of label"),
        ({"a": 3}, "The attributes of a must be"),
        ({"a": {"b": 3}}, "The attribute b of a must be"),
        ({"a": {"b": "choice"}}, "needs a list of choices"),
        ({"a": {"b": {"type": "choice"}}}, "needs a list of choices"),
        ({"a": {"b": {"type": "colour"}}}, "colour is no type"),
        ({"a": {"b": {"type": "number", "min": "x"}}}, "min and max must be numbers"),
        ({"a": {"b": {"choices": ["x"], "default": "y"}}}, "the default y does not fit"),
        ({"a": {"b": [["x"]]}}, "a choice must be a text"),
    ],
)
def test_what_makes_no_sense_is_named(raw: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_schema(raw)


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
anything = st.recursive(
    plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=9
)


@settings(max_examples=60, deadline=None)
@given(anything | st.dictionaries(st.text(max_size=3), st.dictionaries(st.text(max_size=3), anything)))
def test_nothing_but_a_sentence_comes_of_nonsense(raw: Any) -> None:
    said = ""
    try:
        parse_schema(raw).for_label("person")
    except ValueError as error:
        said = str(error)
    assert not said or said.endswith(".")


def test_the_file_of_a_folder(tmp_path: Path) -> None:
    assert not read_attribute_file(str(tmp_path))
    (tmp_path / "attributes.json").write_text('{"a": {"x": ["1"]}}')
    assert read_attribute_file(str(tmp_path)).for_label("a")[0].choices == ("1",)
    (tmp_path / "attributes.yaml").write_text("a:\n  y: [yes, 2]\n")
    # YAML 1.2 knows no yes and no; what counts is that both become texts.
    assert read_attribute_file(str(tmp_path)).for_label("a")[0].choices == ("yes", "2")
    (tmp_path / "attributes.yaml").write_text("a:\n  y: [\n")
    with pytest.raises(ConfigError, match=r"attributes\.yaml in .*: it is no valid YAML in line"):
        read_attribute_file(str(tmp_path))
