"""How one's own words are meant: as whom one types, what kind of line it is, who hears it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from stage.play.cast import Member
from stage.play.line import Kind
from stage.ui import words
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.icons import disc_icon
from stage.ui.widgets.fields import Choice

LEAST = 118  # pixels


class Meant(QWidget):
    """Three choices, one below the other, or beside it where there is little height.

    Signals:
        typed_as: the id of a member was chosen.
        changed: the kind, or who hears it.
    """

    typed_as = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Speech for everyone, by nobody yet."""
        super().__init__(parent)
        self.who = Choice(self.tr("Type as"), self)
        self.kinds = Choice(self.tr("Kind of line"), self)
        self.ears = Choice(self.tr("Who hears it"), self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for choice in self.stops():
            choice.setMinimumWidth(LEAST)
            choice.setIconSize(QSize(16, 16))
            column.addWidget(choice)
        column.addStretch(1)
        self.kinds.addItem(self.tr("as is usual"), None)
        for kind, title in words.TYPED.items():
            self.kinds.addItem(words.tr("words", title), kind)
        self.who.activated.connect(self._chose)
        self.kinds.activated.connect(self.changed)
        self.ears.activated.connect(self.changed)

    def stops(self) -> list[Choice]:
        """Where the keyboard stops, in order."""
        return [self.who, self.kinds, self.ears]

    def lie(self, low: bool) -> None:
        """Stand beside each other."""
        way = QBoxLayout.Direction
        self._column.setDirection(way.LeftToRight if low else way.TopToBottom)

    @property
    def kind(self) -> Kind | None:
        """The kind that was chosen; None: as is usual."""
        chosen = self.kinds.currentData()
        return None if chosen is None else Kind(chosen)

    @property
    def to(self) -> str | None:
        """Whom the words are meant for; None: everyone."""
        heard: str | None = self.ears.currentData()
        return heard if self.kind in words.ADDRESSED else None

    def offer(self, cast: Sequence[Member]) -> None:
        """Offer the members of a cast; whoever heard it goes on to."""
        heard = self.ears.currentData()
        self.who.clear()
        self.ears.clear()
        self.ears.addItem(self.tr("everyone"), None)
        for member in cast:
            for choice in (self.who, self.ears):
                choice.addItem(disc_icon(colour_index(member)), member.label, member.id)
        self.ears.setCurrentIndex(max(0, self.ears.findData(heard)))

    def begin(self, kind: object = None, to: object = None) -> None:
        """Choose a kind and who hears it; where there are no such ones, plain speech."""
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kind)))
        self.ears.setCurrentIndex(max(0, self.ears.findData(to)))

    def aim(self, me: str, chosen: str) -> None:
        """Offer ears for kinds that have some; a whisper is for one other: `chosen`, who is next.

        Args:
            me: as whom one types.
        """
        self.who.setCurrentIndex(max(0, self.who.findData(me)))
        self.ears.setVisible(self.kind in words.ADDRESSED)
        if self.kind is Kind.WHISPER and self.ears.currentData() in (None, me):
            known = map(self.ears.itemData, range(self.ears.count()))
            others = [each for each in known if each not in (None, me)]
            to = chosen if chosen in others else next(iter(others), None)
            self.ears.setCurrentIndex(max(0, self.ears.findData(to)))

    def _chose(self, at: int) -> None:
        self.typed_as.emit(str(self.who.itemData(at)))
