"""Many marks on one picture, each a question to the model, for what looks all over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import PointMark
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.parallel import WorkerPool

AnswerT = TypeVar("AnswerT")

_AT_ONCE = 2


def ask_at_marks(
    marks: Sequence[PointMark],
    ask: Callable[[PointMark], AnswerT],
    take: Callable[[PointMark, AnswerT], object],
    *,
    is_answered: Callable[[PointMark], bool],
    on_progress: Callable[[Progress], object] | None = None,
    cancel: CancelToken,
) -> None:
    """Ask at each mark that earlier answers do not cover, and hand the answers over in the order of the marks.

    Two questions are asked at a time: the threads of one wait for each other after every operator, and longer when a
    processor has something else to do. What is found does not depend on which of the two is ready first.

    Args:
        marks: Where to ask.
        ask: Answers at a mark; called on two threads.
        take: Takes the answer at a mark, on this thread.
        is_answered: Whether a mark lies on what was taken already.
        on_progress: Told how many marks are through.
        cancel: Looked at between the questions.

    Raises:
        Cancelled: When ``cancel`` asks for it.
    """
    done = 0
    with WorkerPool(1, "marks") as helper:
        while done < len(marks):
            if on_progress is not None:
                on_progress(Progress(done, len(marks)))
            cancel.raise_if_cancelled()
            pair: list[PointMark] = []
            while done < len(marks) and len(pair) < _AT_ONCE:
                if not is_answered(marks[done]):
                    pair.append(marks[done])
                done += 1
            others = [helper.submit(ask, mark) for mark in pair[1:]]
            for mark in pair[:1]:
                take(mark, ask(mark))
            for mark, other in zip(pair[1:], others, strict=True):
                take(mark, other.result())
    if on_progress is not None:
        on_progress(Progress(len(marks), len(marks)))
