"""The history of a play, and the play as it stood at any moment of it, to be read only."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from stage.director.opened import OpenPlay
from stage.director.records import Happened
from stage.kit import clock
from stage.play.naming import Names
from stage.ui import words
from stage.ui.dress import fonts, theme
from stage.ui.lanes.entry import entry
from stage.ui.lanes.transcript import Transcript
from stage.ui.models.happened import HappenedModel
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided, label
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.rowlist import people
from stage.ui.widgets.split import Split

SOON = 80  # milliseconds: one may walk through the list


class PastPage(QWidget):
    """What happened at the left, how the play stood then at the right.

    Signals:
        looked: the number of an event after which the play is to be seen.
        stepped: +1 to redo, -1 to undo.
        closed: back to the plays.
    """

    looked = Signal(int)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, size: float, parent: QWidget | None = None) -> None:
        """Start empty; `size` is of spoken text."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.rows = HappenedModel(self)
        self.list = QListView(self)
        self.title = Elided(font=fonts.heading(), role=MUTED, parent=self)
        self.back = Link(self.tr("Undo"), self)
        self.forth = Link(self.tr("Redo"), self)
        self.banner = label(wrap=True)
        self.now = Button(self.tr("Back to now"), parent=self)
        self.text = Transcript(self)
        self.text.set_spoken_size(size)
        self._then: OpenPlay | None = None
        self._leaf = ""
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._prepare()
        self._lay_out()
        self._connect()

    def _prepare(self) -> None:
        people(self.list, self.rows, self.tr("What happened"), "list")
        self.text.setAccessibleName(self.tr("The play as it was"))

    def _happened(self) -> QWidget:
        left = QWidget(self)
        left.setObjectName("pane")
        theme.dress(left, "pane")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.list, 1)
        return left

    def _stood(self) -> QWidget:
        right = QWidget(self)
        above = QWidget(right)
        above.setObjectName("pane")
        theme.dress(above, "page-bottom")
        row = QHBoxLayout(above)
        row.setContentsMargins(18, 8, 14, 8)
        row.addWidget(self.banner, 1)
        row.addWidget(self.now)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(above)
        column.addWidget(self.text, 1)
        return right

    def _lay_out(self) -> None:
        self._split = Split(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for at, part in enumerate((self._happened(), self._stood())):
            self._split.addWidget(part)
            self._split.setStretchFactor(at, at)
        self._split.setSizes([380, 800])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.body = Either(self._split, self)
        whole.addWidget(self.body)

    def _head(self) -> QVBoxLayout:
        """The title of the play over what can be undone."""
        steps = QWidget(self)
        flow = Flow(steps, spacing=14)
        for link in (self.back, self.forth):
            flow.addWidget(link)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 12, 6)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(steps)
        return head

    def _connect(self) -> None:
        self._soon.timeout.connect(self._look)
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.now.clicked.connect(self._to_now)
        self.body.nothing.wanted.connect(self.closed)
        self.back.clicked.connect(self._undo)
        self.forth.clicked.connect(self._redo)
        self.text.switched.connect(self._switch)
        self.show_history("", (), Names(), ("", ""))

    def show_history(
        self, title: str, rows: Sequence[Happened], names: Names,
        steps: tuple[str, str],
    ) -> None:  # fmt: skip
        """Show what happened to a play; `steps` say what undo and redo would do."""
        if rows:
            self.body.show_page()
        else:
            below = self.tr("Choose a play first, or open one.")
            self.body.say(self.tr("No play is chosen."), below, self.tr("To the plays"))
        self.title.set_text(title)
        looked, last = self.event_chosen(), self.rows.row(0)
        self.rows.show(rows, names)
        for link, said in ((self.back, steps[0]), (self.forth, steps[1])):
            link.setVisible(bool(said))
            link.set_text(said)
        if rows and (looked == last or not self.list.currentIndex().isValid()):
            self._to_now()  # whoever looks at what is now goes with it

    def show_past(self, play: OpenPlay, event: Happened) -> None:
        """Show a play as it stood after an event; nothing in it can be changed."""
        last = self.rows.row(0)
        newest = last is not None and last.event == event.event
        when = words.moment(event.time, clock.now())
        lines = words.count(len(play.tree) - 1 - len(play.tree.deleted()), "line")
        if newest:
            said = self.tr("As it is now: {0}.").format(lines)
        else:
            said = self.tr("As it was at {0}: {1}. Read only.").format(when, lines)
        self.banner.setText(said)
        self.now.setVisible(not newest)
        self._then = play
        root = play.tree.root
        self._leaf = play.tree.leaf_under(root.id).id if root else ""
        self._refresh()

    def event_chosen(self) -> Happened | None:
        """The event that is looked at."""
        return self.rows.row(self.list.currentIndex().row())

    def _refresh(self) -> None:
        play = self._then
        if play is not None and self._leaf:
            shown = [entry(play, line) for line in play.path(self._leaf)]
            self.text.show_entries(shown, to_end=True)

    def _switch(self, line: str, step: int) -> None:
        play = self._then
        siblings = play.tree.siblings(line) if play is not None else []
        if play is not None and line in siblings:
            other = siblings[(siblings.index(line) + step) % len(siblings)]
            self._leaf = play.tree.leaf_under(other).id
            self._refresh()

    def _chosen(self, *_: QItemSelection) -> None:
        self._soon.start()

    def _look(self) -> None:
        row = self.event_chosen()
        if row is not None:
            self.looked.emit(row.event)

    def _to_now(self) -> None:
        self.list.setCurrentIndex(self.rows.index(0))
        self.list.scrollToTop()

    def _undo(self) -> None:
        self.stepped.emit(-1)

    def _redo(self) -> None:
        self.stepped.emit(1)
