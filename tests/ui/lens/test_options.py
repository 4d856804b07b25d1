from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from stage.ui.lens.options import OptionList
from stage.ui.models.options import Option, Part, options
from tests.ui.lens.test_sight import sight


def test_enter_and_the_mark_branch_and_letters_find(shown: Any) -> None:
    made = shown(OptionList("Alternatives", None), 300, 120)
    wanted: list[tuple[str, bool]] = []
    stepped: list[int] = []
    made.wanted.connect(lambda option, other: wanted.append((option.words, other)))
    made.stepped.connect(stepped.append)
    QTest.keyClick(made, Qt.Key.Key_Return)
    made.begin()
    assert made.chosen() is None
    rows = options([(sight((b" keep", -4.0), text="keep"), 0)], 0)
    made.options.show_options(("base",), [*rows, Option("zebra", (Part(7, 0.01),))])
    made.begin()
    chosen = made.chosen()
    assert chosen is not None
    assert chosen.words == "other"  # the first that was not taken
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(made, "ze")
    QTest.keyClick(made, Qt.Key.Key_Enter)
    assert wanted == [("other", False), ("other", True), ("zebra", False)]
    QTest.keyClicks(made, ".,")
    assert stepped == [1, -1]
    port, row = made.viewport(), made.visualRect(made.options.index(1))
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(30, row.center().y()))
    assert len(wanted) == 3
    right = QPoint(port.width() - 6, row.center().y())
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=right)
    assert wanted[-1] == ("keep", False)
