"""What can be done with a comparison, above it, and with one of its branches, below it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from stage.director.weighing.compared import LETTERS
from stage.director.weighing.comparing import MOST
from stage.director.weighing.figures import FEW
from stage.ui import words
from stage.ui.compare.compared import Compared
from stage.ui.dress import fonts, theme
from stage.ui.lanes.verbatim import excerpt
from stage.ui.widgets.buttons import Link, Segment
from stage.ui.widgets.labels import MUTED, Elided, label
from stage.ui.widgets.titlerow import title_font, title_row, together

WORDS_OF_BRANCH = 48  # characters of a line by which a branch is told in a menu


class Top(QWidget):
    """Title, branches or takes, blind or named, adding, copying, exporting.

    Signals:
        blinded: whether names are to be hidden.
        grouped: whether takes are told together, or branches stand side by side.
        added: the leaf of a branch.
        copied, exported: the comparison is wanted as text.
    """

    blinded = Signal(bool)
    grouped = Signal(bool)
    added = Signal(str)
    copied = Signal()
    exported = Signal()

    def __init__(self, compared: Compared, parent: QWidget | None = None) -> None:
        """Follow a comparison."""
        super().__init__(parent)
        row = title_row(self)
        self._compared = compared
        self._what = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, least=0, parent=self)
        self.named = Segment(self.tr("Named"), self.tr("Show names and models"), self)
        self.blind = Segment(self.tr("Blind"), self.tr("Hide names and models"), self)
        self.branches = Segment(self.tr("Branches"), self.tr("Put branches side by side"), self)
        self.takes = Segment(self.tr("Takes"), self.tr("Tell takes together by model"), self)
        self.add = Link(self.tr("Add"), self)
        self.add.setAccessibleName(self.tr("Add a branch"))
        self.copy = Link(self.tr("Copy"), self)
        self.export = Link(self.tr("Export"), self)
        row.addWidget(Elided(self.tr("Compare"), font=title_font(), least=0, parent=self))
        row.addLayout(together((self.branches, self.takes)))
        row.addWidget(self._what, 1)
        row.addLayout(together((self.named, self.blind)))
        for each in (self.add, self.copy, self.export):
            row.addWidget(each)
        self._connect()

    def _connect(self) -> None:
        self.named.clicked.connect(partial(self.blinded.emit, False))
        self.blind.clicked.connect(partial(self.blinded.emit, True))
        self.branches.clicked.connect(partial(self.grouped.emit, False))
        self.takes.clicked.connect(partial(self.grouped.emit, True))
        self.add.clicked.connect(self.offer)
        self.copy.clicked.connect(self.copied)
        self.export.clicked.connect(self.exported)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        acts = (self.add, self.copy, self.export)
        return [self.branches, self.takes, self.named, self.blind, *acts]

    def refresh(self, *, grouped: bool) -> None:
        """Show how things are."""
        compared = self._compared
        self.branches.setChecked(not grouped)
        self.takes.setChecked(grouped)
        self.takes.setEnabled(not compared.blind)
        for each in (self.named, self.blind, self.add, self.copy, self.export):
            each.setVisible(not grouped)
        many = len(compared.leaves)
        self.named.setChecked(not compared.blind)
        self.blind.setChecked(compared.blind)
        self.add.setEnabled(0 < many < MOST)
        full = self.tr("Six branches stand here already.") if many >= MOST else ""
        self.add.setToolTip(full)
        for each in (self.copy, self.export):
            each.setEnabled(many > 1)
        turns = words.count(len(compared.layout.rows), "turn")
        said = self.tr("{0}, {1}").format(words.count(many, "branch"), turns) if many > 1 else ""
        same = compared.layout.rows and all(
            line is not None and row[0] is not None and line.text == row[0].text
            for row in compared.layout.rows for line in row
        )  # fmt: skip
        more = self.tr(" · the same words throughout") if same else ""
        self._what.set_text("" if grouped else said + more)

    def offer(self) -> None:
        """Open a menu of the branches that are near."""
        menu = self.menu()
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The branches that part from those compared, by how they begin."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(menu, "menu")
        for leaf in self._compared.others():
            action = menu.addAction(self._named(leaf).replace("&", "&&"))
            action.triggered.connect(partial(self.added.emit, leaf))
        if menu.isEmpty():
            menu.addAction(self.tr("No other branch is near")).setEnabled(False)
        return menu

    def _named(self, leaf: str) -> str:
        compared, play = self._compared, self._compared.play
        if play is None:
            return leaf
        known = {line.id for each in compared.leaves for line in play.path(each)}
        first = next((line for line in play.path(leaf) if line.id not in known), play.tree[leaf])
        who = play.scene.cast.label_of(first) or self.tr("Scene")
        if first.model and not compared.blind:
            who = f"{who} ({play.title_of(first.model)} {first.take})"
        return f"{who}: {excerpt(first.text, WORDS_OF_BRANCH)}"


class Below(QWidget):
    """The branch that keys act on: rate it, prefer it, see it on stage, leave it out; scores.

    Signals:
        rated: 0 to 5.
        preferred, staged: the branch.
        removed: its column.
        scored: scores are wanted, or are to stop.
    """

    rated = Signal(int)
    preferred = Signal()
    staged = Signal()
    removed = Signal(int)
    scored = Signal()

    def __init__(self, compared: Compared, parent: QWidget | None = None) -> None:
        """Follow a comparison."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "pane-top")
        self._compared = compared
        small = fonts.interface(fonts.SMALL)
        strong = fonts.interface(fonts.SMALL, QFont.Weight.DemiBold)
        self._which = Elided(font=strong, parent=self)
        self.stars = [
            Segment(str(value), self.tr("Rate the last line {0} of 5").format(value), self)
            for value in range(1, 6)
        ]
        self._rated = Elided(self.tr("last line"), font=fonts.interface(fonts.TINY), role=MUTED,
                             least=0, parent=self)  # fmt: skip
        self.prefer = Link(self.tr("Prefer"), self)
        self.stage = Link(self.tr("On stage"), self)
        self.remove = Link(self.tr("Leave out"), self)
        self.score = Link(self.tr("Score"), self)
        self._state = Elided(font=small, role=MUTED, least=0, align=Qt.AlignmentFlag.AlignRight,
                             parent=self)  # fmt: skip
        self.few = Elided(words.tr("measures", FEW), font=fonts.interface(fonts.TINY), role=MUTED,
                          least=0, parent=self)  # fmt: skip
        self._at = 0
        self._lay_out()
        for value, star in enumerate(self.stars, 1):
            star.clicked.connect(partial(self._rate, value))
        self.prefer.clicked.connect(self.preferred)
        self.stage.clicked.connect(self.staged)
        self.remove.clicked.connect(self._remove)
        self.score.clicked.connect(self.scored)

    def _remove(self) -> None:
        self.removed.emit(self._at)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 5, 14, 5)
        column.setSpacing(4)
        column.addWidget(self.few)
        column.addLayout(row)
        row.addWidget(self._which)
        row.addSpacing(6)
        row.addWidget(self._rated)
        for each in self.stars:
            row.addWidget(each)
        for link, key in ((self.prefer, "P"), (self.stage, "Enter"), (self.remove, "Del")):
            row.addSpacing(8)
            row.addWidget(link)
            row.addWidget(label(key, font=fonts.interface(fonts.TINY), role=MUTED))
        row.addWidget(self._state, 1)
        self.score.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        row.addWidget(self.score)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self.stars, self.prefer, self.stage, self.remove, self.score]

    def refresh(self, at: int) -> None:
        """Show how a branch was judged, the first one where none is chosen; how far scoring is."""
        self._at = at = max(0, at)
        compared = self._compared
        here = at < len(compared.leaves)
        given = compared.rating(at) if here else None
        self._which.set_text(self.tr("Branch {0}").format(LETTERS[at]) if here else "")
        for value, star in enumerate(self.stars, 1):
            star.setChecked(given == value)
        liked = here and compared.preferred(at)
        self.prefer.set_text(self.tr("Not preferred") if liked else self.tr("Prefer"))
        if compared.weighing.scoring is not None:
            self.score.set_text(self.tr("Stop scoring"))
            done, total = compared.weighing.scoring
            said = self.tr("{0} of {1} scored").format(words.number(done), words.number(total))
        else:
            lacking = len(compared.unscored()) if not compared.blind else 0
            self.score.set_text(self.tr("Score them"))
            said = self.tr("{0} lacking").format(words.count(lacking, "score")) if lacking else ""
            self.score.setEnabled(lacking > 0)
            self.score.setAccessibleName(self.tr("Score what other models said"))
        self.score.setVisible(not compared.blind)
        self._state.set_text(
            self.tr("Numbers that give a model away are hidden") if compared.blind else said
        )

    def _rate(self, value: int) -> None:
        given = self._compared.rating(self._at)
        self.rated.emit(0 if given == value else value)
