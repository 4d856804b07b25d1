from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from stage.ui.widgets.buttons import Link
from stage.ui.widgets.card import Card


def test_a_card_says_it_plainly_and_offers_what_helps(shown: Any) -> None:
    made = shown(Card("<b>No</b> room.", title="stage-base", retry=True), 400, 100)
    assert all(each.textFormat().name == "PlainText" for each in made.findChildren(QLabel))
    told: list[str] = []

    def retried() -> None:
        told.append("retried")

    def closed() -> None:
        told.append("closed")

    made.retried.connect(retried)
    made.closed.connect(closed)
    links = {each.text(): each for each in made.findChildren(Link)}
    links["Try again"].click()
    links["Close"].click()
    assert told == ["retried", "closed"]
    made.resize(130, 300)
    everything = made.findChildren(Link)[0].parentWidget().rect()
    assert all(everything.contains(each.geometry()) for each in links.values()), "none is cut"
    only_close = shown(Card("No.", title="", retry=False))
    assert [each.text() for each in only_close.findChildren(Link)] == ["Close"]
