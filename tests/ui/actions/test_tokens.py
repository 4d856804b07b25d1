"""Tokens by keys: looked at one by one, what else might have stood there, gone on from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.play.cast import Cast
from stage.play.line import Cut
from stage.ui.actions.needs import what_is_there
from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
from tests.ui.helpers import Evening, scene

ALT, CTRL, SHIFT = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier,
                    Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
Key = Qt.Key


def test_alternatives_are_cycled_and_gone_on_from_by_keys(
    desk: Desk, shown: Any, loop: Any, monkeypatch: Any
) -> None:
    window = shown(Window(desk), 1280, 800)
    window.menus.do("transcript")
    text = window.centre.lanes[0].text
    panel = window.right.panels["alternatives"]
    loop.until(lambda: bool(panel.list.options.rows))
    branched: list[int] = []
    monkeypatch.setattr(desk.looks, "branch", lambda sight, at, choice: branched.append(choice))
    QTest.keyClick(text, Key.Key_Period)
    assert panel.about.text() == "2 of 3"
    QTest.keyClick(text, Key.Key_Period, ALT)
    assert "Alternative 1 of 1" in window.foot.notice.text()
    assert window.foot.notice.text().endswith("Alt+Enter goes on from it.")
    window.menus.refresh()
    assert window.menus.actions["stand"].text() == "Go on from the alternative token"
    QTest.keyClick(text, Key.Key_Return, ALT)
    assert branched == [91]
    QTest.keyClick(text, Key.Key_Comma)  # another token: nothing is cycled to there
    desk.session.choose("a")
    QTest.keyClick(text, Key.Key_Return, ALT)
    assert branched == [91]
    assert desk.session.lanes[0].leaf == "a", "it goes on from the line again"


def test_a_click_with_keys_held_means_a_line_or_a_token(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    text = window.centre.lanes[0].text
    loop.until(lambda: desk.looks.sight("b1", "chat") is not None)
    looked: list[tuple[str, int]] = []
    desk.wishes.token.connect(lambda line, token: looked.append((line, token)))
    cursor = text.textCursor()
    cursor.setPosition(text.script.row(1, 0).position() + 2)
    where = text.cursorRect(cursor).center()
    above = text._ink.area(0, text._view()).center().toPoint()
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, CTRL | SHIFT, above)
    assert desk.session.chosen == "a"
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, ALT, where)
    assert (desk.session.chosen, looked) == ("b1", [("b1", 1)])
    assert not text.textCursor().hasSelection()
    desk.prefs.set("keys", "pyloom")
    asked: list[str] = []
    desk.wishes.action.connect(asked.append)
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, CTRL | ALT, where)
    assert asked == ["split"]


@pytest.mark.models
def test_a_line_goes_on_token_for_token_however_it_ended(evening: Evening) -> None:
    evening.begin(scene(tokens=6))
    session = evening.desk.session
    evening.do(session.pick, "ada")
    evening.press(Key.Key_Return, CTRL)
    evening.rest()
    said = session.leaf()
    told = evening.loop.run(evening.director.line(said.id))
    evening.window.menus.do("resume")
    evening.loop.until(lambda: session.leaf().id != said.id, 60)
    evening.rest()
    further = session.leaf()
    assert (further.parent, further.speaker) == (said.parent, said.speaker)
    goes_on = evening.loop.run(evening.director.line(further.id))
    mark = goes_on.batch["begun"]
    assert mark["of"] == said.id
    assert 0 < mark["tokens"] <= len(told.tokens)
    before, after = ([one["id"] for one in each.tokens] for each in (told, goes_on))
    # Where the model ended the line itself, another token stands in place of the one that ended it.
    same = mark["tokens"] - (said.reason is not Cut.LENGTH)
    assert after[:same] == before[:same]
    # What was begun may go on as somebody's label: the line ends before it then.
    labelled = further.reason in (Cut.LABEL, Cut.NEW_NAME) and said.text.startswith(further.text)
    assert further.text.startswith(said.text) or labelled
    evening.do(session.choose, session.path(0)[0].id)
    assert not what_is_there(evening.window)["generated"], "what was typed has no model"


@pytest.mark.models
def test_a_loom_goes_on_within_a_word_and_typed_words_are_looked_at(evening: Evening) -> None:
    usual = scene(tokens=5)
    prose = [replace(each, actor=replace(each.actor, frame="prose")) for each in usual.cast]
    evening.begin(replace(usual, cast=Cast(prose)))
    session, desk = evening.desk.session, evening.desk
    for _ in range(3):
        evening.do(session.pick, "ada")
        evening.press(Key.Key_Return, CTRL)
        evening.rest()
    first, *takes = session.path(0)
    whole = "".join(each.text for each in takes)
    assert any(each.text != each.text.strip() for each in takes), [each.text for each in takes]
    evening.do(session.pick, "ada")
    evening.press(Key.Key_Return, CTRL)
    evening.rest()
    told = evening.loop.run(evening.director.line(session.leaf().id))
    sent, said = ("".join(each.split()) for each in (told.prompt["text"], first.text + whole))
    assert sent.endswith(said), "no name stands between"
    evening.do(session.choose, first.id)
    evening.do(evening.window.menus.do, "token-after")
    looks = desk.looks
    evening.loop.until(lambda: looks.sight(first.id, looks.own(first)) is not None, 60)
