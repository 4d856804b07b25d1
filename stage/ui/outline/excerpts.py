"""First words of lines, for lists of many: asked for in one go when they are seen."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director import surveying
from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.lanes.verbatim import one_row
from stage.ui.outline.sought import Sought

KEPT = 4_000
LENGTH = 160  # characters
SEARCHED = 2_000  # characters that are looked through while something is looked for


class Excerpts(QObject):
    """Titles of lines that have none.

    Attributes:
        sought: what is looked for; an excerpt begins where it is found.

    Signals:
        arrived: some that were asked for are there now.
    """

    arrived = Signal()

    def __init__(self, director: Director, parent: QObject | None = None) -> None:
        """Ask a director."""
        super().__init__(parent)
        self._director = director
        self.sought = Sought()
        self._play: OpenPlay | None = None
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._wanted: dict[str, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)

    def of(self, play: OpenPlay | None) -> None:
        """Tell the words of another play."""
        self._play = play
        self._kept.clear()
        self._wanted.clear()

    def seek(self, typed: str) -> None:
        """Let excerpts begin where this is found, "" for at their first words."""
        was, self.sought = self.sought, Sought(typed)
        if was or self.sought:
            self._kept.clear()

    def get(self, line: str) -> str:
        """The first words of a line in one row; "" while they are being fetched."""
        known = self._play.tree.at_hand(line) if self._play else None
        if known is not None:
            return self._shown(known.text) or words.silence(known)
        found = self._kept.get(line)
        if found is None:
            self._wanted[line] = None
            if not self._timer.isActive():
                self._timer.start()
        return found or ""

    def _shown(self, text: str) -> str:
        return self.sought.from_there(one_row(text[: self._length()]))[:LENGTH]

    def _length(self) -> int:
        return SEARCHED if self.sought else LENGTH

    def _ask(self) -> None:
        if self._play is not None and self._wanted:
            wanted, self._wanted = list(self._wanted), {}
            spawn(self._fetch(self._play, wanted), name="first words")

    async def _fetch(self, play: OpenPlay, ids: list[str]) -> None:
        sought = self.sought
        try:
            found = await surveying.excerpts(self._director, play.id, ids, self._length())
        except KnownError:
            return  # nothing is known of them: whoever paints them next asks again
        if self._play is not play:
            return
        if self.sought is sought:  # else they are asked for again as they are painted
            self._kept |= {each: self._shown(found.get(each, "")) for each in ids}
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()
