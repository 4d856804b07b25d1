"""The chosen run: what was asked for, how far it is or what came of it, its takes, a chart."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.director.opened import OpenPlay
from stage.director.runs.told import Told
from stage.director.weighing.tallying import Group
from stage.play.line import Line
from stage.ui.compare.strips import Strips
from stage.ui.compare.takes import StripTable
from stage.ui.dress import fonts, theme
from stage.ui.library.chorecard import Progress
from stage.ui.runs import says
from stage.ui.runs.takes import Sampling, TakeRows, TakeTable, facts
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided, label
from stage.ui.widgets.split import Split

LEAST = 36  # pixels of table and chart, where text is large


class RunSheet(QWidget):
    """Everything about one run.

    Signals:
        wanted: what one of `buttons` is for, by its name there.
        opened: the id of a take that is wanted on stage.
    """

    wanted = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        small = fonts.interface(fonts.SMALL)
        strong = fonts.interface(weight=QFont.Weight.DemiBold)
        self._title = Elided(font=strong, least=60, parent=self)
        self._state = Elided(font=strong, least=60, align=Qt.AlignmentFlag.AlignRight, parent=self)
        self._after = Elided(font=small, least=60, parent=self)
        self._facts = Elided(font=small, role=MUTED, least=60, parent=self)
        self._how = Elided(font=small, role=MUTED, least=60, parent=self)
        self.bar = Progress(self.tr("Takes that have ended"), self)
        self._rest = label(font=small, wrap=True)
        self.why = label(font=small, wrap=True)
        self.rows, self.strips = TakeRows(self), Strips(self)
        self.table, self.chart = TakeTable(self.rows, self), StripTable(self.strips, self)
        self._about = Elided(font=small, role=MUTED, least=60, parent=self)
        self.buttons = self._buttons()
        self._why: dict[str, str] = {}
        self._groups: Sequence[Group] = ()
        self._lay_out()
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table.opened.connect(self.opened)

    def _buttons(self) -> dict[str, Button]:
        titles = {
            "open": self.tr("Open"), "compare": self.tr("Compare"), "again": self.tr("Again"),
            "stop": self.tr("Stop"), "export": self.tr("Export"), "copy": self.tr("Copy"),
        }  # fmt: skip
        made = {name: Button(said, parent=self) for name, said in titles.items()}
        for name, button in made.items():
            button.clicked.connect(self._pressed)
            button.setProperty("act", name)
        made["again"].setToolTip(self.tr("Draft it once more; takes go on with other seeds"))
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        top = QVBoxLayout()
        top.setContentsMargins(20, 12, 16, 10)
        top.setSpacing(4)
        top.addLayout(head)
        for each in (self._after, self._facts, self._how, self.bar, self._rest, self.why):
            top.addWidget(each)
        self._split = Split(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for at, part in enumerate((self.table, self.chart)):
            part.setMinimumHeight(LEAST)
            self._split.addWidget(part)
            self._split.setStretchFactor(at, 1)
        acts = Flow(spacing=6)
        for button in self.buttons.values():
            acts.addWidget(button)
        foot = QVBoxLayout()
        foot.setContentsMargins(18, 6, 14, 8)
        foot.setSpacing(6)
        foot.addWidget(self._about)
        foot.addLayout(acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._split, 1)
        column.addLayout(foot)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [self.table, self.chart, *self.buttons.values()]

    def why_not(self, act: str) -> str:
        """Why what a button is for cannot be done now, "" where it can."""
        return self._why.get(act, "")

    # showing

    def show_run(
        self, play: OpenPlay, run: Told, lines: Sequence[Line], seeds: Mapping[str, int],
        samplers: Mapping[str, Sampling], how: str,
    ) -> None:  # fmt: skip
        """Show a run as it is now.

        Args:
            seeds, samplers: of takes, by line.
            how: sampler and seed in words.
        """
        self._title.set_text(f"{says.title(run, play)}, {says.models(run, play)}")
        self._state.set_text(says.state(run))
        self._after.set_text(self.tr("After {0}").format(says.line(play, run.line)))
        self._facts.set_text("  ·  ".join(says.facts(run)))
        self._facts.setVisible(bool(says.facts(run)))
        self._how.set_text(how)
        self._how.setVisible(bool(how))
        rest, why = says.rest(run), says.reasons(run, play)
        self.bar.setVisible(run.on)
        self.bar.show_share(run.ended / run.asked.total if run.asked.total else None)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self._lines, self._seeds, self._samplers = lines, seeds, samplers
        self._named = len(run.asked.members) > 1
        self._able(run, lines)

    def show_takes(
        self, play: OpenPlay, groups: Sequence[Group], *, on: bool, measuring: bool = False
    ) -> None:
        """Show the takes, and what was measured of them.

        Args:
            on: whether the run still goes on, so that nothing is measured yet.
            measuring: whether they are being read.
        """
        made = facts(play, self._lines, self._seeds, self._samplers, groups, named=self._named)
        self.rows.put(made)
        if groups is not self._groups:  # they are told at every look at another run that goes on
            self._groups = groups
            self.strips.show_groups(play, groups, known=True)
        self.table.setVisible(bool(self._lines))
        self.chart.setVisible(bool(groups))
        said = self.tr("A dot is a take, the bar a 95 % interval; fewer than 5 takes have none.")
        if not groups:
            none = self.tr("No take of it is kept, so nothing is measured.")
            ended = self.tr("Reading ...") if measuring else none if self._lines else ""
            said = self.tr("Measured when the run has ended.") if on else ended
        self._about.set_text(said)

    def _able(self, run: Told, lines: Sequence[Line]) -> None:
        ended = self.tr("No take of it has ended.") if not run.ended else ""
        some = self.tr("No take has begun.") if not lines else ""
        two = self.tr("There is nothing to compare it with.") if len(lines) < 2 else ""
        over = self.tr("It has ended.") if not run.on else ""
        gone = not run.on and not lines and not run.failures
        self.buttons["stop"].set_text(self.tr("Put away") if gone else self.tr("Stop"))
        self._why = {"open": some, "compare": two, "stop": "" if gone else over,
                     "export": ended, "copy": ended}  # fmt: skip
        which = self.tr("The chosen takes, or the first six")
        for name, why in self._why.items():
            self.buttons[name].setEnabled(not why)
            self.buttons[name].setToolTip(why or (which if name == "compare" else ""))

    def _pressed(self) -> None:
        self.wanted.emit(str(self.sender().property("act")))
