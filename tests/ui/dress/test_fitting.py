from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import delete

from stage.ui.dress import theme
from stage.ui.dress.tokens import DARK, LIGHT


class Todo(list[Callable[[], object]]):
    """What has its turn later."""

    def turn(self) -> None:
        self.pop(0)()


def pages(shown: Any, count: int) -> list[QWidget]:
    """Dressed pages in one window; only the first is seen."""
    window = QWidget()
    column, made = QVBoxLayout(window), [QWidget() for _ in range(count)]
    for each in made:
        theme.dress(each, "page")
        column.addWidget(each)
        each.setVisible(each is made[0])
    shown(window, 200, 200)
    return made


def test_what_is_seen_changes_at_once_and_the_rest_a_little_at_a_time(
    qapp: QApplication, shown: Any
) -> None:
    seen, *hidden = pages(shown, 3)
    todo = Todo()
    theme.apply(qapp, "dark", todo.append)
    assert theme.tokens(seen) is DARK
    assert [theme.tokens(each) for each in hidden] == [LIGHT, LIGHT]
    worn = []
    while todo:
        todo.turn()
        worn.append(sum(theme.tokens(each) is DARK for each in hidden))
    assert set(worn) == {0, 1, 2} or set(worn) == {1, 2}
    assert max(after - before for before, after in zip([0, *worn], worn, strict=False)) == 1


def test_what_is_shown_before_its_turn_is_never_seen_in_the_old_scheme(
    qapp: QApplication, shown: Any, qtbot: Any
) -> None:
    seen, hidden, gone = pages(shown, 3)
    todo, schemes = Todo(), list[Any]()
    theme.apply(qapp, "dark", todo.append)
    todo.turn()  # they are looked for
    hidden.paintEvent = lambda event: schemes.append(theme.tokens(hidden))
    hidden.show()
    qtbot.waitUntil(lambda: bool(schemes), timeout=20_000)
    assert set(schemes) == {DARK}
    delete(gone)
    while todo:
        todo.turn()
    assert theme.tokens(seen) is DARK


def test_two_changes_in_a_row_end_in_the_last_one(qapp: QApplication, shown: Any) -> None:
    made = pages(shown, 3)
    todo = Todo()
    theme.apply(qapp, "dark", todo.append)
    theme.apply(qapp, "light", todo.append)
    while todo:
        todo.turn()
    assert {theme.tokens(each) for each in made} == {LIGHT}
