"""The rows of the outline for Qt; what a row says is put together when it is seen."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stage.play.naming import briefs
from stage.play.outline import Row, keys_of
from stage.play.outlining import Outline
from stage.play.tags import COLOURS, known
from stage.ui import words

Index = QModelIndex | QPersistentModelIndex
MARKS = ("bookmark", "chapter", "note", "pin", "archive")
FACE, LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Face:
    """What is painted of a row.

    Attributes:
        line: its id; that of the first one where lines share the row.
        title: the title given to it, else its first words.
        name, colour: of the speaker.
        depth: how many branch points stand above it.
        bars: for the last of these, whether another branch follows.
        branch: it has siblings.
        count: how many lines the row stands for.
        under: how many lines follow from it.
        fold: "open", "shut", or "" when no other row follows from it.
        marks: "bookmark", "chapter", "note", "pin", "hidden", "archive" as they apply.
        unread: how many of its lines nobody has read.
        running: how many of its lines are being said.
        here: it is on the path of the current lane.
        model: what said it, where it has siblings and the play several models; else "".
        brief: what tells that model from the others, for where there is no room.
        hue: the colour of its first tag, -1 for none.
        found: where what is looked for stands in the title.
    """

    line: str
    title: str
    name: str
    colour: int
    depth: int = 0
    bars: tuple[bool, ...] = ()
    branch: bool = False
    count: int = 1
    under: int = 0
    fold: str = ""
    marks: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    rating: int = 0
    unread: int = 0
    running: int = 0
    here: bool = False
    model: str = ""
    brief: str = ""
    hue: int = -1
    found: tuple[tuple[int, int], ...] = ()


@dataclass
class Sayer:
    """What a model of rows asks of those who know the play.

    Attributes:
        title: of a line, "" while it is not known.
        speaker: label and colour of a member of the cast.
        unread: ids of the lines that nobody has read.
        running: ids of the lines that are being said.
        here: ids of the path of the current lane.
        models: what those of the play are called, by what lines say of them.
        found: where what is looked for stands in a title.
    """

    title: Callable[[str], str]
    speaker: Callable[[str | None], tuple[str, int]]
    unread: set[str]
    running: set[str]
    here: set[str]
    models: Mapping[str, str] = field(default_factory=dict)
    found: Callable[[str], tuple[tuple[int, int], ...]] = lambda title: ()


class OutlineModel(QAbstractTableModel):
    """One column of rows; the outline below it is changed through the model only."""

    def __init__(self, sayer: Sayer, parent: QObject | None = None) -> None:
        """Start with no row."""
        super().__init__(parent)
        self.sayer = sayer
        self._begin(Outline())

    def _begin(self, outline: Outline) -> None:
        self.outline = outline
        self._memo: dict[Row, Any] = {}
        self._faces: dict[str, Face] = {}
        self._aside: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        self._aside_of: tuple[object, ...] = ()  # what was counted
        self._version = -1
        outline.splice = self._splice
        outline.touched = self._touched

    # changing

    def clear(self) -> None:
        """Know no line."""
        self.beginResetModel()
        self._begin(Outline())
        self.endResetModel()

    def renew(self, rows: list[Row], keys: bytearray | None = None) -> None:
        """Show the rows that the outline's pages gave."""
        self.beginResetModel()
        self.outline.renew(rows, keys)
        self.forget()
        self.endResetModel()

    async def renew_by_and_by(self) -> None:
        """Make all rows anew, a page at a time, until nothing changed meanwhile."""
        version = -1
        while version != self.outline.version:
            outline, rows, keys = self.outline, list[Row](), bytearray()
            version = outline.version
            for page in outline.pages():
                rows += page
                keys += keys_of(page)
                await asyncio.sleep(0)
                if version != outline.version or outline is not self.outline:
                    break
            else:
                self.renew(rows, keys)

    def forget(self) -> None:
        """What rows look like is to be found out anew."""
        self._faces.clear()

    def repaint(self) -> None:
        """Rows may look different: titles came, another path is shown."""
        self.forget()
        if self.outline.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.outline.rows) - 1, 0))

    def _splice(self, at: int, gone: int, rows: list[Row]) -> None:
        self.forget()
        if gone:
            self.beginRemoveRows(QModelIndex(), at, at + gone - 1)
            self.outline.place(at, gone, [])
            self.endRemoveRows()
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self.outline.place(at, 0, rows)
            self.endInsertRows()

    def _touched(self, at: int) -> None:
        self.forget()
        self.dataChanged.emit(self.index(at, 0), self.index(at, 0))

    # asking

    @property
    def hoisted(self) -> list[str]:
        """Lines that were hoisted and are shown, the top one last."""
        outline = self.outline
        stack = outline.root.stem.labels.get("hoist", ()) if outline.root else ()
        found = [outline.get(str(each)) for each in stack]
        return [row.stem.id for row in found if row is not None and not row.stem.hidden]

    def line(self, at: int) -> str:
        """The id of the line that a row begins with, "" for no row."""
        rows = self.outline.rows
        return rows[at].stem.id if 0 <= at < len(rows) else ""

    def above(self, at: int) -> int:
        """The index of the row that a row branches from, -1 for none."""
        rows = self.outline.rows
        row = rows[at].above if 0 <= at < len(rows) else None
        return -1 if row is None else self.outline.index(row.stem.id)

    def face(self, at: int) -> Face:
        """What is painted of a row."""
        if self._version != self.outline.version:
            self._version = self.outline.version
            self._memo.clear()
            self.forget()
        row = self.outline.rows[at]
        found = self._faces.get(row.stem.id)
        if found is None:
            found = self._faces[row.stem.id] = self._face(row)
        return found

    def _face(self, row: Row) -> Face:
        outline, stem, labels = self.outline, row.stem, row.stem.labels
        name, colour = self.sayer.speaker(stem.speaker)
        depth, bars = outline.bars(row, self._memo)
        unread, running = self._beside()
        count, under = outline.count(row), outline.under(row)
        folded = outline.folded(row)
        fold = "shut" if folded and under else "open" if under >= count else ""
        marks = {each for each in MARKS if labels.get(each)}
        branch = row.above is not None and len(outline.seen(row.above)) > 1
        titles = self.sayer.models
        told = titles.get(stem.model or "", stem.model) if branch and len(titles) > 1 else None
        tags = tuple(key[4:] for key in labels if key.startswith("tag:"))
        title = str(labels.get("chapter") or self.sayer.title(stem.id))
        return Face(
            stem.id, title, name, colour,
            depth, bars, branch, count, under,
            fold, frozenset(marks | ({"hidden"} if stem.hidden else set())),
            tags,
            int(labels.get("rating", 0)), unread[stem.id], running[stem.id],
            stem.id in self.sayer.here, told or "", self._brief(told), self._hue(tags),
            self.sayer.found(title),
        )  # fmt: skip

    def _brief(self, model: str | None) -> str:
        return briefs(self.sayer.models.values()).get(model or "", model or "")

    def _hue(self, tags: tuple[str, ...]) -> int:
        root = self.outline.root
        told = known(root.stem.labels).get(tags[0]) if tags and root is not None else None
        return COLOURS.index(told.colour) if told is not None and told.colour else -1

    def _beside(self) -> tuple[Counter[str], Counter[str]]:
        """How many unread and running lines each row stands for."""
        now = self.outline.version, frozenset(self.sayer.unread), frozenset(self.sayer.running)
        if now != self._aside_of:
            self._aside_of = now
            self._aside = self._stand_for(now[1]), self._stand_for(now[2])
        return self._aside

    def _stand_for(self, lines: Iterable[str]) -> Counter[str]:
        found = (self.outline.standing(each) for each in lines)
        return Counter(row.stem.id for row in found if row is not None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as are shown."""
        return 0 if parent.isValid() else len(self.outline.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title, what is read aloud, the id, and all that is painted."""
        at = index.row()
        if not index.isValid() or at >= len(self.outline.rows):
            return None
        if role == LINE:
            return self.line(at)
        if role == FACE:
            return self.face(at)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.face(at).title
        return told(self.face(at)) if role == Qt.ItemDataRole.AccessibleTextRole else None


def told(face: Face) -> str:
    """A row as a screen reader says it: who, what, and every mark in words."""
    parts = [face.name, face.model, face.title, words.marked(face.marks)]
    parts += [f"#{each}" for each in face.tags]
    if face.rating:
        parts.append(words.tr("words", "rated {0} of 5").format(face.rating))
    if face.running:
        parts.append(words.tr("words", "still speaking"))
    if face.unread:
        parts.append(words.tr("words", "{0} unread").format(face.unread))
    if face.here:
        parts.append(words.tr("words", "on stage"))
    parts.append(words.tr("words", "depth {0}").format(face.depth + 1))
    if face.count > 1:
        parts.append(words.count(face.count, "line"))
    if face.fold == "shut":
        parts.append(words.tr("words", "folded"))
    return ", ".join(each for each in parts if each)
