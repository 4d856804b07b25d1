"""The clock, frozen."""

from __future__ import annotations

import re
import time

import pytest

from stage.kit import clock


def test_iso_is_utc_to_the_second() -> None:
    assert clock.iso(0) == "1970-01-01T00:00:00Z"
    assert clock.iso(1_795_218_927.98) == "2026-11-20T23:55:27Z"


def test_now_is_the_wall_clock_and_today_its_date(monkeypatch: pytest.MonkeyPatch) -> None:
    assert abs(clock.now() - time.time()) < 5
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", clock.today())
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    assert clock.now() == 1_000_000_000.0
    assert clock.today() in ("2001-09-08", "2001-09-09")
