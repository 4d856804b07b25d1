"""What the user prefers: changed in one place, applied at once wherever it shows, and kept."""

from collections.abc import Callable
from copy import copy
from dataclasses import fields
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.kit.settings import Settings

NAMES = tuple(each.name for each in fields(Settings) if each.name != "unknown")
_USUAL = Settings()


class Preferences(QObject):
    """Settings that tell when they change.

    Signals:
        changed: the name of a setting that has another value.
    """

    changed = Signal(str)

    def __init__(
        self, settings: Settings, keep: Callable[[], None], parent: QObject | None = None
    ) -> None:
        """Change `settings`; `keep` writes them down."""
        super().__init__(parent)
        self._settings = settings
        self._keep = keep

    def get(self, name: str) -> Any:
        """The value of a setting."""
        return getattr(self._settings, name)

    def usual(self, name: str) -> Any:
        """The value it has when nobody chose one."""
        return getattr(_USUAL, name)

    def set(self, name: str, value: Any) -> None:
        """Choose a value; it is applied and kept at once."""
        if self.get(name) != value:
            setattr(self._settings, name, copy(value))
            self._keep()
            self.changed.emit(name)

    def reset(self, name: str) -> None:
        """Choose the usual value again."""
        self.set(name, copy(self.usual(name)))
