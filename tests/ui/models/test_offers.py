from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from stage.ui.actions.menus import Offer
from stage.ui.models.offers import OffersModel

OFFERS = [
    Offer("plays", "Find a play", "File", "Ctrl+P", ""),
    Offer("fan-out", "Fan out", "Play", "Ctrl+Space", "No play is open."),
    Offer("sibling", "Next sibling", "Walk", "Alt+Down", ""),
    Offer("dark", "Dark", "View", "", ""),
]


@pytest.fixture
def rows(qapp: Any, qtmodeltester: Any) -> Any:
    made = OffersModel(OFFERS)
    qtmodeltester.check(made)
    yield made
    made.deleteLater()


@pytest.mark.parametrize(
    ("typed", "best"),
    [("fan", "fan-out"), ("fo", "fan-out"), ("sib", "sibling"), ("nx sb", "sibling"),
     ("view da", "dark"), ("DARK", "dark"), ("find play", "plays"), ("pl", "plays")],
)  # fmt: skip
def test_a_few_letters_find_it(rows: OffersModel, typed: str, best: str) -> None:
    rows.find(typed)
    found = rows.row(0)
    assert found is not None
    assert found.id == best


def test_nothing_typed_offers_all_and_what_can_be_done_first(rows: OffersModel) -> None:
    assert rows.rowCount() == len(OFFERS)
    assert rows.row(rows.rowCount() - 1) is OFFERS[1]
    rows.find("xyz")
    assert rows.rowCount() == 0
    assert rows.row(0) is None


def test_the_reason_is_read_aloud(rows: OffersModel) -> None:
    rows.find("fan")
    told = rows.data(rows.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Fan out, Ctrl+Space, No play is open."
