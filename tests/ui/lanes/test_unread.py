"""What nobody has read is remembered with its play."""

from __future__ import annotations

from typing import Any

from stage.ui.desk.saved import Saved
from stage.ui.lanes.unread import MOST, Unread


def test_what_came_is_unread_until_it_is_seen(qapp: Any) -> None:
    saved = Saved(None)
    made = Unread(saved)
    made.came("nowhere")  # no play: nothing is kept
    made.of("p")
    assert made == set()
    for line in ("b", "a", "c"):
        made.came(line)
    assert made.seen({"a", "x"})
    assert not made.seen({"a"})
    made.of("q")
    assert made == set()
    made.of("p")
    assert made == {"b", "c"}
    saved.put_play("p", unread="damaged")
    made.of("p")
    assert made == set()


def test_no_more_than_enough_is_remembered(qapp: Any) -> None:
    made = Unread(Saved(None))
    made.of("p")
    made.update(f"{at:05}" for at in range(MOST + 5))
    made.came("99999")
    made.of("p")
    assert len(made) == MOST
