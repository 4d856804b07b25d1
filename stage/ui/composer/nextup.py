"""Who speaks next: a chip a member, one of them chosen."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.play.cast import Member
from stage.ui.desk.desk import Desk
from stage.ui.dress.glyphs import colour_index
from stage.ui.members.asked import ask_of
from stage.ui.widgets.buttons import Chip, Link
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import plain_tip

GAP, BESIDE = 6, 10  # pixels


class NextUp(QWidget):
    """The cast as chips; a click lets a member speak next, a right click asks more of it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Show nobody yet."""
        super().__init__(parent)
        self._desk = desk
        self.chips: dict[str, Chip] = {}
        who = QWidget(self)
        self._flow = Flow(who, spacing=GAP)
        self.name = Link(self.tr("Next \u25be"), self)
        self.name.setAccessibleName(self.tr("How it is found who speaks next"))
        self.name.clicked.connect(partial(desk.wishes.action.emit, "rule"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BESIDE)
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)  # beside the first row of chips
        row.addWidget(who, 1)

    def offer(self, cast: Sequence[Member]) -> None:
        """Show the members of a cast, on the chips there are as far as they go."""
        chips = list(self.chips.values())
        for chip in chips[len(cast) :]:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        if len(chips) < len(cast):
            self._flow.setEnabled(False)  # else the whole window is laid out for each chip
            chips += [self._made() for _ in cast[len(chips) :]]
            self._flow.setEnabled(True)
            self.name.setFixedHeight(chips[0].sizeHint().height())
        self.chips = {}
        for member, chip in zip(cast, chips, strict=False):
            chip.become(member.label, colour_index(member))
            self.chips[member.id] = chip

    def _made(self) -> Chip:
        chip = Chip("", 0, self)
        chip.clicked.connect(partial(self._pick, chip))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(partial(self._ask, chip))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def choose(self, chosen: str, reason: str) -> None:
        """Show who is next, by id, and why."""
        for member, chip in self.chips.items():
            chip.setChecked(member == chosen)
        self.name.setToolTip(plain_tip(reason) if reason else "")

    def tell_away(self, there: Collection[str]) -> None:
        """Tell who of the cast is not on stage."""
        for member, chip in self.chips.items():
            chip.stand_apart("" if member in there else self.tr("off stage"))

    def chosen(self) -> Chip | None:
        """The chip of the member who speaks next, else the first one."""
        chips = list(self.chips.values())
        return next((chip for chip in chips if chip.isChecked()), chips[0] if chips else None)

    def _pick(self, chip: Chip) -> None:
        self._desk.session.pick(self._member(chip))

    def _ask(self, chip: Chip, at: QPoint) -> None:
        ask_of(self._desk, self._member(chip), chip.mapToGlobal(at), self)

    def _member(self, chip: Chip) -> str:
        return next(member for member, each in self.chips.items() if each is chip)
