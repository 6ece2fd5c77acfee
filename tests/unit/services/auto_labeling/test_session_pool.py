"""Sessions are opened as they are missed, one after the other, and each has one call at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from anylabeling.errors import BackendError
from anylabeling.services.auto_labeling.session_pool import SessionPool

ONE, FOUR = (1, 8, 8, 3), (4, 8, 8, 3)
LIMIT_S = 30


class Caller(threading.Thread):
    """A thread in the middle of a call until it is told to end it."""

    def __init__(self, pool: SessionPool, shape: tuple[int, ...]) -> None:
        super().__init__(daemon=True)
        self.pool, self.shape, self.session = pool, shape, None
        self.inside, self.leave = threading.Event(), threading.Event()
        self.start()

    def run(self) -> None:
        with self.pool.lend(self.shape) as self.session:
            self.inside.set()
            assert self.leave.wait(LIMIT_S)

    def end(self) -> None:
        self.leave.set()
        self.join(LIMIT_S)


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def pool(opened: list[str]) -> Iterator[SessionPool]:
    def open_session() -> str:
        opened.append(f"session {len(opened) + 2}")
        return opened[-1]

    made = SessionPool("session 1", 3, open_session)
    yield made
    made.close()


def planned(pool: SessionPool, shape: tuple[int, ...]) -> None:
    with pool.lend(shape):
        pass


def test_no_session_is_opened_while_another_one_plans(pool: SessionPool, opened: list[str]) -> None:
    first, second = Caller(pool, FOUR), Caller(pool, FOUR)
    while not (first.inside.is_set() or second.inside.is_set()):
        first.inside.wait(0.01)
    inside, waiting = (first, second) if first.inside.is_set() else (second, first)
    assert not opened
    inside.end()
    assert waiting.inside.wait(LIMIT_S)
    assert waiting.session == "session 1"
    waiting.end()


def test_calls_at_once_have_sessions_of_their_own(pool: SessionPool, opened: list[str]) -> None:
    planned(pool, FOUR)
    with ExitStack() as calls:
        assert calls.enter_context(pool.lend(FOUR)) == "session 1"
        assert calls.enter_context(pool.lend(FOUR)) == "session 2"
        # The second one is in its first call: the third is opened when that has ended.
        third = Caller(pool, FOUR)
        assert opened == ["session 2"]
    assert third.inside.wait(LIMIT_S)
    third.end()
    with pool.lend(FOUR), pool.lend(FOUR), pool.lend(FOUR) as last:
        assert last == "session 3"
        fourth = Caller(pool, FOUR)
        assert len(opened) == 2
    assert fourth.inside.wait(LIMIT_S)
    fourth.end()
    assert len(opened) == 2


def test_a_call_gets_the_session_that_knows_its_shape(pool: SessionPool) -> None:
    planned(pool, FOUR)
    with pool.lend(FOUR), pool.lend(FOUR):
        pass
    with pool.lend(ONE) as other:
        pass
    for _ in range(3):
        with pool.lend(ONE) as session:
            assert session == other
        with pool.lend(FOUR) as session:
            assert session != other


def test_no_room_for_more_sessions_is_found_out_once() -> None:
    tries: list[int] = []

    def open_session() -> str:
        tries.append(1)
        raise BackendError("no room")

    pool = SessionPool("the only one", 3, open_session)
    planned(pool, FOUR)
    first = Caller(pool, FOUR)
    assert first.inside.wait(LIMIT_S)
    others = [Caller(pool, FOUR) for _ in range(2)]
    first.end()
    for other in others:
        other.leave.set()
    for other in others:
        other.join(LIMIT_S)
    assert {caller.session for caller in others} == {"the only one"}
    assert len(tries) <= 1
    with pool.lend(FOUR):
        pass


def test_a_closed_pool_has_nothing_for_those_who_wait() -> None:
    pool = SessionPool("session", 1, lambda: "never")
    with pool.lend(ONE):
        waiting = Caller(pool, ONE)
        pool.close()
        assert waiting.inside.wait(LIMIT_S)
    assert waiting.session is None
    waiting.end()
    with pool.lend(ONE) as session:
        assert session is None


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def call(pool: SessionPool, clock: Clock, seconds: float) -> None:
    with pool.lend(FOUR):
        clock.now += seconds


@pytest.mark.parametrize(("images", "sessions"), [(4_000, 1), (40_000, 2), (4_000_000, 3)])
def test_sessions_that_save_less_than_they_take_are_not_opened(opened: list[str], images: int, sessions: int) -> None:
    def open_session() -> str:
        opened.append(f"session {len(opened) + 2}")
        return opened[-1]

    clock = Clock()
    pool = SessionPool("session 1", 3, open_session, images=images, clock=clock)
    # A first call takes 2 s and a picture 1 ms: of 4 s a fifth is less, of 40 s it is more and a twentieth is not.
    call(pool, clock, 2.0)
    call(pool, clock, 0.004)
    for wanted in (2, 3):
        with ExitStack() as calls:
            for _ in range(min(wanted - 1, sessions)):
                calls.enter_context(pool.lend(FOUR))
                clock.now += 0.004
            another = Caller(pool, FOUR)
            if wanted <= sessions:
                assert another.inside.wait(LIMIT_S)
                assert another.session == f"session {wanted}"
                clock.now += 2.0
                another.end()
        assert another.inside.wait(LIMIT_S)
        another.end()
        call(pool, clock, 0.004)
    assert len(opened) == sessions - 1
    pool.close()
