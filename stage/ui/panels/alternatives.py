"""What else the models might have said: the likeliest tokens at one place of a line."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from stage.play.line import Line
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.lanes.verbatim import printed_bytes
from stage.ui.lens.options import OptionList
from stage.ui.lens.sight import Meeting, Sight
from stage.ui.lens.tokens import TokenFacts
from stage.ui.models.options import Option, options
from stage.ui.pacing.soon import Soon
from stage.ui.panels.panel import Panel
from stage.ui.widgets.begins import Begins
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, Elided, label, plain_tip


class AlternativesPanel(Begins):
    """Rows for the token that was clicked; for the first one of the chosen line until then."""

    def __init__(self, desk: Desk) -> None:
        """Follow the chosen line and the clicked token."""
        super().__init__()
        self._desk = desk
        self._line, self._token = "", 0
        self._begun = self._stale = False
        self._soon = Soon(self._show, self, agenda=desk.session.agenda)
        self.cycled = False  # to an alternative, which may be gone on from
        self._meeting: Meeting | None = None
        self.title = Elided(self.tr("Token"), font=fonts.heading(), role=MUTED, parent=self)
        right = Qt.AlignmentFlag.AlignRight
        self.names = Elided(font=fonts.heading(), role=MUTED, align=right, parent=self)
        small = fonts.interface(fonts.SMALL)
        self.about = label(font=small, role=MUTED, wrap=True)
        self.list = OptionList(self.tr("Alternatives"), self)
        self.facts = TokenFacts(self)
        self.asks = Link("", self)
        self._lay_out()
        self.beginning = self.list
        self.asks.clicked.connect(self.ask)
        self.list.wanted.connect(self._wanted)
        self.list.stepped.connect(self.step)
        desk.wishes.token.connect(self._pinned)
        desk.session.chose.connect(self._chose)
        desk.session.moved.connect(self._moved)
        desk.looks.arrived.connect(self._arrived)
        desk.looks.changed.connect(self._asked)
        self._chose()
        self._write()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.names)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(6)
        column.addLayout(head)
        for each in (self.about, self.list, self.facts):
            column.addWidget(each)
        column.addWidget(self.asks, 0, Qt.AlignmentFlag.AlignLeft)

    def step(self, step: int) -> None:
        """Look at the token before or after; typed words are read for that."""
        sight, line = self._sight(), self._told()
        if sight is None and line is not None and line.model is None:
            self._desk.wishes.token.emit(self._line, 0)
        elif sight is not None and 0 <= self._token + step < len(sight.tokens):
            self._desk.wishes.token.emit(self._line, self._token + step)

    def cycle(self, step: int) -> str:
        """Look at the next of the tokens that might have been said; tells it, "" for none."""
        if self._stale:
            self._write()
        option = self.list.cycle(step)
        self.cycled = option is not None
        if option is None:
            return ""
        others = [each for each in self.list.options.rows if not each.taken]
        figures = " · ".join(part.figure for part in option.parts)
        said = self.tr("Alternative {0} of {1}: {2}, {3}.")
        return said.format(others.index(option) + 1, len(others), option.words, figures)

    def apply(self) -> None:
        """Go on from the alternative that was cycled to."""
        option = self.list.chosen()
        if self.cycled and option is not None:
            self._wanted(option, False)

    def ask(self) -> None:
        """Let every model of the scene that has not seen the line read it."""
        if self._stale:
            self._write()
        if self._desk.looks.lacks(self._line):
            self._desk.looks.want(self._line)
        self._begun = True
        self.list.begin()

    # inside

    def _pinned(self, line_id: str, token: int) -> None:
        self._line, self._token, self.cycled = line_id, token, False
        if self._desk.looks.lacks(line_id):
            self._desk.looks.want(line_id)
        self._show()

    def _chose(self) -> None:
        line = self._desk.session.chosen_line()
        wanted = line.id if line else ""
        if wanted != self._line:
            self._line, self._token, self.cycled = wanted, 0, False
        self._later()

    def _moved(self, at: int) -> None:
        self._chose()

    def _arrived(self, line_id: str) -> None:
        if line_id == self._line:
            self._later()

    def _later(self) -> None:
        self._stale = True
        self._soon.ask()

    def _told(self) -> Line | None:
        play = self._desk.session.play
        return play.tree[self._line] if play and self._line in play.tree else None

    def _sight(self) -> Sight | None:
        line = self._told()
        return None if line is None else self._desk.looks.sight(line.id, self._desk.looks.own(line))

    def _show(self) -> None:
        """Write what is known, once somebody sees it."""
        self._stale = True
        if self.isVisible():
            self._write()

    def _write(self) -> None:
        self._stale = False
        line, looks = self._told(), self._desk.looks
        if line is None or (line.model is not None and line.reason is None):
            self._say(self.tr("Shown when the line has ended.") if line else "")
            return
        if line.model is not None:
            self._desk.details.get(line.id)
        sight = self._sight()
        if sight is None or not sight.tokens:
            self._say(looks.failure(line.id, looks.own(line)) or self._unknown(line))
            return
        self._token = min(self._token, len(sight.tokens) - 1)
        self._meeting = looks.meeting(line)
        self._show_token(line, sight)
        self._asked()

    def _unknown(self, line: Line) -> str:
        if line.model is None and self._desk.looks.lacks(line.id):
            return self.tr("No model has read this line yet.")
        return ""

    def _show_token(self, line: Line, sight: Sight) -> None:
        looks, at, meeting = self._desk.looks, self._token, self._meeting
        if meeting is not None and meeting.one is not sight:
            meeting = self._meeting = None  # the other one is still worked out
        facing = meeting.facing(at) if meeting is not None else None
        views: list[tuple[Sight, int | None]] = [(sight, at)]
        if meeting is not None:
            first = looks.models(line)[0] == looks.own(line)
            views.insert(1 if first else 0, (meeting.other, facing))
        own = next(number for number, view in enumerate(views) if view[0] is sight)
        token = sight.tokens[at]
        self.title.set_text(self.tr("Token \u201c{0}\u201d").format(printed_bytes(token.piece)))
        self.names.set_text(" · ".join(view.model for view, _ in views))
        self.about.setText(self.tr("{0} of {1}").format(at + 1, len(sight.tokens)))
        self.list.options.show_options([view.model for view, _ in views], options(views, own))
        self.facts.show_views(views, meeting, at)
        for each in (self.list, self.facts):
            each.show()
        if self._begun and self.list.hasFocus():
            self.list.begin()  # new numbers take the mark from the row

    def _asked(self) -> None:
        """Offer to let the models read what they have not, or say that they do."""
        if self._stale:
            return
        looks, line = self._desk.looks, self._told()
        lacking = looks.lacks(self._line) if line is not None else []
        play = self._desk.session.play
        self.asks.setVisible(bool(lacking) and not looks.words)
        if line is not None and lacking and play is not None:
            names = self.tr(" and ").join(play.title_of(each) for each in lacking)
            self.asks.set_text(self.tr("Let {0} read it").format(names))
        failed = "\n".join(filter(None, (looks.failure(self._line, each) for each in lacking)))
        self.asks.setToolTip(plain_tip(failed) if failed else "")

    def _say(self, sentence: str) -> None:
        self.title.set_text(self.tr("Token"))
        self.names.set_text("")
        self.about.setText(sentence)
        self.list.options.show_options((), ())
        self.list.hide()
        self.facts.hide()
        self._asked()

    def _wanted(self, option: Option, other: bool) -> None:
        line, sight, meeting = self._told(), self._sight(), self._meeting
        if line is None or sight is None:
            return
        if self._desk.turns.waiting:
            self._desk.wishes.said.emit(self.tr("A line is still being said."))
            return
        mine = option.parts[option.own]
        theirs = next((each for each in option.parts if each is not mine), None)
        facing = meeting.facing(self._token) if meeting is not None else None
        if (
            other
            and theirs is not None
            and theirs.id is not None
            and meeting
            and facing is not None
        ):
            self._branch(meeting.other, facing, theirs.id)
        elif not other and mine.id is not None:
            self._branch(sight, self._token, mine.id)
        else:
            said = self.tr("That model has no such token here; branch by the other one.")
            self._desk.wishes.said.emit(said)
            return
        if self.list.hasFocus():  # the list goes while the line is said
            self._desk.wishes.action.emit("transcript")

    def _branch(self, sight: Sight, at: int, choice: int) -> None:
        self._desk.looks.branch(sight, at, choice)
        lane = max(0, self._desk.session.lane_of(self._line))
        self._desk.wishes.focus.emit(f"lane {lane + 1}")  # the list goes while the line is said

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, write what is known."""
        super().showEvent(event)
        self._show()


ENTRY = Panel("alternatives", "Token", "right", AlternativesPanel, own_title=True,
              of_line=True)  # fmt: skip
