"""Another scheme for what is not seen now: a little at a time, or at the moment it is shown."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

Later = Callable[[Callable[[], object]], object]


class Fitting(QObject):
    """Widgets that still have the look of the scheme before; nobody sees them in it."""

    def __init__(
        self,
        widgets: Iterable[QWidget],
        wear: Callable[[QWidget], None],
        later: Later,
        parent: QObject,
    ) -> None:
        """Begin.

        Args:
            wear: gives one widget its look.
            later: what is done with it has its turn soon, such as `Agenda.add`.
        """
        super().__init__(parent)
        self._left = dict.fromkeys(widgets)
        self._wear, self._later = wear, later
        for each in self._left:
            each.installEventFilter(self)
        later(self._next)

    def _next(self) -> None:
        if not self._left:
            self.deleteLater()
            return
        self._fit(next(iter(self._left)))
        self._later(self._next)

    def _fit(self, widget: QWidget) -> None:
        del self._left[widget]
        if isValid(widget):
            widget.removeEventFilter(self)
            self._wear(widget)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Whoever is shown before its turn wears it before it is painted."""
        if event.type() == QEvent.Type.Show and isinstance(thing, QWidget) and thing in self._left:
            self._fit(thing)
        return False
