"""Links are told apart and may be copied; none is followed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.ink import line_rect
from stage.ui.lanes.lane import LaneView
from stage.ui.lanes.links import addresses, offer, offer_all
from stage.ui.lanes.transcript import Transcript
from stage.ui.widgets.page import Page, Passage
from tests.ui.helpers import line, play

SAID = "See [the shore](https://a.example/b?c&d=1) at low tide."


@pytest.fixture(autouse=True)
def followed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What Qt was asked to open."""
    opened: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)  # no screen here can show one
    return opened


def transcript(shown: Any, said: str, *, read: bool) -> tuple[Transcript, list[str]]:
    made: Transcript = shown(Transcript(), 500, 300)
    made.show_entries([Entry("a", "Ada", 0, "base", "", said)])
    made.read(read)
    told: list[str] = []
    made.linked.connect(lambda address, _: told.append(address))
    return made, told


def click(made: Transcript, said: str, words: str) -> None:
    row = made.script.rows(0)[0]
    first = row.layout().lineAt(0)
    across = first.cursorToX(said.index(words) + 1)
    across = across[0] if isinstance(across, tuple) else across
    where = QPoint(round(row.layout().position().x() + across),
                   round(line_rect(row, 0).center().y()))  # fmt: skip
    QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=where)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (SAID, ["https://a.example/b?c&d=1"]),
        ("<http://a.example/x>, file:///dev/zero.", ["http://a.example/x", "file:///dev/zero."]),
        ("![picture](/dev/zero)", ["/dev/zero"]),
        ("[no](two words) [open](x", []),
    ],
)
def test_addresses_are_found(said: str, wanted: list[str]) -> None:
    assert [each for _, _, each in addresses(said)] == wanted


@pytest.mark.parametrize("text", ["[" * 20_000, "[a](" * 20_000, "http:" * 20_000, "[a](b" * 9_000])
def test_time_is_linear_on_hostile_text(text: str) -> None:
    started = time.process_time()
    assert sum(1 for _ in addresses(text)) <= 9_000
    assert time.process_time() - started < 2.0


def test_a_click_where_markdown_is_read_tells_the_address(shown: Any, followed: list[Any]) -> None:
    made, told = transcript(shown, SAID, read=True)
    click(made, SAID, "shore")
    click(made, SAID, "low tide")
    assert told == ["https://a.example/b?c&d=1"]
    assert followed == []


def test_verbatim_a_link_is_text_like_any_other(shown: Any) -> None:
    made, told = transcript(shown, SAID, read=False)
    click(made, SAID, "shore")
    assert told == []


def test_on_the_page_too(shown: Any, loop: Any) -> None:
    page: Page = shown(Page(), 700, 400)
    page.show_passages("T", "", [Passage("a", "", "", "https://a.example/b")])
    loop.until(lambda: not page._slices.busy)
    told: list[str] = []
    page.linked.connect(lambda address, _: told.append(address))
    block = page.document().findBlockByNumber(1)
    where = line_rect(block, 0).topLeft().toPoint() + QPoint(12, 8)
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told == ["https://a.example/b"]
    page.set_style(read=False)
    loop.until(lambda: not page._slices.busy)
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert len(told) == 1


def test_the_address_is_copied_as_it_is_and_shown_for_what_it_is(shown: Any) -> None:
    made, _ = transcript(shown, SAID, read=True)
    told: list[str] = []
    address = "https://a.example/\u202egpj&x=1" + "y" * 200
    menu = offer(made, [address, address], QPoint(5, 5), told.append)
    (action,) = menu.actions()
    assert "\\u202e" in action.text()
    assert "&&x" in action.text()
    assert len(action.text()) < 100
    action.trigger()
    assert QGuiApplication.clipboard().text() == address
    assert len(told) == 1
    menu.close()


def test_a_lane_offers_to_copy(shown: Any, desk: Any, part: Any) -> None:
    desk.session.show(play(line("a", "r", SAID, order=1)))
    desk.session.set_lane(0, read=True)
    lane: LaneView = shown(LaneView(desk, 0), 500, 400)
    click(lane.text, SAID, "shore")
    (menu,) = lane.text.findChildren(QMenu)
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "https://a.example/b?c&d=1"
    menu.close()


def test_by_keys_all_addresses_of_a_line_are_offered(shown: Any) -> None:
    made, _ = transcript(shown, SAID, read=False)
    told: list[str] = []
    offer_all(made, f"{SAID} {SAID} and http://b.example", told.append)
    (menu,) = made.findChildren(QMenu)
    assert len(menu.actions()) == 2
    menu.close()
    offer_all(made, "Nothing here.", told.append)
    assert len(told) == 1
