"""What can be asked of a member, wherever its name stands: a menu."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from stage.play.cast import Member
from stage.ui.desk.desk import Desk
from stage.ui.dress import theme
from stage.ui.members.offers import fall


class MemberMenu(QMenu):
    """A turn, a whisper, silence, the way off stage, the card; from where the lane stands on."""

    def __init__(self, desk: Desk, member: Member, parent: QWidget) -> None:
        """Offer what `member` can be asked now."""
        super().__init__(parent)
        self._desk, self._member = desk, member
        theme.dress(self, "menu")
        name, session = member.label.replace("&", "&&"), desk.session
        play, leaf = session.play, session.leaf()
        there = play is not None and leaf is not None and member.id in play.present(leaf.id)
        speaks = self.addAction(self.tr("Let {0} speak now").format(name), self._speak)
        speaks.setEnabled(there and not member.human and not desk.turns.waiting)
        to = self.addAction(self.tr("Whisper to {0}").format(name), self._whisper)
        to.setEnabled(there and member.id != session.typing_as)
        self.addSeparator()
        muted = self.tr("Take turns again") if member.muted else self.tr("Mute: take no turns")
        self.addAction(muted, partial(self._do, "mute", off=member.muted))
        if there:
            self.addAction(self.tr("Leave the stage"), partial(self._do, "exit"))
        else:
            self.addAction(self.tr("Come on stage"), partial(self._do, "enter"))
        self.addSeparator()
        self.addAction(self.tr("Let {0} play somebody ...").format(name), self._mask)
        fall(self, desk, member)
        self.addSeparator()
        card = self.tr("Card of {0} ...").format(name)
        self.addAction(card, partial(desk.wishes.member.emit, member.id))
        self.aboutToHide.connect(self.deleteLater)

    def _speak(self) -> None:
        self._desk.session.pick(self._member.id)
        self._desk.turns.speak()

    def _whisper(self) -> None:
        self._desk.wishes.whisper.emit(self._member.id)
        self._desk.wishes.focus.emit("composer")

    def _mask(self) -> None:
        self._desk.wishes.mask.emit(self._member.id)

    def _do(self, operation: str, **given: bool) -> None:
        leaf = self._desk.session.leaf()
        if leaf is not None:
            self._desk.steps.do(operation, leaf.id, member=self._member.label, **given)


def ask_of(desk: Desk, member_id: str, where: QPoint, parent: QWidget) -> None:
    """Show, at a place of the screen, what a member of the cast can be asked."""
    member = desk.session.member(member_id)
    if member is not None:
        MemberMenu(desk, member, parent).popup(where)
