from __future__ import annotations

import dataclasses

import pytest

from stage.engine import orders


def test_orders_and_events_cannot_be_changed() -> None:
    event = orders.Evaluating(1, 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.done = 2  # type: ignore[misc]
    assert orders.ModelState("a", "ready").progress is None
    assert orders.LoadSettings() == orders.LoadSettings(None, None, 0, True)
