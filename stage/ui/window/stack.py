"""Views behind each other; only the one in front is laid out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from stage.ui.pacing.painting import Pieced
from stage.ui.window.cover import Cover


class Stack(QWidget):
    """Shows one widget at a time, as large as itself.

    Qt's own stack asks every widget behind the front for its size whenever one changes, and
    dresses all of them anew at every turn.

    Signals:
        typed: something, for the view that the cover holds the place of.
    """

    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._front: QWidget | None = None
        self._coming: QWidget | None = None
        self._still = False
        self._cover = Cover(self)
        self._cover.typed.connect(self.typed)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Whatever room there is meanwhile, what is in front is laid out once, at the end."""
        self._still = True
        try:
            yield
        finally:
            self._still = False
            self._fill()

    @property
    def front(self) -> QWidget:
        """What is seen."""
        covered = self._front is None or not self._cover.isHidden()
        return self._cover if covered or self._front is None else self._front

    def add(self, widget: QWidget) -> None:
        """Take a widget in, behind what is seen."""
        widget.setParent(self)
        widget.hide()

    def expect(self, widget: QWidget) -> None:
        """What comes needs room: what is in front still is not laid out for that."""
        self._coming = widget

    def cover(self, name: str) -> None:
        """Lay a plain ground over what is in front, until what it stands for is turned to."""
        held = self._held()
        self._cover.setAccessibleName(name)
        self._cover.setGeometry(self.rect())
        self._cover.raise_()
        self._cover.show()
        if held:
            self._cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to(self, widget: QWidget) -> None:
        """Bring a widget to the front; a keyboard that was in the one before goes with it."""
        held, covered = self._held(), not self._cover.isHidden()
        before, self._front, self._coming = self._front, widget, None
        widget.setGeometry(self.rect())
        widget.show()
        if before is None or (before is widget and not covered):
            return
        if held:
            inside: QWidget | None = widget.focusWidget()
            (inside or widget).setFocus(Qt.FocusReason.OtherFocusReason)
        self._cover.hide()
        if before is not widget:
            before.hide()

    def pieces(self) -> Sequence[QWidget]:
        """What of the view that is seen next is painted in a turn of its own: all, or pieces."""
        seen = self._one()
        return seen.pieces() if isinstance(seen, Pieced) else (self,)

    def _held(self) -> bool:
        """Whether the keyboard is in what is seen."""
        now, seen = QApplication.focusWidget(), (self._front, self._cover)
        return any(now and each and (each is now or each.isAncestorOf(now)) for each in seen)

    def _one(self) -> QWidget | None:
        return self._coming or self._front

    def sizeHint(self) -> QSize:
        """That of the view in front."""
        seen = self._one()
        return super().sizeHint() if seen is None else seen.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """That of the view in front."""
        seen = self._one()
        return super().minimumSizeHint() if seen is None else seen.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is in front has all the room."""
        super().resizeEvent(event)
        self._cover.setGeometry(self.rect())
        self._fill()

    def _fill(self) -> None:
        if self._front is not None and self._coming is None and not self._still:
            self._front.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """What is in front may need more room than before."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
