"""A run before it is asked for: after which line, who, by which models, how many, which seed."""

from collections.abc import Iterable

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from stage.director.opened import OpenPlay
from stage.director.runs.asking import MOST, Asked, able
from stage.play.line import Status
from stage.ui import words
from stage.ui.composer.length import Length
from stage.ui.desk.desk import Desk
from stage.ui.desk.session import performer
from stage.ui.dress import fonts, theme
from stage.ui.runs import says
from stage.ui.widgets.begins import in_order
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.fields import Check, Count
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided, label

LARGEST = 2**31 - 1  # of seeds


class Draft(QWidget):
    """Fields in rows over the runs.

    Signals:
        wanted: the run is to be asked for: a line and an Asked.
    """

    wanted = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin with the line on stage and whoever is next there."""
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("pane")
        theme.dress(self, "page-bottom")
        self._line = ""  # a line that was wanted; "" for the one on stage
        self._shown: tuple[object, ...] = ()
        self.after = Elided(font=fonts.interface(), least=80, parent=self)
        self.stage = Link(self.tr("The line on stage"), self)
        self.members: dict[str, Check] = {}
        self.models: dict[str, Check] = {}
        self.takes = Count(self.tr("Takes of each"), self.tr("takes"), range(1, MOST + 1), self)
        self.length = Length(desk.steps, self)
        self.seed = QLineEdit(self)
        right = Qt.AlignmentFlag.AlignRight
        small = fonts.interface(fonts.SMALL)
        self.sum = Elided(font=small, role=MUTED, least=60, align=right, parent=self)
        self._heads = [label(said, font=small, role=MUTED)
                       for said in (self.tr("Who"), self.tr("By"))]  # fmt: skip
        self.start = Button(self.tr("Start"), primary=True, parent=self)
        self._prepare()
        self._lay_out()
        self._connect()
        self.refresh()

    def _prepare(self) -> None:
        self.takes.set_value(min(MOST, max(1, self._desk.settings.fan_out)))
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setPlaceholderText(self.tr("seed: the play's"))
        digits = QRegularExpression("[0-9]{0,10}")  # none are accepted, too: Enter starts then
        self.seed.setValidator(QRegularExpressionValidator(digits, self))
        self.seed.setMinimumWidth(self.seed.fontMetrics().horizontalAdvance("0" * 15) + 24)
        theme.dress(self.seed, "field")
        self.stage.setToolTip(self.tr("Ask after the line chosen on stage again"))

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(self.after, 1)
        above.addWidget(self.stage)
        self._names = Flow(spacing=12)
        self._fields = Flow(spacing=8)
        for each in (self.takes, self.length, self.seed):
            self._fields.addWidget(each)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addLayout(self._fields, 1)
        below.addWidget(self.sum, 1)
        below.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 12)
        column.setSpacing(8)
        column.addLayout(above)
        column.addLayout(self._names)
        column.addLayout(below)

    def _connect(self) -> None:
        session = self._desk.session
        for signal in (session.opened, session.chose, session.moved, session.next_changed,
                       self._desk.turns.busy_changed, self._desk.bridge.ended):  # fmt: skip
            signal.connect(self.refresh)
        self.stage.clicked.connect(self.on_stage)
        self.takes.changed.connect(self._told)
        self.seed.textChanged.connect(self._told)
        self.seed.returnPressed.connect(self.ask)
        self.start.clicked.connect(self.ask)

    # what is asked for

    @property
    def line(self) -> str:
        """The line it comes after, "" for none."""
        play, chosen = self._desk.session.play, self._desk.session.chosen_line()
        if play is not None and self._line and self._line in play.tree:
            return self._line
        return chosen.id if chosen is not None else ""

    def asked(self) -> Asked:
        """What is chosen by now."""
        seed = int(self.seed.text()) if self.seed.text() else None
        return Asked(_on(self.members), _on(self.models), self.takes.value(), seed)

    def lacks(self) -> str:
        """Why it cannot be asked for, "" where it can."""
        play, line = self._desk.session.play, self.line
        if play is None or not line:
            return self.tr("No play is open.")
        if play.tree[line].status is Status.RUNNING:
            return self.tr("The line is still being said.")
        if not self.members:
            return self.tr("No model can play anybody here.")
        asked = self.asked()
        if not asked.members or not asked.models:
            return self.tr("Choose somebody and a model.")
        if asked.seed is not None and asked.seed > LARGEST:
            return self.tr("Seeds go up to {0}.").format(words.number(LARGEST))
        return ""

    def again(self, line: str, asked: Asked) -> None:
        """Draft a run as one that was; the seeds of its takes are others."""
        self.pin(line)
        for checks, names in ((self.members, asked.members), (self.models, asked.models)):
            for name, check in checks.items():
                check.setChecked(name in names)
        self.takes.set_value(min(MOST, max(1, asked.takes)))
        self.seed.setText("" if asked.seed is None else str(asked.seed))
        self._told()

    def pin(self, line: str) -> None:
        """Let it come after a line, wherever the stage goes from here."""
        self._line = line
        self.refresh()

    def on_stage(self) -> None:
        """Let it come after the line that is chosen on stage."""
        self._line = ""
        self.refresh()

    def ask(self) -> None:
        """Ask for it, where that can be done."""
        if not self.lacks():
            self.wanted.emit(self.line, self.asked())

    # showing

    def refresh(self, *_: object) -> None:
        """Offer whoever can speak after the line; while nobody sees it, only the first time.

        What is added to a layout that is seen costs more.
        """
        play, line = self._desk.session.play, self.line
        if (self._shown and not self.isVisible()) or play is None or not line:
            return
        there = [(each.id, each.label) for each in able(play, line)]
        known = (play.id, tuple(there), tuple(play.scene.models))
        if known != self._shown:
            self._shown = known
            self._offer(play, there)
        said = self.tr("After {0}").format(says.line(play, line))
        self.after.set_text(said)
        self.stage.setVisible(bool(self._line))
        self._told()

    def _offer(self, play: OpenPlay, there: list[tuple[str, str]]) -> None:
        for check in (*self.members.values(), *self.models.values()):
            self._names.removeWidget(check)
            check.hide()
            check.deleteLater()
        for head in self._heads:
            self._names.removeWidget(head)
        next_ = performer(self._desk.session)
        first = next_ if any(id_ == next_ for id_, _ in there) else there[0][0] if there else ""
        fan_out = play.models_for(first, self.line) if first else ()
        self._names.addWidget(self._heads[0])
        self.members = {id_: self._check(name, id_ == first) for id_, name in there}
        self._names.addWidget(self._heads[1])
        self.models = {
            name: self._check(play.title_of(name), name in fan_out) for name in play.scene.models
        }
        stops: list[QWidget] = [*self.members.values(), *self.models.values(), self.takes]
        in_order([self.stage, *stops, self.length])

    def _check(self, name: str, on: bool) -> Check:
        check = Check(name, self)
        check.setChecked(on)
        check.toggled.connect(self._told)
        self._names.addWidget(check)
        check.show()
        return check

    def _told(self, *_: object) -> None:
        asked, why, play, line = self.asked(), self.lacks(), self._desk.session.play, self.line
        if play is not None and line:
            cast = play.cast(line)
            self.length.show_of([cast[each] for each in asked.members if each in cast], line)
        waits = bool(self._desk.director.runs.going())
        said = why or words.count(asked.total, "take")
        if len(asked.members) > 1 and not why:  # each has a prompt of its own
            said = self.tr("{0}, one member after another").format(said)
        if waits and not why:
            said = self.tr("{0}; waits for the run that goes on").format(said)
        self.sum.set_text(said)
        self.start.setEnabled(not why)
        self.start.setToolTip(why)

    def stops(self) -> Iterable[QWidget]:
        """Where the keyboard stops, in order."""
        names = (*self.members.values(), *self.models.values())
        return (self.stage, *names, self.takes, self.length, self.seed, self.start)


def _on(checks: dict[str, Check]) -> tuple[str, ...]:
    return tuple(name for name, check in checks.items() if check.isChecked())
