from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from stage.play.cast import Cast, Layer
from stage.play.line import Kind
from stage.play.persona import persona
from stage.ui.delegates.rows import ASIDE, AWAY, BELOW
from stage.ui.desk.desk import Desk
from stage.ui.panels.cast import CastPanel
from tests.ui.helpers import Part, line


def test_members_say_who_plays_them(desk: Desk, shown: Any) -> None:
    made = shown(CastPanel(desk), 260, 300)
    rows = made._list.model()
    QAbstractItemModelTester(rows, made)
    said = [(rows.index(at).data(), rows.index(at).data(BELOW)) for at in range(rows.rowCount())]
    assert said == [("Ada", "stage-base"), ("Ben", "stage-chat"), ("Guest", "human")]
    assert "diamond" in rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not made._none.isVisible()
    desk.session.show(None)
    assert rows.rowCount() == 0
    assert made._none.isVisible()


def test_of_a_mask_it_is_told_who_wears_it(desk: Desk, part: Part, shown: Any) -> None:
    ada, *others = part.play.scene.cast
    masked = ada.wearing([Layer("Rex", persona("Rex")), Layer("Odo", persona("Odo"))])
    part.play.scene = replace(part.play.scene, cast=Cast([masked, *others]))
    rows = shown(CastPanel(desk), 260, 300)._list.model()
    assert rows.index(0).data() == "Odo"
    assert rows.index(0).data(BELOW) == "stage-base · mask of Rex, Ada"


def test_who_is_off_stage_is_told_in_words_and_by_a_struck_disc(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(CastPanel(desk), 260, 300)
    rows = made._list.model()
    assert [rows.index(at).data(AWAY) for at in range(3)] == [False, False, False]
    before = made.grab().toImage()
    part.play.tree.add(line("x", "b1", "Ben leaves.", "ben", kind=Kind.EXIT, model=None))
    desk.session.move(0, "x")
    loop.settle()
    assert [rows.index(at).data(AWAY) for at in range(3)] == [False, True, False]
    assert rows.index(1).data(ASIDE) == "off stage"
    assert "off stage" in rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert made.grab().toImage() != before
    part.play.tree.add(line("y", "x", "Ben enters.", "ben", kind=Kind.ENTER, model=None))
    desk.session.move(0, "y")
    loop.settle()
    assert rows.index(1).data(ASIDE) == ""


def test_enter_lets_a_member_speak_next(desk: Desk, shown: Any) -> None:
    made = shown(CastPanel(desk), 260, 300)
    made._list.setCurrentIndex(made._list.model().index(1, 0))
    QTest.keyClick(made._list, Qt.Key.Key_Return)
    assert desk.session.picked == "ben"
    QTest.keyClick(made._list, Qt.Key.Key_Return)
    assert desk.session.picked == "ben"
