"""Where a lane is being read: kept while one scrolls, stood at again when the play is opened."""

from PySide6.QtCore import QObject

from stage.ui.desk.session import Session
from stage.ui.lanes.transcript import Transcript, stand_at
from stage.ui.pacing.soon import Soon

REST = 400  # milliseconds after the last scrolling


class Anchor(QObject):
    """Keeps the line at the top of a lane, for each play; none where its end is read."""

    def __init__(self, text: Transcript, at: int, session: Session) -> None:
        """Follow the transcript of the lane of an index."""
        super().__init__(text)
        self._text, self._at, self._session = text, at, session
        self._rest = Soon(self._keep, self, REST)
        self._laid_out = Soon(self._stand, self, 0)
        text.verticalScrollBar().valueChanged.connect(self._rest.ask)
        session.opened.connect(self.stand)

    def stand(self) -> None:
        """Read on where one read last, as soon as the lane shows its lines."""
        self._laid_out.ask()

    def _kept(self) -> dict[str, str]:
        play = self._session.play
        kept = self._session.saved.of_play(play.id).get("read at") if play is not None else None
        return dict(kept) if isinstance(kept, dict) else {}

    def line(self) -> str:
        """The line that is stood at, "" for none."""
        return str(self._kept().get(str(self._at), ""))

    def _stand(self) -> None:
        line = self.line()
        if line and self._text.isVisible():
            stand_at(self._text, line)

    def _keep(self) -> None:
        play, seen = self._session.play, self._text.visible_lines()
        if play is None or not seen or not self._text.isVisible():
            return
        kept = {**self._kept(), str(self._at): seen[0]}
        if self._text.follower.near_end():
            del kept[str(self._at)]
        self._session.saved.put_play(play.id, **{"read at": kept})
