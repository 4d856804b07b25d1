"""Everything a view may ask for, handed down from the window; nothing here is global."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Signal

from stage.director.director import Director
from stage.kit.settings import Settings
from stage.ui.compare.compared import Compared
from stage.ui.compare.tallied import Tallied
from stage.ui.composer.answering import Answering
from stage.ui.composer.cues import Cues
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.choosing import Choosing
from stage.ui.desk.chores import Chores
from stage.ui.desk.details import Details
from stage.ui.desk.machine import Machine
from stage.ui.desk.paths import Paths
from stage.ui.desk.preferences import Preferences
from stage.ui.desk.saved import Saved
from stage.ui.desk.session import Session
from stage.ui.desk.siblings import Siblings
from stage.ui.desk.states import Shelf
from stage.ui.desk.steps import Steps
from stage.ui.desk.turns import Turns
from stage.ui.lens.looks import Looks
from stage.ui.outline.likely import Likely
from stage.ui.outline.survey import Survey
from stage.ui.replay.reel import Reel


class Wishes(QObject):
    """What one view wants of another, which it does not know.

    Signals:
        said: a notice for the foot.
        token: a line's id and the index of a token to look at.
        focus: the name of a place that should have the keyboard.
        action: the id of an action of the table.
        file: the path of a file that is to be taken in, whatever it is.
        library: the path of another library, to be opened in a window of its own.
        view: the id of a view to go to.
        menu: a place of the screen, at which to show what can be done with the chosen line.
        member: the id of a member whose card is to be seen.
        mask: the id of a member who is to play somebody.
        whisper: the id of a member to whom one's next words are meant.
        compare: the ids of the lines at which branches end that are to be compared.
    """

    said = Signal(str)
    token = Signal(str, int)
    focus = Signal(str)
    action = Signal(str)
    file = Signal(str)
    library = Signal(str)
    view = Signal(str)
    menu = Signal(QPoint)
    member = Signal(str)
    mask = Signal(str)
    whisper = Signal(str)
    compare = Signal(list)


@dataclass
class Desk:
    """The window's parts by name.

    Attributes:
        cues: whom the model expects next, and ghost lines.
        reel: the branch of the current lane as a replay.
        looks: what models think of the tokens of lines.
        compared: the branches that are put side by side.
        tallied: the takes of a line, told together by model.
        shelf: the states of the play's models.
        chores: imports, exports, backups and checks that go on.
        survey: the whole tree from above.
        paths: where one was, and ways to go elsewhere.
        settings: to be read; `prefs` changes them.
        machine: what the front door knows of it.
        choosing: asks for files.
    """

    director: Director
    bridge: Bridge
    session: Session
    turns: Turns
    siblings: Siblings
    answering: Answering
    steps: Steps
    cues: Cues
    reel: Reel
    compared: Compared
    tallied: Tallied
    details: Details
    looks: Looks
    shelf: Shelf
    survey: Survey
    paths: Paths
    wishes: Wishes
    settings: Settings
    prefs: Preferences
    machine: Machine
    chores: Chores
    choosing: Choosing


def set_desk(
    director: Director,
    saved: Saved,
    settings: Settings,
    keep: Callable[[], None],
    machine: Machine | None = None,
) -> Desk:
    """Put everything on a desk; the session owns the parts that need an owner."""
    session = Session(saved)
    bridge, wishes = Bridge(director.told, session.agenda, session), Wishes(session)
    turns, steps = Turns(director, session, bridge), Steps(director, session, bridge)
    details = Details(director, bridge, session.agenda, session)
    compared = _meet(wishes, Compared(director, session, bridge, steps))
    survey = Survey(director, session, bridge)
    Likely(director, session, survey, bridge)
    return Desk(
        director=director,
        bridge=bridge,
        session=session,
        details=details,
        looks=Looks(director, session, turns, details, settings, bridge),
        turns=turns,
        siblings=Siblings(session, turns),
        answering=Answering(session, turns, bridge),
        steps=steps,
        compared=compared,
        tallied=Tallied(director, session, compared, bridge),
        cues=Cues(director, session, turns, bridge),
        reel=Reel(director, session),
        shelf=Shelf(session, bridge),
        survey=survey,
        paths=Paths(director, session, survey, wishes.said),
        wishes=wishes,
        settings=settings,
        prefs=Preferences(settings, keep, session),
        machine=machine or Machine(),
        chores=Chores(director, session),
        choosing=Choosing(saved),
    )


def _meet(wishes: Wishes, compared: Compared) -> Compared:
    """Branches are compared by wish; what is said of them is a wish, too."""
    wishes.compare.connect(compared.show)
    compared.wanted.connect(wishes.view)
    compared.said.connect(wishes.said)
    return compared
