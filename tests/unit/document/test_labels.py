"""Label colours and label names."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.document.labels import (
    PALETTE,
    SHADES,
    LabelColors,
    is_allowed,
    known_labels,
    natural_key,
    palette_color,
    relative_luminance,
    text_color,
)

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "red-blind": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "green-blind": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "blue-blind": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
RGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def cielab(colors: np.ndarray, sight: np.ndarray) -> np.ndarray:
    scaled = colors / 255
    linear = np.where(scaled <= 0.04045, scaled / 12.92, ((scaled + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ sight.T, 0, 1) @ RGB_TO_XYZ.T / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


@pytest.mark.parametrize("sight", SIGHT)
def test_the_palette_stays_apart_for_every_eye(sight: str) -> None:
    lab = cielab(np.array(PALETTE, float), SIGHT[sight])
    apart = np.linalg.norm(lab[:, None] - lab[None], axis=-1)[np.triu_indices(len(PALETTE), 1)]
    assert len(PALETTE) == 20
    assert apart.min() > 16


def test_a_name_has_the_same_colour_in_another_process() -> None:
    labels = ["person", "car", "чашка", ""]
    code = f"from anylabeling.document.labels import palette_color; print([palette_color(x) for x in {labels!r}])"
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert result.stdout.decode().strip() == str([palette_color(label) for label in labels])


def test_the_colours_of_some_names_for_ever() -> None:
    assert palette_color("person") == LabelColors().color("person")
    assert (palette_color("person"), palette_color("car")) == ((75, 105, 195), (105, 45, 255))


def test_common_classes_have_colours_of_their_own() -> None:
    labels = ["person", "car", "dog", "cat", "bus", "truck", "bicycle", "bird", "horse", "chair", "bottle"]
    assert len({palette_color(label) for label in labels}) == len(labels)
    assert {palette_color(label) for label in labels} <= set(PALETTE)
    samples = ["person", "car", "bus", "boat", "tree", "house", "ball", "cup"]
    assert len({palette_color(label) for label in samples}) == len(samples)


@given(st.lists(st.text(), unique=True, max_size=60))
def test_the_order_of_labels_does_not_count(labels: list[str]) -> None:
    first, second = LabelColors(), LabelColors()
    colors = {label: first.color(label) for label in labels}
    assert {label: second.color(label) for label in reversed(labels)} == colors
    assert colors == {label: LabelColors().color(label) for label in labels}


def test_names_are_spread_over_sixty_colours() -> None:
    counts = Counter(palette_color(str(index)) for index in range(6000))
    assert len(counts) == 60
    assert max(counts.values()) < 2 * min(counts.values())


def test_shift_moves_on_in_the_palette() -> None:
    place = PALETTE.index(palette_color("cat"))
    for shift in (1, 25, -1):
        assert LabelColors(shift=shift).color("cat") == PALETTE[(place + shift) % 20]


def test_manual_colours_and_one_for_all() -> None:
    manual = LabelColors(mode="manual", label_colors={"cat": (1, 2, 3)}, default=(9, 9, 9))
    assert (manual.color("cat"), manual.color("dog")) == ((1, 2, 3), (9, 9, 9))
    plain = LabelColors(mode=None, label_colors={"cat": (1, 2, 3)}, default=(9, 9, 9))
    assert plain.color("cat") == (9, 9, 9)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_text_on_any_colour_can_be_read(background: tuple[int, int, int]) -> None:
    ink = text_color(background)
    dark, light = sorted((relative_luminance(background), relative_luminance(ink)))
    # Black or white always reaches the 4.5 that WCAG asks for.
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert ink in ((0, 0, 0), (255, 255, 255))


def test_numbers_in_names_sort_as_numbers() -> None:
    names = ["car 10", "Car 2", "bus", "car 1", "7", "10", "²", ""]
    assert sorted(names, key=natural_key) == ["", "7", "10", "bus", "car 1", "Car 2", "car 10", "²"]


@given(st.lists(st.text()))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    keys = [natural_key(name) for name in names]
    assert all((first < second) != (second <= first) for first in keys for second in keys)


def test_a_name_of_very_many_digits() -> None:
    assert natural_key("9" * 10_000) > natural_key("8")


def test_labels_to_choose_from() -> None:
    assert known_labels(["dog", "cat"], ["cat 10", "cat 2", "", "dog"]) == ("cat", "cat 2", "cat 10", "dog")
    assert known_labels(["dog", "cat"], ["ant", "dog"], sort=False) == ("dog", "cat", "ant")
    assert known_labels(None) == ()


@pytest.mark.parametrize(
    ("label", "configured", "validation", "allowed"),
    [
        ("cat", ["cat"], "exact", True),
        ("cats", ["cat"], "exact", False),
        ("Cat", ["cat"], "exact", False),
        ("cat", None, "exact", False),
        ("cats", ["cat"], None, True),
        ("", None, None, False),
        ("  ", None, None, False),
    ],
)
def test_which_labels_are_allowed(
    label: str, configured: list[str] | None, validation: str | None, allowed: bool
) -> None:
    assert is_allowed(label, configured, validation) is allowed


def test_no_two_of_all_colours_look_the_same_and_none_is_too_dark_or_too_light() -> None:
    colors = PALETTE + SHADES
    lab = cielab(np.array(colors, float), SIGHT["normal"])
    assert len(set(colors)) == 60
    assert np.linalg.norm(lab[:, None] - lab[None], axis=-1)[np.triu_indices(60, 1)].min() > 12
    bright = [relative_luminance(color) for color in colors]
    assert 0.06 < min(bright) < max(bright) < 0.9


def test_a_renamed_label_keeps_its_colour_in_the_next_session() -> None:
    first = LabelColors()
    cat = first.color("cat")
    first.take_over("cat", "feline")
    again = LabelColors(inherited=first.inherited)
    assert (again.color("feline"), again.color("cat")) == (cat, cat)
    other = LabelColors(inherited={"a": 999, "b": -1, **first.inherited})
    assert other.color("a") == LabelColors().color("a")


def test_a_fixed_colour_counts_in_automatic_mode_and_a_renamed_label_keeps_its_colour() -> None:
    colors = LabelColors(label_colors={"bus": (1, 2, 3)})
    assert colors.color("bus") == (1, 2, 3)
    assert LabelColors(mode=None, label_colors={"bus": (1, 2, 3)}, default=(9, 9, 9)).color("bus") == (9, 9, 9)
    person = colors.color("person")
    colors.take_over("person", "people")
    assert colors.color("people") == person
