"""Labels and colours of everybody who ever speaks in a play, whoever joined later included."""

from stage.director.opened import OpenPlay
from stage.play.outline import Stem
from stage.ui.desk.session import Session
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.theme import NARRATOR
from stage.ui.words import tr


class Speakers:
    """Members of the cast by id, found without reading a path."""

    def __init__(self, session: Session) -> None:
        """Ask the session for the cast of now."""
        self._session = session
        self._play: OpenPlay | None = None
        self._known: dict[str, tuple[str, int]] = {}

    def of(self, play: OpenPlay | None) -> None:
        """Tell those of another play."""
        self._play = play
        self._known.clear()

    def get(self, member: str | None) -> tuple[str, int]:
        """Label and index of the colour of a member; the scene itself for None."""
        if member is None or self._play is None:
            return tr("words", "Scene"), NARRATOR
        if member not in self._known:
            cast = (*self._play.scene.cast.members, *self._session.cast)
            known = next((each for each in cast if each.id == member), None)
            if known is None:
                return member, NARRATOR
            self._known[member] = known.label, colour_index(known)
        return self._known[member]

    def learn(self, stem: Stem) -> None:
        """Hear of a line; somebody may join the cast with it."""
        for key, value in stem.labels.items():
            if key.startswith("cast:") and "label" in value and key[5:] not in self._known:
                self._known[key[5:]] = str(value["label"]), int(value.get("colour", NARRATOR))
