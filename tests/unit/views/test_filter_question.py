"""The controls of the image filter make up the question that they show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anylabeling.config import Config
from anylabeling.messages.filtering import CountMode, CountScope, FilterQuery, FilterSource, SortKey
from anylabeling.views.dialogs.image_filter.question import (
    DEFAULTS,
    QuestionError,
    is_known_without_model,
    query_from,
    removed_text,
    set_count,
)


def ask(**values: object) -> FilterQuery:
    return query_from({**DEFAULTS, **values}, "/photos/street")


def test_what_nobody_has_set_asks_nothing_and_is_what_the_settings_say() -> None:
    assert ask() == FilterQuery()
    settings = Config().section("image_filter.")
    assert {name: settings[name] for name in DEFAULTS} == dict(DEFAULTS)


def test_every_condition_reaches_the_question() -> None:
    asked = ask(
        source="both",
        selected_classes=["car", "bus"],
        all_of=("person",),
        none_of=["dog"],
        count_mode="at_most",
        count_value=7,
        count_scope="per_class",
        confidence=0.3,
        confidence_max=0.9,
        iou=0.6,
        scope="subfolder",
        sort="disagreement",
        reverse=True,
        box_min_px=20,
        width_max_px=1920,
        height_min_px=100,
        height_max_px=1080,
        has_labels="yes",
        checked="no",
        flags=["blurred"],
        text_contains="Hello",
        name_pattern="img_*",
    )
    assert asked == FilterQuery(
        frozenset({"car", "bus"}),
        CountMode.AT_MOST,
        7,
        0.3,
        0.6,
        source=FilterSource.BOTH,
        all_of=frozenset({"person"}),
        none_of=frozenset({"dog"}),
        count_scope=CountScope.PER_CLASS,
        confidence_max=0.9,
        box_size_px=(20, 1 << 30),
        image_width=(0, 1920),
        image_height=(100, 1080),
        has_labels=True,
        checked=False,
        flags=frozenset({"blurred"}),
        text="Hello",
        name="img_*",
        folder="/photos/street",
        sort=SortKey.DISAGREEMENT,
        reverse=True,
    )


def test_a_name_without_wildcards_is_looked_for_anywhere() -> None:
    assert ask(name_pattern="street").name == "*street*"
    assert ask(name_pattern="0?.jpg").name == "0?.jpg"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"confidence": 0.8, "confidence_max": 0.5}, "confidence"),
        ({"width_min_px": 500, "width_max_px": 100}, "image width"),
    ],
)
def test_values_that_contradict_each_other_are_named(values: dict[str, object], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        ask(**values)


def test_both_ends_of_a_range_count_as_one_condition() -> None:
    assert set_count(DEFAULTS) == 0
    assert set_count({**DEFAULTS, "width_min_px": 1, "width_max_px": 9, "flags": ["a"], "confidence": 0.9}) == 2


def test_what_is_known_answers_other_classes_counts_scores_and_overlaps_only() -> None:
    before = FilterQuery()
    others = {"classes": frozenset({"a"}), "count_mode": CountMode.EXACTLY, "iou": 0.7, "sort": SortKey.COUNT}
    assert is_known_without_model(before, replace(before, **others))
    assert not is_known_without_model(before, replace(before, confidence=0.04))
    assert not is_known_without_model(before, replace(before, source=FilterSource.LABELS))
    assert not is_known_without_model(before, replace(before, image_width=(100, 200)))
    labels = FilterQuery(source=FilterSource.LABELS)
    assert not is_known_without_model(labels, replace(labels, sort=SortKey.DISAGREEMENT))


def test_the_condition_that_ruled_out_most_is_named() -> None:
    assert removed_text((), 10) == "No image matches."
    said = removed_text((("confidence", 8000), ("count", 1871)), 9871)
    assert said == (
        "No image matches. Most were ruled out by the confidence: 8,000 of 9,871; then by the number of objects: 1,871."
    )
