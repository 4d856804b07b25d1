"""The rows of a comparison as a model: what is common, folded or not, then turn by turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from stage.director.weighing.compared import LETTERS
from stage.measures.wording import Piece, differences
from stage.play.line import Cut, Kind, Line, Status
from stage.play.naming import briefs
from stage.ui import words
from stage.ui.compare.cells import Mark, Words
from stage.ui.compare.compared import Compared, running
from stage.ui.desk.desk import Desk
from stage.ui.dress.glyphs import colour_index
from stage.ui.lanes.entry import speaker
from stage.ui.lens.tinting import By

WORDS = Qt.ItemDataRole.UserRole + 1
SHOWN, MORE = 4_000, 20_000  # characters of a line shown at first, and with every Enter
BREAK = 10  # characters that a row counts for: of rows with nothing in them there may be many
Index = QModelIndex | QPersistentModelIndex
BY: Mapping[str, By] = {"surprise": "surprise", "difference": "difference"}  # tokens are tinted
SEEN = 40  # lines whose difference is scored, the last ones that were painted
WHO = "compare"
_QUIET = (Kind.NARRATION, Kind.SCENE, Kind.DIRECTION, Kind.THOUGHT)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the board.

    Attributes:
        what: "fold", the row that opens what is common; "common", one of its lines; "turn".
        turn: counted from 1 after what is common.
        lines: one a branch; a common one stands alone.
    """

    what: str
    turn: int = 0
    lines: tuple[Line | None, ...] = ()


class Turns(QAbstractTableModel):
    """Rows of `compared`; a column a branch.

    Attributes:
        tinting: "words" that differ, "surprise" of tokens, the "difference" of two models, or
            "nothing"; as it was chosen, see `tinted`.
    """

    def __init__(self, desk: Desk, parent: Any = None) -> None:
        """Show what a desk compares; `refresh` reads it again."""
        super().__init__(parent)
        self._desk, self._compared = desk, desk.compared
        self._known: dict[int, list[tuple[Piece, ...]]] = {}
        self._seen: list[str] = []  # lines that the other model was asked about
        self._room: dict[str, int] = {}  # characters shown of lines that were opened further
        self.rows: list[Row] = []
        self.columns = 0
        self._leaves: tuple[str, ...] = ()  # those that the rows are of
        self.tinting = "words"

    @property
    def compared(self) -> Compared:
        """What is shown."""
        return self._compared

    @property
    def tinted(self) -> str:
        """What is tinted now: blind, nothing that is pale or dark by what a model thinks of it."""
        telling = self.tinting in BY and self._compared.blind
        return "words" if telling else self.tinting

    def refresh(self) -> bool:
        """Read the layout again; whether rows or columns are others, so that all begins anew."""
        rows, columns = list(self._made()), len(self._compared.leaves)
        shape = [(each.what, len(each.lines)) for each in rows]
        same = columns == self.columns and shape == [(r.what, len(r.lines)) for r in self.rows]
        if not same:
            self.beginResetModel()
        self.rows, self.columns, self._leaves = rows, columns, tuple(self._compared.leaves)
        self._known.clear()
        if not same:
            self.endResetModel()
        elif rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, columns - 1))
        return not same

    def _made(self) -> list[Row]:
        layout = self._compared.layout
        rows = [Row("fold")] if layout.common else []
        if self._compared.unfolded:
            rows += [Row("common", 0, (line,)) for line in layout.common]
        return rows + [Row("turn", at, row) for at, row in enumerate(layout.rows, 1)]

    def grown(self, line: Line) -> int:
        """A line has more text: the row it stands in, -1 for none."""
        for at in reversed(range(len(self.rows))):  # lines that grow stand at an end
            row = self.rows[at]
            for column, each in enumerate(row.lines):
                if each is not None and each.id == line.id:
                    lines = (*row.lines[:column], line, *row.lines[column + 1 :])
                    self.rows[at] = Row(row.what, row.turn, lines)
                    self._known.pop(at, None)
                    self.dataChanged.emit(self.index(at, 0), self.index(at, self.columns - 1))
                    return at
        return -1

    def set_tinting(self, tinting: str) -> None:
        """Tint something else."""
        if tinting != self.tinting:
            self.leave()
        self.tinting = tinting
        if self.rows and self.columns:
            last = self.index(len(self.rows) - 1, self.columns - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def line(self, at: int, column: int) -> Line | None:
        """The line of a cell."""
        lines = self.rows[at].lines if 0 <= at < len(self.rows) else ()
        if len(lines) == 1 and self.rows[at].what == "common":
            return lines[0]
        return lines[column] if 0 <= column < len(lines) else None

    def open_further(self, at: int, column: int) -> bool:
        """Show more of a line that is not shown whole; False when it is."""
        line = self.line(at, column)
        if line is None or len(line.text) <= self._limit(line):
            return False
        self._room[line.id] = further(line.text, self._limit(line), MORE)
        self._known.pop(at, None)
        self.dataChanged.emit(self.index(at, 0), self.index(at, self.columns - 1))
        return True

    def alike(self, at: int) -> float | None:
        """How much of a branch's words most others have in a turn, on average; None for one."""
        cells = self._pieces(at) if self.rows[at].what == "turn" else []
        if len(cells) < 2:
            return None
        shares = [sum(len(piece.text) for piece in cell if piece.same) for cell in cells]
        lengths = [sum(len(piece.text) for piece in cell) for cell in cells]
        if not any(lengths):
            return 1.0
        found = (share / length if length else 0.0
                 for share, length in zip(shares, lengths, strict=True))  # fmt: skip
        return sum(found) / len(cells)

    # inside

    def _limit(self, line: Line) -> int:
        known = self._room.get(line.id)
        return further(line.text, 0, SHOWN) if known is None else known

    def _pieces(self, at: int) -> list[tuple[Piece, ...]]:
        if at not in self._known:
            lines = [line for line in self.rows[at].lines if line is not None]
            self._known[at] = differences([line.text[: self._limit(line)] for line in lines])
        return self._known[at]

    def _words(self, at: int, column: int) -> Words:
        row, line, play = self.rows[at], self.line(at, column), self._compared.play
        if row.what == "fold":
            return Words("", note=self.fold_words())
        if line is None or play is None:
            return Words("", note=self.tr("no line here"))
        limit, left = self._limit(line), len(line.text) - self._limit(line)
        more = self.tr("{0} more characters, Enter shows on") if left > 0 else ""
        parts, warn = self._note(row, line, column)
        title = play.title_of(line.model) if line.model and not self._compared.blind else ""
        known = briefs(play.title_of(name) for name in play.models)
        note, brief = (
            " · ".join(filter(None, (*parts, each))) for each in (title, known.get(title, title))
        )
        return Words(
            play.scene.cast.label_of(line) or words.tr("words", "Scene"),
            colour_index(speaker(play, line)), note, line.text[:limit], brief,
            self._marks(row, at, column, line), line.kind in _QUIET, running(line), warn,
            more.format(words.number(left)),
        )  # fmt: skip

    def fold_words(self) -> str:
        """What the row says that opens what is common."""
        sign = "\u25be" if self._compared.unfolded else "\u25b8"
        lines = words.count(len(self._compared.layout.common), "line")
        return self.tr("{0} {1} in common").format(sign, lines)

    def _note(self, row: Row, line: Line, column: int) -> tuple[list[str], bool]:
        failed = line.status is Status.INTERRUPTED
        parts = [words.ending(line)] if failed and line.reason is Cut.ERROR else []
        if not parts and failed:
            parts.append(words.tr("words", "interrupted"))
        kind = words.kind(line.kind)
        if kind and line.kind not in (Kind.NARRATION, Kind.SCENE):
            parts.append(kind)
        if line.rating and line.id != self._leaves[column]:  # that one's is in the head
            parts.append(words.tr("words", "rated {0} of 5").format(line.rating))
        if row.what == "turn":
            before = [
                at for at in range(column) if (one := row.lines[at]) and one.text == line.text
            ]
            if before:
                parts.append(self.tr("same as {0}").format(LETTERS[before[0]]))
        return parts, failed

    def _marks(self, row: Row, at: int, column: int, line: Line) -> tuple[Mark, ...]:
        if row.what != "turn" or running(line) or self.tinted == "nothing":
            return ()
        if self.tinted in BY:
            return self._tokens(line)
        place = sum(each is not None for each in row.lines[:column])
        cells = self._pieces(at)
        if len(cells) < 2:
            return ()
        found, start = [], 0
        for piece in cells[place]:
            said = len(piece.text.rstrip())
            if not piece.same and said:
                found.append(Mark(start, start + said))
            start += len(piece.text)
        return tuple(found)

    def _tokens(self, line: Line) -> tuple[Mark, ...]:
        made = line.model is not None and line.reason is not None
        if not made:
            return ()
        self._desk.details.get(line.id)  # so that it comes
        shade = self._desk.looks.shade(line.id, BY[self.tinting])
        if self.tinting == "difference":
            self._look(line.id)
        if shade is None:
            return ()
        limit = self._limit(line)
        return tuple(
            Mark(each.start, each.end, each.strength, own=False, hue=each.hue)
            for each in shade.tints
            if each.end <= limit
        )

    def _look(self, line_id: str) -> None:
        """Let the other model score a line that is seen, with those that were seen last."""
        if line_id not in self._seen:
            self._seen = [*self._seen[1 - SEEN :], line_id]
            self._desk.looks.watch(WHO, self._seen, "difference")

    def leave(self) -> None:
        """Nobody looks any more: nothing is scored for it."""
        self._seen = []
        self._desk.looks.watch(WHO, ())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for what is common, one for each of its lines when open, one for each turn."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for each branch."""
        return 0 if parent.isValid() else self.columns

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A branch's letter, a turn's number: painted otherwise, but read aloud like this."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.tr("Branch {0}").format(LETTERS[section : section + 1])
        row = self.rows[section] if section < len(self.rows) else Row("fold")
        return self.tr("Turn {0}").format(row.turn) if row.what == "turn" else self.tr("In common")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says: whole for the painter, as a text for whoever reads aloud."""
        if not index.isValid() or role not in (WORDS, Qt.ItemDataRole.DisplayRole):
            return None
        if index.row() >= len(self.rows) or index.column() >= len(self._leaves):
            return None
        said = self._words(index.row(), index.column())
        if role == WORDS:
            return said
        parts = (said.name, said.note, said.text)
        return ": ".join(part for part in parts if part)


def further(text: str, since: int, room: int) -> int:
    """How far a text is shown where so many characters more have room, rows counted with them."""
    at = since
    for row in text[since : since + room].split("\n"):
        if len(row) >= room:
            return at + room
        at += len(row) + 1
        room -= len(row) + BREAK
        if room <= 0:
            break
    return max(at, since + 1)
