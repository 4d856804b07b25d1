"""Following text that grows at its end, without fighting whoever reads further up."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QTextEdit

from stage.ui.dress import theme

NEAR = 64  # pixels from the end within which new text is followed


class Follower(QObject):
    """Keeps the end of a text in view while its reader is there.

    Attributes:
        newest: the button that goes to the end, seen only where it is of use.
    """

    def __init__(
        self, text: QTextEdit, ends: Callable[[], bool], to_end: Callable[[], object]
    ) -> None:
        """Follow the end of `text`.

        Args:
            ends: whether all at its end is written.
            to_end: has that written.
        """
        super().__init__(text)
        self._text, self._ends, self._to_end = text, ends, to_end
        self._bar = text.verticalScrollBar()
        self._held = False
        self.newest = QPushButton(self.tr("Jump to newest"), text)
        self.newest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.newest.setAccessibleName(self.tr("Jump to newest"))
        self.newest.clicked.connect(self.jump)
        self.newest.hide()
        theme.dress(self.newest, "float")
        self._bar.valueChanged.connect(self._scrolled)
        self._bar.rangeChanged.connect(self._ranged)

    def near_end(self) -> bool:
        """Whether what comes now should be followed."""
        return not self._held and self._near()

    def leads(self, to_end: bool, still: Callable[[], bool]) -> bool:
        """Whether the end is to be shown: it is wanted, or was followed.

        Args:
            still: whether what is read is there yet; whoever let go of the end stays at that.
        """
        if to_end and not (self._held and still()):
            self._held = False
            return True
        return self.near_end()

    def let_go(self) -> None:
        """The reader moved up: stay there, whatever comes."""
        self._held = True

    def after(self, follow: bool) -> None:
        """Text was added; `follow` as `near_end` said before that."""
        if follow and not self._held:
            self._bar.setValue(self._bar.maximum())
        self.newest.setVisible(not follow and not self._near())

    def jump(self) -> None:
        """Go to the end, and follow what comes."""
        self._held = False
        self._to_end()
        self._bar.setValue(self._bar.maximum())
        self.newest.hide()

    def place(self) -> None:
        """Put the button at the foot of the text."""
        size = self.newest.sizeHint()
        self.newest.resize(size)
        left = (self._text.width() - size.width()) // 2
        self.newest.move(left, self._text.height() - size.height() - 12)

    def _scrolled(self, value: int) -> None:
        if value >= self._bar.maximum() - 2 and self._ends():
            self._held = False
        if self._near():  # the end is in sight
            self.newest.hide()

    def _near(self) -> bool:
        return self._bar.maximum() - self._bar.value() <= NEAR and self._ends()

    def _ranged(self, low: int, high: int) -> None:
        self._bar.setEnabled(high > low)  # a disabled one is not drawn
