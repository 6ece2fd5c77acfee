"""Workers that are copies of one process: they answer, get their files, and are gone when nobody wants them."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from anylabeling.utils.fork_server import SharedForkServer
from anylabeling.utils.processes import ProcessPool, processes_available

pytestmark = pytest.mark.skipif(not processes_available(), reason="no other processes on this system")

HERE = __name__
PRELOAD = f"{HERE}:preload"


def preload() -> None:
    """What the server calls; the workers find it done."""
    os.environ["PRELOADED"] = "yes"


def answering(setup: dict[str, Any]) -> Callable[[Any], Any]:
    """Return what answers a test's messages."""

    def answer(message: Any) -> Any:
        match message:
            case "facts":
                return os.environ.get("PRELOADED"), len(os.listdir("/proc/self/task")), setup["name"]  # noqa: PTH208
            case "files":
                return [os.pread(file, 100, 0) for file in setup["files"]]
            case "forever":
                signal.pause()
        return message

    return answer


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    made = ProcessPool(PRELOAD, f"{HERE}:answering", {"name": "setup"}, 3)
    assert made.wait_ready()
    yield made
    made.close()


def is_there(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def parent_of(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def test_workers_are_copies_of_a_process_that_has_done_the_imports(pool: ProcessPool) -> None:
    assert pool.ask("facts") == ("yes", 1, "setup")
    assert len(set(pool.process_ids)) == 3
    assert len({parent_of(process) for process in pool.process_ids}) == 1


def test_a_worker_gets_files_under_their_numbers(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two", "three"):
        (tmp_path / name).write_text(name)
        files.append(os.open(tmp_path / name, os.O_RDONLY))
    # In another order than they were opened: each comes where another one may have been.
    files.reverse()
    pool = ProcessPool(PRELOAD, f"{HERE}:answering", {"files": files}, 1, files=files)
    try:
        assert pool.wait_ready()
        assert pool.ask("files") == [b"three", b"two", b"one"]
    finally:
        pool.close()
        for file in files:
            os.close(file)


def test_busy_workers_are_ended_at_once_and_leave_nothing_behind(pool: ProcessPool) -> None:
    answers: list[Any] = []
    waiting = [threading.Thread(target=lambda: answers.append(pool.ask("forever"))) for _ in range(3)]
    for thread in waiting:
        thread.start()
    processes = pool.process_ids
    pool.kill()
    for thread in waiting:
        thread.join(30)
    assert answers == [None] * 3
    pool.close()
    assert not any(map(is_there, processes))


def test_one_server_serves_all_who_hold_it_and_ends_with_the_last() -> None:
    first, second = SharedForkServer(PRELOAD), SharedForkServer(PRELOAD)
    assert first.server is second.server
    pool = ProcessPool(PRELOAD, f"{HERE}:answering", {"name": ""}, 1)
    assert pool.wait_ready()
    server = parent_of(pool.process_ids[0])
    pool.close()
    first.release()
    first.release()
    assert is_there(server)
    second.release()
    assert not is_there(server)


def test_a_server_that_was_killed_costs_only_its_workers() -> None:
    pool = ProcessPool(PRELOAD, f"{HERE}:answering", {"name": ""}, 2)
    assert pool.wait_ready()
    server = parent_of(pool.process_ids[0])
    os.kill(server, signal.SIGKILL)
    assert pool.ask("still here") == "still here"
    other = ProcessPool(PRELOAD, f"{HERE}:answering", {"name": ""}, 2)
    other.kill()
    assert other.ask("nobody") is None
    other.close()
    pool.close()
    again = ProcessPool(PRELOAD, f"{HERE}:answering", {"name": ""}, 1)
    assert again.wait_ready()
    again.close()


def test_nothing_is_left_when_the_program_is_killed() -> None:
    code = f"""
        import sys, time
        sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(Path(__file__).parents[3])!r}]
        from anylabeling.utils.processes import ProcessPool
        pool = ProcessPool("{HERE}:preload", "{HERE}:answering", {{"name": ""}}, 2)
        assert pool.wait_ready()
        print(*pool.process_ids, flush=True)
        sys.stdin.read()
    """
    program = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdin is not None
    processes = [int(word) for word in program.stdout.readline().split()]
    assert len(processes) == 2
    gone = [os.pidfd_open(process) for process in [parent_of(processes[0]), *processes]]
    program.kill()
    program.communicate()
    for file in gone:
        # Readable when the process has ended.
        assert _becomes_readable(file)
        os.close(file)


def test_a_worker_that_dies_says_so(pool: ProcessPool, caplog: pytest.LogCaptureFixture) -> None:
    for process in pool.process_ids:
        os.kill(process, signal.SIGKILL)
    assert pool.ask("anything") is None
    assert "worker process has died" in caplog.text
    caplog.clear()


def _becomes_readable(file: int) -> bool:
    return bool(select.select([file], [], [], 30)[0])
