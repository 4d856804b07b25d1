"""Menus and shortcuts, made from the table of actions."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from stage.play.line import Status
from stage.ui import theme
from stage.ui.actions import ACTIONS, MENUS, REASONS, Action, Needs

if TYPE_CHECKING:
    from stage.ui.window import Window


class Menus(QObject):
    """The menu bar and every action of the table, kept on or off with a reason."""

    def __init__(self, frame: "Window", bar: QMenuBar, owner: QWidget) -> None:
        """Fill a menu bar; shortcuts act in `owner`."""
        super().__init__(owner)
        self._frame = frame
        self._owner = owner
        self.actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        for title in MENUS:
            menu = bar.addMenu(title.replace("&", ""))
            self._reach(bar, menu, title)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self.refresh)
            theme.dress(menu, "menu")
            self._menus[title] = menu
        for action in ACTIONS:
            self._add(action)

    def add_to_transcript(self, text: QWidget) -> None:
        """Let the single-letter keys act while a transcript has the keyboard."""
        for action in ACTIONS:
            if action.layer == "transcript":
                text.addAction(self.actions[action.id])

    def refresh(self) -> None:
        """Set every action on or off; an off one says why."""
        for action in ACTIONS:
            made = self.actions[action.id]
            why = lacks(self._frame, action.needs)
            made.setEnabled(not why)
            made.setToolTip(why or made.text().replace("&", ""))
            if action.checked is not None:
                made.setChecked(action.checked(self._frame))

    def sheet(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Titles and keys, by menu."""
        return [
            (
                menu.replace("&", ""),
                [
                    (action.title.lstrip("-").removesuffix(" ..."), shown_keys(action.keys[0]))
                    for action in ACTIONS
                    if action.menu == menu and action.keys
                ],
            )
            for menu in MENUS
        ]

    def _reach(self, bar: QMenuBar, menu: QMenu, title: str) -> None:
        """Open a menu with Alt and its letter, without a line under the letter."""
        letter = title[title.index("&") + 1]
        opener = QAction(menu.title(), self._owner)
        opener.setShortcut(QKeySequence(f"Alt+{letter.upper()}"))
        opener.triggered.connect(partial(bar.setActiveAction, menu.menuAction()))
        self._owner.addAction(opener)

    def _add(self, action: Action) -> None:
        made = QAction(action.title.lstrip("-"), self._owner)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        alone = action.layer == "transcript"
        context = Qt.ShortcutContext
        made.setShortcutContext(context.WidgetShortcut if alone else context.WindowShortcut)
        made.setCheckable(action.checked is not None)
        made.triggered.connect(partial(self._do, action))
        self.actions[action.id] = made
        if not alone:
            self._owner.addAction(made)
        menu = self._menus.get(action.menu)
        if menu is not None:
            if action.title.startswith("-"):
                menu.addSeparator()
            menu.addAction(made)

    def _do(self, action: Action) -> None:
        why = lacks(self._frame, action.needs)
        if why:
            self._frame.desk.wishes.said.emit(self.tr(why))
        else:
            action.do(self._frame)


def lacks(window: "Window", needs: Needs) -> str:
    """Why an action cannot be done now; "" when it can."""
    there = _there(window)
    if needs == "nothing" or (there["play"] and there[needs]):
        return ""
    return REASONS[needs if there["play"] else "play"]


def _there(window: "Window") -> dict[Needs, bool]:
    session, turns = window.desk.session, window.desk.turns
    line = session.chosen_line()
    chosen = line is not None and line.parent is not None
    made = line is not None and line.model is not None and line.status is not Status.RUNNING
    return {
        "play": session.play is not None,
        "rest": not turns.waiting,
        "models": len(session.models) > 1,
        "running": turns.running > 0,
        "line": chosen,
        "generated": chosen and made,
        "ghost": window.desk.cues.haunted() is not None,
    }


def shown_keys(keys: str) -> str:
    """Keys as they are written on a keyboard."""
    return keys.replace("Return", "Enter")
