"""Lines of the play on stage that have something, for the filter over the outline."""

from stage.director import surveying
from stage.director.director import Director
from stage.ui.desk.session import Session
from stage.ui.outline import sifting
from stage.ui.outline.survey import Survey


class Finder:
    """Looks in the words of lines, their tags, titles, notes and the names of who says them.

    Attributes:
        capped: more lines may have what was looked for last than were found.
    """

    def __init__(self, director: Director, session: Session, survey: Survey) -> None:
        """Have looked for nothing."""
        self.capped = False
        self._director, self._session, self._survey = director, session, survey

    async def find(self, typed: str) -> set[str]:
        """Ids of the lines in sight that have this. Raises KnownError."""
        play, outline = self._session.play, self._survey.rows.outline
        if play is None:
            return set()
        found = await surveying.found(self._director, play.id, typed)
        self.capped = len(found) >= surveying.MOST
        marked = await sifting.marked(outline, typed, self._survey.speakers.get)
        return {each for each in found | marked if not sifting.away(outline, each)}
