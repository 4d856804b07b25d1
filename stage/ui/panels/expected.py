"""Whom a model expects to speak next: a bar for each of the cast, and one for somebody new."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from stage.director.opened import OpenPlay
from stage.play.chances import Chances
from stage.ui.actions.table import key_of
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.dress.glyphs import colour_index
from stage.ui.pacing.soon import Soon
from stage.ui.panels.panel import Panel
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, Elided, heading, label, plain_tip
from stage.ui.widgets.shares import Share, Shares


class ExpectedPanel(QWidget):
    """The model asked, its bars, what is left of them; a row to ask until that was done."""

    def __init__(self, desk: Desk) -> None:
        """Follow the desk's cues."""
        super().__init__()
        self._desk = desk
        self._barred = False  # something was known in this play: bars keep their place
        self.shares = Shares(self.tr("Expected next"), self)
        self.by = Link("", self)
        self.by.clicked.connect(self.offer)
        self.ask = Link(self.tr("Ask"), self)
        self.ask.setAccessibleName(self.tr("Ask the model whom it expects"))
        self.ask.clicked.connect(desk.cues.expect)
        self.key = label(font=fonts.interface(fonts.TINY), role=MUTED)
        self.state = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._lay_out()
        self._soon = Soon(self._show, self, agenda=desk.session.agenda)
        desk.cues.changed.connect(self._soon.ask)
        desk.prefs.changed.connect(self._soon.ask)
        desk.session.opened.connect(self._opened)
        if desk.session.play is None:
            self.hide()  # shown by whoever holds it: alone it would be a window
        self._soon.ask()

    def _lay_out(self) -> None:
        head, asking = QHBoxLayout(), QHBoxLayout()
        for row in (head, asking):
            row.setSpacing(8)
        head.addWidget(heading(self.tr("Who speaks next")), 1)
        head.addWidget(self.by)
        asking.addWidget(self.state, 1)
        asking.addWidget(self.ask)
        asking.addWidget(self.key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.shares)
        column.addLayout(asking)
        self.state.setMinimumHeight(self.ask.sizeHint().height())  # nothing moves when it goes

    def _opened(self) -> None:
        self._barred = False
        self.setVisible(self._desk.session.play is not None)
        self._soon.ask()

    def _show(self) -> None:
        """Show what is known of the place where the current lane stands."""
        cues, play = self._desk.cues, self._desk.session.play
        if play is None or not self.isVisible():
            return
        chances = cues.chances()
        self._name_model(play)
        self._say(chances)
        self.ask.setVisible(chances is None)
        busy = self._desk.turns.waiting
        self.ask.setEnabled(not cues.asking and not busy)
        self.ask.setToolTip(self.tr("A line is still being said.") if busy else "")
        key = key_of("expect", self._desk.settings.keys)
        self.key.setText(key)
        self.key.setVisible(chances is None and bool(key))
        self._barred |= chances is not None
        self.shares.setVisible(self._barred)
        self.shares.show_shares(self._known(chances) if chances else self._unknown())

    def _say(self, chances: Chances | None) -> None:
        """What of all mass begins no new line; the shares are of that which does."""
        if chances is None:
            asking = self._desk.cues.asking
            self.state.set_text(self.tr("asking ...") if asking else self.tr("not asked yet"))
            self.setToolTip("")
            return
        parts = [Share("", each).figure for each in (chances.goes_on, chances.ends)]
        said = self.tr("Before a name: goes on {0}, ends {1}").format(*parts)
        if chances.nameless:
            said = self.tr("Hardly a name: goes on {0}, ends {1}").format(*parts)
        self.state.set_text(said)
        whole = self.tr("Before any name: the line goes on {0}, the text ends {1}.")
        self.setToolTip(plain_tip("\n".join((whole.format(*parts), *chances.notes))))

    def _known(self, chances: Chances) -> list[Share]:
        """The largest share first: where there are too many rows, the least are left out."""
        next_ = self._desk.session.decision().queue[:1]
        cast = {each.id: each for each in self._desk.session.cast}
        found = [
            Share(cast[each.member].label, each.p, colour_index(cast[each.member]),
                  each.member in next_)
            for each in chances.candidates if each.member in cast
        ]  # fmt: skip
        if chances.someone_new:
            found.append(Share(self.tr("someone new"), chances.someone_new, most=True))
        return sorted(found, key=lambda each: -(each.share or 0.0))

    def _unknown(self) -> list[Share]:
        """As many rows as there will be."""
        cast = self._desk.session.cast
        known = [Share(each.label, None, colour_index(each)) for each in cast]
        return [*known, Share(self.tr("someone new"), None, most=True)]

    def _name_model(self, play: OpenPlay) -> None:
        title = play.title_of(self._desk.cues.model)
        several = len(self._desk.session.models) > 1
        self.by.set_text(self.tr("{0} \u25be").format(title) if several else title)
        self.by.setAccessibleName(self.tr("Expected by {0}; ask another model").format(title))
        self.by.setEnabled(several)

    def offer(self) -> None:
        """Open a menu of the models that can be asked."""
        menu = self.menu()
        menu.popup(self.by.mapToGlobal(self.by.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The play's models; the one asked is marked."""
        menu, play = QMenu(self), self._desk.session.play
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(menu, "menu")
        for name in play.scene.models if play is not None else ():
            assert play is not None
            action = menu.addAction(play.title_of(name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self._desk.cues.model)
            action.triggered.connect(partial(self._desk.cues.ask_by, name))
        return menu

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, show what is known."""
        super().showEvent(event)
        self._show()


ENTRY = Panel("expected", "Who speaks next", "right", ExpectedPanel, own_title=True)
