"""Who speaks next, and why: a chip a member, one of them chosen, and the rule's reason."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.play.cast import Member
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.dress.glyphs import colour_index
from stage.ui.members.asked import ask_of
from stage.ui.widgets.buttons import Chip
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided, label, plain_tip

LEAST = 13  # characters of a row of the reason


class NextUp(QWidget):
    """The cast as chips; a click lets a member speak next, a right click asks more of it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Show nobody yet."""
        super().__init__(parent)
        self._desk = desk
        self.chips: dict[str, Chip] = {}
        small = fonts.interface(fonts.SMALL)
        least = LEAST * QFontMetrics(small).averageCharWidth()
        self.reason = Elided(font=small, role=MUTED, rows=2, least=least, parent=self)
        self._who = who = QWidget(self)
        self._flow = Flow(who, spacing=6)
        self.name = label(self.tr("Next"), font=small, role=MUTED)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.name)
        row.addWidget(who)
        row.addWidget(self.reason, 1)

    def offer(self, cast: Sequence[Member]) -> None:
        """Show the members of a cast."""
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips.clear()
        for member in cast:
            chip = Chip(member.label, colour_index(member), self)
            chip.clicked.connect(partial(self._pick, member.id))
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(partial(self._ask, member.id))
            self._flow.addWidget(chip)
            self.chips[member.id] = chip

    def choose(self, chosen: str, reason: str) -> None:
        """Show who is next, by id, and why."""
        for member, chip in self.chips.items():
            chip.setChecked(member == chosen)
        self.reason.set_text(reason)
        self.name.setToolTip(plain_tip(reason) if reason else "")

    def lie(self, low: bool) -> None:
        """Where there is little height the reason is the tooltip alone, and chips have its room."""
        self.reason.setVisible(not low)
        self._row.setStretchFactor(self._who, int(low))

    def chosen(self) -> Chip | None:
        """The chip of the member who speaks next, else the first one."""
        chips = list(self.chips.values())
        return next((chip for chip in chips if chip.isChecked()), chips[0] if chips else None)

    def _pick(self, member: str) -> None:
        self._desk.session.pick(member)

    def _ask(self, member: str, at: QPoint) -> None:
        ask_of(self._desk, member, self.chips[member].mapToGlobal(at), self)
