"""How one's own words are meant: as whom one types, what kind of line it is, who hears it.

What was chosen counts for one line, unless it is kept for those to come.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from stage.play.cast import Member
from stage.play.line import Kind
from stage.ui import hints, words
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.icons import disc_icon
from stage.ui.widgets.fields import Check, Choice

LEAST = 118  # pixels


class Meant(QWidget):
    """Three choices and a box that keeps the last two; beside each other with little height.

    Signals:
        typed_as: the id of a member was chosen.
        changed: the kind, who hears it, or whether that is kept.
    """

    typed_as = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Speech for everyone, by nobody yet."""
        super().__init__(parent)
        self.who = Choice(self.tr("Type as"), self)
        self.kinds = Choice(self.tr("Kind of line"), self)
        self.ears = Choice(self.tr("Who hears it"), self)
        self.kept = Check(self.tr("Keep it so"), self)
        self.kept.setAccessibleName(self.tr("Mean the lines to come so, too"))
        self.kept.setToolTip(self.tr("Kind and ears stay as they are for the lines to come"))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for choice in (self.who, self.kinds, self.ears):
            choice.setMinimumWidth(LEAST)
            choice.setIconSize(QSize(16, 16))
            column.addWidget(choice)
        column.addWidget(self.kept)
        column.addStretch(1)
        self.kinds.addItem(self.tr("as is usual"), None)
        for kind, title in words.TYPED.items():
            self.kinds.addItem(words.tr("words", title), kind)
        hints.explain(self.kinds, hints.KINDS)
        self.who.activated.connect(self._chose)
        self.kinds.activated.connect(self.changed)
        self.ears.activated.connect(self.changed)
        self.kept.clicked.connect(self.changed)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [self.who, self.kinds, self.ears, self.kept]

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
        at = self.ears.findData(heard)
        self.ears.setCurrentIndex(max(0, at))
        if heard is not None and at < 0 and self.kept.isChecked():
            self.begin()  # what was for one who is gone is never told to somebody else

    def begin(self, kind: object = None, to: object = None, *, kept: bool = False) -> None:
        """Choose a kind and who hears it; where there are no such ones, plain speech."""
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kind)))
        self.ears.setCurrentIndex(max(0, self.ears.findData(to)))
        self.kept.setChecked(kept and self.kind is not None)

    def go_on(self) -> None:
        """What was meant so was said; what comes is plain speech again, unless it is kept."""
        if not self.kept.isChecked():
            self.begin()

    def aim(self, me: str, chosen: str) -> None:
        """Offer ears for kinds that have some; a whisper is for one other: `chosen`, who is next.

        Args:
            me: as whom one types.
        """
        self.who.setCurrentIndex(max(0, self.who.findData(me)))
        self.ears.setVisible(self.kind in words.ADDRESSED)
        self.kept.setVisible(self.kind is not None)
        self.kept.setChecked(self.kept.isChecked() and self.kind is not None)
        if self.kind is Kind.WHISPER and self.ears.currentData() in (None, me):
            known = map(self.ears.itemData, range(self.ears.count()))
            others = [each for each in known if each not in (None, me)]
            to = chosen if chosen in others else next(iter(others), None)
            self.ears.setCurrentIndex(max(0, self.ears.findData(to)))

    def _chose(self, at: int) -> None:
        self.typed_as.emit(str(self.who.itemData(at)))


def types_now(before: Sequence[Member], now: Sequence[Member], me: str) -> str:
    """As whom one types where a cast became another one.

    Where somebody else is played by a person, and oneself is not: as that one.
    """
    were, are = ([each.id for each in cast if each.human] for cast in (before, now))
    if me in are or were == are or not are:
        return me
    return next((each for each in are if each not in were), are[0])
