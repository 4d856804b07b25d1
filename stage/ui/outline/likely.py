"""How likely lines are, read for the outline while siblings are sorted by it."""

import logging
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject

from stage.director import charting
from stage.director.director import Director
from stage.director.events import LineEnded
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.outline import PAGE, Stem
from stage.play.outlining import Outline
from stage.play.spot import Spot
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session
from stage.ui.outline.survey import Survey

log = logging.getLogger("stage.window")


class Likely(QObject):
    """Tells a survey the mean log-probability of lines, once it is looked at in that order."""

    def __init__(
        self, director: Director, session: Session, survey: Survey, bridge: Bridge
    ) -> None:
        """Read nothing yet."""
        super().__init__(session)
        self._director, self._session, self._survey = director, session, survey
        self._known: object = None  # the outline whose lines were told
        survey.changed.connect(self._look)
        bridge.ended.connect(self._ended)

    @property
    def _wanted(self) -> bool:
        return self._survey.rows.outline.show.order == "probability"

    def _look(self) -> None:
        outline = self._survey.rows.outline
        if self._wanted and not self._survey.loading and outline is not self._known:
            self._known = outline
            spawn(self._tell(0), name="how likely lines are")

    def _ended(self, event: LineEnded) -> None:
        if self._wanted and self._known is self._survey.rows.outline:
            spawn(self._tell(event.line.order - 1), name="how likely a line is")

    async def _tell(self, after: int) -> None:
        play, outline = self._session.play, self._survey.rows.outline
        if play is None:
            return
        try:
            while spots := await charting.spots(self._director, play.id, after, PAGE):
                if outline is not self._survey.rows.outline:
                    return
                self._survey.tell(list(_weighed(outline, spots)))
                after = spots[-1].order
        except KnownError as error:
            log.info("how likely lines are could not be read: %s", error.sentence)


def _weighed(outline: Outline, spots: Iterable[Spot]) -> Iterator[Stem]:
    for spot in spots:
        row, nats = outline.get(spot.id), spot.surprise
        if row is not None and nats is not None:
            yield row.stem._replace(chance=-nats)
