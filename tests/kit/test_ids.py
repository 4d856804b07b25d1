"""Ids: unique, rising, whatever the clock does."""

from __future__ import annotations

import re
import threading
import time

import pytest

from stage.kit import ids


def test_ids_have_26_characters_of_the_alphabet() -> None:
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", ids.new_id())


def test_ids_rise_even_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000)
    made = [ids.new_id() for _ in range(50)]
    assert [before, *made] == sorted({before, *made})


def test_ids_begin_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_last", 0)
    monkeypatch.setattr(time, "time_ns", lambda: 0x0123456789AB * 1_000_000)
    number = 0
    for char in ids.new_id():
        number = number << 5 | "0123456789abcdefghjkmnpqrstvwxyz".index(char)
    assert number >> 80 == 0x0123456789AB


def test_threads_never_get_the_same_id() -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.extend(ids.new_id() for _ in range(500)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000


def test_ids_rise_above_what_a_library_holds_but_follow_no_far_future():
    ahead = ids.new_id()
    ahead = ahead[:8] + "zzzzzzzzzzzzzzzzzz"
    ids.rise_above(ahead)
    assert ids.new_id() > ahead
    ids.rise_above("7zzzzzzzzzzzzzzzzzzzzzzzzz")
    assert ids.new_id() < "1"
    ids.rise_above("not an id")
