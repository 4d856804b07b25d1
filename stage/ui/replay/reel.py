"""The branch of the current lane as a replay: read when somebody wants to move in it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui.desk.session import Session
from stage.ui.pacing.slowly import slowly
from stage.ui.replay.playback import Playback
from stage.ui.replay.player import Player


class Reel(QObject):
    """One replay for the view and for the foot of the window.

    Attributes:
        player: moves it; has nothing to play until the record is read.
        shown: what is seen of it, None while nothing is read.
        sentence: why nothing is there, "" where there is something.
        failed: it could not be read.

    Signals:
        changed: another record is there, or none and another sentence.
    """

    changed = Signal()

    def __init__(self, director: Director, session: Session) -> None:
        """Follow the current lane; nothing is read yet."""
        super().__init__(session)
        self._director, self._session = director, session
        self.player = Player(self)
        self.shown: Playback | None = None
        self.sentence, self.failed = "", False
        self._leaf: str | None = None
        self._reading = False
        self._then: Callable[[], object] | None = None
        session.opened.connect(self._follow)
        session.moved.connect(self._moved)
        session.next_changed.connect(self._follow)
        self._follow()

    @property
    def leaf(self) -> str:
        """The line that the branch ends at, "" while nothing is said."""
        return self._leaf or ""

    @property
    def lines(self) -> int:
        """How many lines the branch has."""
        return len(self._session.path(self._session.at)) if self._leaf else 0

    def want(self, then: Callable[[], object] | None = None) -> None:
        """Read the record unless it is read, then do something with it."""
        self._then = then or self._then
        if self.shown is not None:
            self._go_on()
        elif self._leaf and not self._reading:
            self._reading = True
            self._say(self.tr("Reading the record ..."))
            spawn(self._read(self._leaf), name="replay")

    # inside

    def _moved(self, at: int) -> None:
        if at == self._session.at:
            self._follow()

    def _follow(self) -> None:
        """Forget the record of another branch."""
        leaf = self._session.leaf()
        wanted = "" if leaf is None or leaf.parent is None else leaf.id
        if wanted == self._leaf:
            return
        self._leaf, self._reading, self._then = wanted, False, None
        said = self.tr("Nothing has been said yet that could be replayed.")
        if self._session.play is None:
            said = self.tr("No play is open; choose one in the library.")
        self._say("" if wanted else said)

    async def _read(self, leaf: str) -> None:
        play = self._session.play
        try:
            found = await self._director.replay(leaf)
        except KnownError as error:
            if leaf == self._leaf:
                self._reading = False
                self._say(error.sentence, failed=True)
            return
        if leaf != self._leaf or play is None:
            return
        shown = Playback(play, found)
        await slowly(shown.made())
        if leaf != self._leaf or play is not self._session.play:
            return
        self._reading, self.sentence, self.shown = False, "", shown
        self.player.load(found)
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def again(self) -> None:
        """Read the record once more."""
        self.sentence = ""
        self.want()

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        """There is nothing to play, and this is why."""
        self.shown, self.sentence, self.failed = None, sentence, failed
        self.player.load(None)
        self.changed.emit()
