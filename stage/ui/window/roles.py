"""What a screen reader takes the parts for that paint themselves: Qt knows their names only."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget
from shiboken6 import isValid

Role = QAccessible.Role


class Pressed(QAccessibleWidget):
    """A button: pressed like any other, and, where it can be, checked or not."""

    def _button(self) -> QAbstractButton | None:
        part = self.object()
        return part if isinstance(part, QAbstractButton) and isValid(part) else None

    def state(self) -> QAccessible.State:
        """Whether it is the chosen one."""
        made, button = super().state(), self._button()
        if button is not None:
            made.checkable = int(button.isCheckable())
            made.checked = int(button.isChecked())
            made.pressed = int(button.isDown())
        return made

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        """What it can be asked for."""
        return [self.pressAction(), self.setFocusAction()]

    def doAction(self, actionName: str) -> None:  # noqa: N802, N803 - Qt's names
        """Press it, or put the keyboard on it."""
        button = self._button()
        if button is None or not button.isEnabled():
            return
        if actionName == self.pressAction():
            button.click()
        elif actionName == self.setFocusAction():
            button.setFocus()


def _painted(role: QAccessible.Role) -> Callable[[QWidget], QAccessibleWidget]:
    return lambda part: QAccessibleWidget(part, role)


def _choice(part: QWidget) -> QAccessibleWidget:
    """One of a few, of which one is chosen; else a button, which may open a menu."""
    alone = not (isinstance(part, QAbstractButton) and part.isCheckable())
    menu = getattr(part, "opens", False)
    return Pressed(part, Role.ButtonMenu if menu else Role.Button if alone else Role.RadioButton)


KINDS: dict[str, Callable[[QWidget], QAccessibleWidget]] = {  # by class
    "Canvas": _painted(Role.Canvas),
    "Nothing": _painted(Role.StaticText),
    "Rail": _painted(Role.Grouping),
    "Place": _choice,
    "Segment": _choice,
    "Chip": _choice,
}


@cache
def install() -> None:
    """Tell Qt, once for the whole process."""
    QAccessible.installFactory(_interface)


def _interface(name: str, part: QObject) -> QAccessibleWidget | None:
    kind = KINDS.get(name)
    return kind(part) if kind and isinstance(part, QWidget) else None
