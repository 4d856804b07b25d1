from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from stage.ui.delegates.rows import BELOW
from stage.ui.desk.desk import Desk
from stage.ui.panels.cast import CastPanel


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


def test_enter_lets_a_member_speak_next(desk: Desk, shown: Any) -> None:
    made = shown(CastPanel(desk), 260, 300)
    made._list.setCurrentIndex(made._list.model().index(1, 0))
    QTest.keyClick(made._list, Qt.Key.Key_Return)
    assert desk.session.picked == "ben"
    QTest.keyClick(made._list, Qt.Key.Key_Return)
    assert desk.session.picked == "ben"
