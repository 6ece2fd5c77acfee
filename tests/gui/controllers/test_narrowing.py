"""The list is narrowed to what a filter finds; the same again changes nothing that is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from anylabeling.controllers.navigation import NavigationController
from anylabeling.qt.task_runner import TaskRunner


@pytest.fixture
def navigation(qapp: object) -> Iterator[NavigationController]:
    runner = TaskRunner()
    made = NavigationController(runner)
    made.show_list(["/pictures/a.jpg", "/pictures/b.jpg", "/pictures/c.jpg"])
    yield made
    runner.shutdown()


def test_the_same_matches_again_are_not_announced(navigation: NavigationController) -> None:
    told: list[object] = []
    navigation.narrowed_changed.connect(told.append)
    navigation.narrow(["/pictures/c.jpg", "/pictures/b.jpg"], move=False)
    navigation.narrow(["/pictures/c.jpg", "/pictures/b.jpg"], move=False)
    assert told == [["/pictures/c.jpg", "/pictures/b.jpg"]]
    navigation.narrow(["/pictures/b.jpg", "/pictures/c.jpg"], move=False)
    navigation.narrow(None)
    navigation.narrow(None)
    assert told[1:] == [["/pictures/b.jpg", "/pictures/c.jpg"], None, None]


def test_the_same_matches_again_still_move_to_one_of_them(navigation: NavigationController) -> None:
    navigation.narrow(["/pictures/c.jpg"], move=False)
    assert navigation.current == "/pictures/a.jpg"
    navigation.narrow(["/pictures/c.jpg"])
    assert navigation.current == "/pictures/c.jpg"
