"""The plays of the library as a table; what takes longer to learn is asked for when it is seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from stage.director.records import PlayFacts, PlayRow
from stage.kit import clock
from stage.ui import words
from stage.ui.models.tabled import Tabled
from stage.ui.words import tr

ID, MARK = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
TITLE, LINES, BRANCHES, MODELS, CHANGED = range(5)
SORTED = (TITLE, LINES, CHANGED)  # what is known of every play
MOST_ASKED = 64  # plays at a time


class Catalogue(Tabled[PlayRow]):
    """Rows of plays; those in the bin are left out, those put away unless they are wanted.

    Signals:
        unknown: the ids of plays that are looked at and whose facts are wanted.
    """

    unknown = Signal(list)
    context, numbers = "catalogue", (LINES, BRANCHES)
    titles = ("Title", "Lines", "Branches", "Models", "Last played")

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty, the play changed last first."""
        super().__init__(parent)
        self._all: Sequence[PlayRow] = ()
        self._alike: set[str] = set()  # titles of several plays
        self._facts: dict[str, tuple[float, PlayFacts]] = {}
        self._asked: dict[str, float] = {}
        self._wanted: dict[str, None] = {}
        self._by, self._order = CHANGED, Qt.SortOrder.DescendingOrder
        self.archived = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    def show(self, rows: Sequence[PlayRow]) -> None:
        """Show these plays; the same plays in the same order only change their words."""
        self._all = tuple(rows)
        titles = Counter(row.title for row in rows if not row.discarded)
        self._alike = {title for title, many in titles.items() if many > 1}
        self._arrange()

    def show_archived(self, on: bool) -> None:
        """Show what was put away, too."""
        self.archived = on
        self._arrange()

    def learn(self, facts: Mapping[str, PlayFacts]) -> None:
        """Facts that were asked for."""
        changed = {row.id: row.changed for row in self._all if row.id in facts}
        self._facts |= {id_: (changed.get(id_, 0.0), each) for id_, each in facts.items()}
        for at, row in enumerate(self._rows):
            if row.id in facts:
                self.dataChanged.emit(self.index(at, BRANCHES), self.index(at, MODELS))

    def put_away(self) -> int:
        """How many plays are archived."""
        return sum(row.archived and not row.discarded for row in self._all)

    def _arrange(self) -> None:
        shown = [
            row for row in self._all
            if not row.discarded and (self.archived or not row.archived)
        ]  # fmt: skip
        keys = {
            TITLE: lambda row: (row.title.casefold(), row.id),
            LINES: lambda row: (row.lines, row.id),
            CHANGED: lambda row: (row.changed, row.id),
        }
        shown.sort(key=keys[self._by], reverse=self._order == Qt.SortOrder.DescendingOrder)
        if tuple(shown) != self._rows:
            self.put(shown)

    def _branches(self, row: PlayRow) -> PlayFacts | None:
        known = self._facts.get(row.id)
        if (known is None or known[0] != row.changed) and self._asked.get(row.id) != row.changed:
            self._wanted[row.id] = None
            self._soon.start()
        return known[1] if known else None

    def _ask(self) -> None:
        ids = list(self._wanted)[-MOST_ASKED:]  # what was looked at last is still seen
        self._wanted.clear()
        known = {row.id: row.changed for row in self._rows}
        ids = [each for each in ids if each in known]
        self._asked |= {each: known[each] for each in ids}
        if ids:
            self.unknown.emit(ids)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by what is known of every play; other columns leave the order as it is."""
        if column in SORTED:
            self._by, self._order = column, order
            self._arrange()

    def key(self, row: PlayRow) -> str:
        """The id of a play."""
        return row.id

    def aloud(self, row: PlayRow, column: int) -> str:
        """Of lines those that are deleted, too."""
        return self._told(row) if column == LINES else self.cell(row, column)

    def tip(self, row: PlayRow, column: int) -> str:
        """How many lines are deleted."""
        return self._told(row) if column == LINES and row.deleted else ""

    def beside(self, row: PlayRow, column: int, role: int) -> Any:
        """The play's id; of the title also what marks it."""
        if role == ID:
            return row.id
        return self._mark(row) if role == MARK and column == TITLE else None

    def _mark(self, row: PlayRow) -> str | None:
        """What stands beside a title: that it was put away; of several alike, when it began."""
        begun = tr("catalogue", "begun {0}").format(words.moment(row.made, clock.now()))
        marks = (
            begun if row.title in self._alike else "",
            tr("catalogue", "archived") if row.archived else "",
        )
        return ", ".join(each for each in marks if each) or None

    def _told(self, row: PlayRow) -> str:
        """How many lines there are, those that are deleted apart."""
        said = tr("catalogue", "{0}, {1} in the bin") if row.deleted else "{0}"
        return said.format(words.number(row.lines), words.number(row.deleted))

    def cell(self, row: PlayRow, column: int) -> str:
        """What is told of a play."""
        if column == TITLE:
            return row.title
        if column == LINES:
            return words.number(row.lines)
        if column == CHANGED:
            return words.ago(clock.now() - row.changed)
        facts = self._branches(row)
        if facts is None:
            return ""
        return words.number(facts.branches) if column == BRANCHES else words.models(facts.models)
