"""How long takes may get: the length that the actors of members have, changed from here on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from stage.play.cast import Member
from stage.play.sampling import BASE
from stage.ui import words
from stage.ui.desk.steps import Steps
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import plain_tip

LENGTHS = (16, 32, 64, 120, 200, 300, 500, 1_000, 2_000)  # tokens
NARROW = 8  # characters; a longer number is cut short, its tooltip is not


class Length(Choice):
    """The length of the takes of some members; choosing another one is a step to undo."""

    def __init__(self, steps: Steps, parent: QWidget | None = None) -> None:
        """Show nobody's length yet."""
        super().__init__(self.tr("How long a take may get"), parent)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(NARROW)
        self._steps = steps
        self._shown: tuple[object, ...] = ()
        self._members: Sequence[Member] = ()
        self._line = ""
        self.activated.connect(self._chosen)
        self.show_of((), "")

    def show_of(self, members: Sequence[Member], line: str) -> None:
        """Show the length of the takes of members that models play.

        Args:
            line: from which on another length counts.
        """
        shown = (line, tuple(members))
        if shown == self._shown:
            return
        self._shown, self._members, self._line = shown, members, line
        there = sorted({length_of(each) for each in members})
        self.clear()
        if len(there) > 1:
            self.addItem(self.tr("{0} to {1} tokens").format(there[0], there[-1]), None)
        for length in sorted({*LENGTHS, *there}):
            self.addItem(words.count(length, "token"), length)
        at = self.findData(there[0] if len(there) == 1 else None)
        self.setCurrentIndex(max(0, at) if there else self.findData(BASE.max_tokens))
        self.setEnabled(bool(members and line))
        names = ", ".join(each.label for each in members)
        said = self.tr("A take of {0} may get as long as this, from here on: {1}")
        said = said.format(names, self.currentText()) if names else self.accessibleName()
        self.setToolTip(plain_tip(said))

    def _chosen(self, at: int) -> None:
        length = self.itemData(at)
        others = [each.label for each in self._members if length_of(each) != length]
        if length is not None and others:  # one choice is one step to undo
            self._steps.do("recast", self._line, member=", ".join(others), length=length)


def length_of(member: Member) -> int:
    """How many tokens a take of a member may take."""
    return (member.actor.sampler or BASE).max_tokens
