"""The list is narrowed to what a filter finds; the same again changes nothing that is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from anylabeling.controllers.navigation import NavigationController
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.utils.narrowing import Narrowing


@pytest.fixture
def navigation(qapp: object) -> Iterator[NavigationController]:
    runner = TaskRunner()
    made = NavigationController(runner)
    made.show_list(["/pictures/a.jpg", "/pictures/b.jpg", "/pictures/c.jpg"])
    yield made
    runner.shutdown()


def test_the_same_matches_again_are_not_announced(navigation: NavigationController) -> None:
    told: list[object] = []
    navigation.narrowed_changed.connect(lambda narrowing: told.append(narrowing and narrowing.paths))
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


def test_what_was_made_beside_the_window_is_taken_as_it_is(navigation: NavigationController) -> None:
    told: list[object] = []
    navigation.narrowed_changed.connect(told.append)
    narrowing = Narrowing(["/pictures/c.jpg", "/pictures/b.jpg", "/pictures/c.jpg"], navigation.all_paths)
    navigation.narrow(narrowing)
    assert told == [narrowing]
    assert navigation.paths == ["/pictures/c.jpg", "/pictures/b.jpg"]
    assert list(narrowing.numbers or ()) == [2, 1]
    assert [navigation.index(f"/pictures/{name}.jpg") for name in "abc"] == [-1, 1, 0]
    navigation.remove(["/pictures/c.jpg"])
    assert navigation.paths == ["/pictures/b.jpg"]
    assert navigation.current == "/pictures/b.jpg"
    assert Narrowing(["/gone.jpg"], navigation.all_paths).numbers is None
