"""Pixel memory is used again, and never while somebody looks into it."""

from __future__ import annotations

import gc
import threading

import numpy as np

from anylabeling.codecs.buffers import BufferPool

SIZE = 2 << 20


def address(array: np.ndarray) -> int:
    return int(array.__array_interface__["data"][0])


def test_memory_returns_when_the_last_view_is_gone() -> None:
    pool = BufferPool()
    first = pool.take(SIZE)
    where = address(first)
    first[:] = 7
    view = first.reshape(1024, 2048)[10:20].view()
    memory = memoryview(view)
    del first, view
    gc.collect()
    assert pool.idle_bytes == 0
    other = pool.take(SIZE)
    assert address(other) != where
    assert memory[0, 0] == 7
    del memory
    gc.collect()
    again = pool.take(SIZE - 1000)
    assert address(again) == where
    assert again.nbytes == SIZE - 1000


def test_much_smaller_requests_do_not_take_large_buffers() -> None:
    pool = BufferPool()
    del [pool.take(10 * SIZE)][:]
    gc.collect()
    pool.take(SIZE)
    assert pool.idle_bytes >= 10 * SIZE


def test_idle_memory_is_limited() -> None:
    pool = BufferPool(idle_limit_bytes=3 * SIZE)
    taken = [pool.take(SIZE) for _ in range(8)]
    taken.clear()
    gc.collect()
    assert pool.idle_bytes == 3 * SIZE
    big = pool.take(4 * SIZE)
    del big
    gc.collect()
    assert pool.idle_bytes <= 3 * SIZE
    pool.clear()
    assert pool.idle_bytes == 0


def test_threads_never_share_a_buffer() -> None:
    pool = BufferPool()
    barrier = threading.Barrier(4)
    wrong: list[int] = []

    def work(mark: int) -> None:
        barrier.wait()
        for _ in range(200):
            buffer = pool.take(1 << 20)
            buffer[::4096] = mark
            if (buffer[::4096] != mark).any():
                wrong.append(mark)

    threads = [threading.Thread(target=work, args=(mark,)) for mark in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_prepared_memory_waits_for_one_picture_of_its_size() -> None:
    pool = BufferPool(idle_limit_bytes=3 * SIZE)
    for _ in range(3):
        pool.prepare(SIZE)
    assert pool.idle_bytes == SIZE
    taken = pool.take(SIZE)
    assert pool.idle_bytes == 0
    assert taken.nbytes == SIZE
    pool.prepare(4 * SIZE)  # more than may lie idle
    pool.prepare(1000)  # too small to be worth it
    assert pool.idle_bytes == 0
