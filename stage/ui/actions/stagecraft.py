"""What actions do with the cast and with what prompts hold: rule, masks, comings, summaries."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QMenu

from stage.director.cards import known
from stage.kit.tasks import spawn
from stage.ui.actions.needs import Needs
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.mask import Mask
from stage.ui.dialogs.ruling import Ruling
from stage.ui.dialogs.summaries import Summaries
from stage.ui.members import offers

if TYPE_CHECKING:
    from stage.ui.window.window import Window

Offer = tuple[str, str, Needs, Callable[["Window"], object]]


def offered() -> list[Offer]:
    """Ids, titles, needs and doings, for the table of actions."""
    return [
        ("rule", "-How it is found who speaks next ...", "play", lambda f: f.craft.rule()),
        ("rule-settings", "Settings of who speaks next ...", "play", lambda f: f.craft.ruling()),
        ("come-and-go", "Bring on stage, or send off ...", "play", lambda f: f.craft.come_and_go()),
        ("mask-on", "Put a mask on ...", "rest", lambda f: f.craft.mask_on()),
        ("mask-off", "Take a mask off ...", "masked", lambda f: f.craft.mask_off()),
        ("summaries", "Summaries ...", "rest", lambda f: f.craft.summaries()),
    ]


class Stagecraft(QObject):
    """Asks over a window what is to be another way."""

    def __init__(self, window: "Window") -> None:
        """Ask over `window`."""
        super().__init__(window)
        self._window, self._desk = window, window.desk
        window.desk.wishes.mask.connect(self.mask_on)

    def rule(self) -> None:
        """Offer the ways to find who speaks next."""
        self._show(offers.rules(self._desk, self._window))

    def ruling(self) -> None:
        """Ask for a rule and its settings."""
        play = self._desk.session.play
        if play is not None:
            spawn(self._ask_rule(Ruling(play, self._window), play.start), name="rule")

    def come_and_go(self) -> None:
        """Offer who may come on stage, or leave it."""
        self._show(offers.coming(self._desk, self._window))

    def mask_off(self) -> None:
        """Offer whose mask may fall."""
        self._show(offers.falling(self._desk, self._window))

    def mask_on(self, member: str = "") -> None:
        """Ask who plays whom from here on."""
        cast = self._desk.session.cast
        if cast:
            dialog = Mask(cast, self._window)
            dialog.choose(member)
            spawn(self._ask_mask(dialog), name="mask")

    def summaries(self) -> None:
        """Show the summaries of the branch, and offer another one."""
        play, leaf = self._desk.session.play, self._desk.session.leaf()
        if play is not None and leaf is not None:
            spawn(self._ask_summary(Summaries(play, leaf.id, self._window)), name="summaries")

    async def _ask_mask(self, dialog: Mask) -> None:
        leaf = self._desk.session.leaf()
        dialog.offer(await known())
        if await ask(dialog) == QDialog.DialogCode.Accepted.value and leaf is not None:
            self._desk.steps.do("layer_on", leaf.id, **dialog.keys)

    async def _ask_rule(self, dialog: Ruling, start: str) -> None:
        await ask(dialog)
        if dialog.asked is not None:
            self._desk.steps.do("rule", start, **dialog.asked)

    async def _ask_summary(self, dialog: Summaries) -> None:
        await ask(dialog)
        if dialog.asked is not None:
            operation, line, given = dialog.asked
            self._desk.steps.do(operation, line, **given)

    def _show(self, menu: QMenu) -> None:
        beside = self._window.centre.composer.next.name
        menu.popup(beside.mapToGlobal(QPoint(0, 0)))
        first = next(iter(menu.actions()), None)
        if first is not None:
            menu.setActiveAction(first)
