"""What a screen reader takes the parts for that paint themselves: Qt knows their names only."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLES = {  # by class
    "Canvas": QAccessible.Role.Canvas,
    "Nothing": QAccessible.Role.StaticText,
}


@cache
def install() -> None:
    """Tell Qt, once for the whole process."""
    QAccessible.installFactory(_interface)


def _interface(name: str, part: QObject) -> QAccessibleWidget | None:
    role = ROLES.get(name)
    return QAccessibleWidget(part, role) if role and isinstance(part, QWidget) else None
