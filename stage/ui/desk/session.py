"""What the window looks at: a play, its lanes, a chosen line, who speaks next."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from stage.director.events import Changed
from stage.director.opened import OpenPlay
from stage.play.cast import Member
from stage.play.line import Line, Status
from stage.play.speaking.rule import Decision
from stage.ui.desk.saved import Saved
from stage.ui.lanes.lanes import MOST_LANES, History, Lane, after, arranged, in_sight, kept_lanes
from stage.ui.pacing.agenda import Agenda


class Session(QObject):
    """State without widgets. Views read it and follow its signals; operations move it.

    Attributes:
        agenda: what is shown of it a moment later.
        wish: stands for the play that is being opened to be looked at; another one takes its place.

    Signals:
        opened: another play is looked at, or none.
        lanes_changed: their number or models.
        moved: a lane (its index) shows another path.
        chose: the chosen line is another one.
        next_changed: who speaks next, or as whom one types.
    """

    opened = Signal()
    lanes_changed = Signal()
    moved = Signal(int)
    chose = Signal()
    next_changed = Signal()

    def __init__(self, saved: Saved, parent: QObject | None = None) -> None:
        """Start without a play."""
        super().__init__(parent)
        self.agenda = Agenda(self)
        self.saved = saved
        self.play: OpenPlay | None = None
        self.wish: object = None
        self.lanes: list[Lane] = []
        self.at = 0
        self.chosen = self.picked = self.typing_as = ""
        self.afar = False  # the chosen line may stand in no lane: it was chosen in the whole tree
        self._shows = [partial(self._show_lane, at) for at in range(MOST_LANES)]  # once each

    # the play

    def show(self, play: OpenPlay | None) -> None:
        """Look at a play where it was left."""
        self.play, self.picked, self.afar, self.wish = play, "", False, None
        self.lanes = kept_lanes(self.saved, play) if play else []
        self.at, self.chosen = _where_left(self)
        self.typing_as = _who_types(self)
        if play is not None:
            self.saved.put("play", play.id)
        with self.agenda.counting():
            self.opened.emit()
        self.agenda.add(self.lanes_changed.emit)
        self._all_moved()

    @property
    def models(self) -> tuple[str, ...]:
        """The scene's names of its models, in order."""
        return tuple(self.play.scene.models) if self.play else ()

    @property
    def cast(self) -> tuple[Member, ...]:
        """The cast as it is where the current lane stands."""
        leaf = self.leaf()
        return self.play.cast(leaf.id).members if self.play and leaf is not None else ()

    def member(self, id_: str) -> Member | None:
        """A member as it is where the current lane stands."""
        return next((each for each in self.cast if each.id == id_), None)

    def path(self, at: int) -> list[Line]:
        """The lines of a lane, without the scene root."""
        there = self.play is not None and at < len(self.lanes)
        return self.play.path(self.lanes[at].leaf) if self.play and there else []

    def leaf(self, at: int | None = None) -> Line | None:
        """The line a lane stands on; of the current lane unless one is named."""
        at = self.at if at is None else at
        if self.play is None or at >= len(self.lanes):
            return None
        return self.play.tree[self.lanes[at].leaf]

    def ground(self, at: int | None = None) -> Line | None:
        """The line that what comes next in a lane comes after."""
        at = self.at if at is None else at
        if self.play is None or at >= len(self.lanes):
            return None
        return self.play.tree[self.after(at)]

    # lanes

    def set_lanes(self, count: int) -> None:
        """Show one to four lanes; new ones start where the current one stands."""
        if self.play is None or count == len(self.lanes):
            return
        self.lanes = arranged(self.lanes, self.at, min(count, MOST_LANES), self.models)
        self.at = min(self.at, len(self.lanes) - 1)
        self._rearranged()

    def close_lane(self, at: int) -> None:
        """Take a lane away; the last one stays."""
        if len(self.lanes) > 1 and at < len(self.lanes):
            del self.lanes[at]
            self.at = min(self.at, len(self.lanes) - 1)
            self._rearranged()

    def set_lane(
        self,
        at: int,
        *,
        model: str | None = None,
        history: History | None = None,
        read: bool | None = None,
    ) -> None:
        """Let a lane have another model, history or way to show text; None leaves it."""
        if self.play is None or at >= len(self.lanes):
            return
        lane = self.lanes[at]
        if model is not None:
            lane.model = model
        if history is not None:
            lane.set_history(history, self.play)
        if read is not None:
            lane.read = read
        self._rearranged()

    def after(self, at: int) -> str:
        """The line that the next one of a lane comes after."""
        return after(self.lanes, at, self.at)

    def focus_lane(self, at: int) -> None:
        """Make a lane the one that keys act on."""
        if at != self.at and at < len(self.lanes):
            before, self.at = self.chosen_line(), at
            _keep_place(self)
            self.next_changed.emit()
            if self.chosen_line() is not before:  # where none is chosen, the lane's own counts
                self.chose.emit()

    def move(self, at: int, leaf: str) -> None:
        """Let a lane end at a line; whoever asks may have waited while lanes were put away."""
        if self.play is None or at >= len(self.lanes) or leaf not in self.play.tree:
            return
        self.lanes[at].move(leaf, self.play)
        self.picked, self.afar = "", False
        _keep_place(self)
        self.moved.emit(at)
        self.next_changed.emit()

    def lead(self, at: int, leaf: str) -> None:
        """Let a lane end at a line that begins; who is next is told in a turn of its own."""
        if self.play is None or leaf not in self.play.tree:
            return
        self.lanes[at].move(leaf, self.play)
        self.picked, self.afar, self.chosen = "", False, ""
        self.moved.emit(at)
        self.agenda.add(self._settle)

    def _settle(self) -> None:
        """Lanes stand elsewhere, so somebody else may be next."""
        _keep_place(self)
        self.next_changed.emit()
        self.chose.emit()

    def refresh(self) -> None:
        """The tree changed: show every lane again."""
        for at in range(len(self.lanes)):
            self.agenda.add(self._shows[at])

    def _show_lane(self, at: int) -> None:
        if at < len(self.lanes):
            self.moved.emit(at)

    def follow(self) -> None:
        """Lines changed: no lane stands on one that went out of sight, and all show it."""
        if self.play is None:
            return
        for lane in self.lanes:
            lane.stay_in_sight(self.play)
        self._all_moved()

    def lane_of(self, line_id: str) -> int:
        """The index of a lane that shows a line, the current one first; -1 for none."""
        if self.play is None or line_id in ("", self.play.start):
            return -1
        order = sorted(range(len(self.lanes)), key=lambda at: at != self.at)
        leaves = ((at, self.lanes[at].leaf) for at in order)
        return next((at for at, leaf in leaves if self.play.tree.is_under(leaf, line_id)), -1)

    # the chosen line

    def choose(self, line_id: str, at: int | None = None, *, afar: bool = False) -> None:
        """Choose a line; the inspector shows it and keys act on it.

        Args:
            afar: the line counts though no lane shows it, until a lane moves; the whole path
                down to it is known.
        """
        if at is not None:
            self.focus_lane(at)
        if (line_id, afar) != (self.chosen, self.afar):
            self.chosen, self.afar = line_id, afar
            _keep_place(self)
            self.chose.emit()

    def chosen_line(self) -> Line | None:
        """The chosen line, else the one the current lane stands on."""
        if self.play is None:
            return None
        shown = self.afar or self.lane_of(self.chosen) >= 0
        there = shown and self.chosen in self.play.tree
        return self.play.tree[self.chosen] if there else self.leaf()

    # who speaks next

    def decision(self) -> Decision:
        """Who speaks next in the current lane, and why."""
        if self.play is None or not self.lanes:
            return Decision((), "manual", "")
        leaf = self.after(self.at)
        if self.picked:
            return self.play.decide(leaf, rule="manual", chosen=self.picked)
        return self.play.decide(leaf)

    @property
    def wants(self) -> bool:
        """Whether a model has to be asked before it is known who speaks next."""
        leaf = self.ground()
        if self.play is None or leaf is None or self.picked:
            return False
        return bool(self.play.wants(leaf.id)) or self.play.decide(leaf.id).newcomer

    def pick(self, member: str) -> None:
        """Say who speaks next; "" leaves it to the rule."""
        self.picked = "" if member == self.picked else member
        self.next_changed.emit()

    def type_as(self, member: str) -> None:
        """Say as whom one types."""
        if member != self.typing_as:
            self.typing_as = member
            _keep_place(self)
            self.next_changed.emit()

    # inside

    def _rearranged(self) -> None:
        self.lanes_changed.emit()
        self._all_moved()

    def _all_moved(self) -> None:
        self.refresh()
        self.agenda.add(self._settle)


def _who_types(session: Session) -> str:
    """As whom one typed last in a play, else its first human."""
    if session.play is None:
        return ""
    members = list(session.cast)
    kept = session.saved.of_play(session.play.id).get("typing_as")
    if any(each.id == kept for each in members):
        return str(kept)
    humans = [member.id for member in members if member.human]
    return humans[0] if humans else next((each.id for each in members), "")


def _where_left(session: Session) -> tuple[int, str]:
    """The current lane and the chosen line as they were left."""
    kept = session.saved.of_play(session.play.id) if session.play else {}
    at = kept.get("at")
    there = isinstance(at, int) and 0 <= at < len(session.lanes)
    return (int(at or 0) if there else 0), str(kept.get("chosen", ""))


def _keep_place(session: Session) -> None:
    if session.play is not None:
        lanes = [lane.kept() for lane in session.lanes]
        place = {"at": session.at, "chosen": session.chosen, "typing_as": session.typing_as}
        session.saved.put_play(session.play.id, lanes=lanes, **place)


def performer(session: Session) -> str:
    """Whom a model plays and who would speak next, people passed over; "" for nobody known."""
    if session.play is None or session.wants:
        return ""
    queue = session.decision().queue
    member = session.member(queue[0]) if queue else None
    if member is None or member.human:
        queue = session.play.decide(session.after(session.at), skip_humans=True).queue
    return queue[0] if queue else ""


def pass_people(session: Session) -> None:
    """Choose whom a model plays, where a person is next."""
    wanted = performer(session)
    if wanted and wanted not in session.decision().queue[:1]:
        session.pick(wanted)


def said_in(session: Session, at: int) -> list[str]:
    """The takes being said beside the one that a lane shows, by its model."""
    play, leaf = session.play, session.leaf(at)
    if play is None or leaf is None or leaf.status is not Status.RUNNING:
        return []
    beside = map(play.tree.__getitem__, play.tree.siblings(leaf.id))
    return [each.id for each in beside if (each.status, each.model) == (leaf.status, leaf.model)]


def speaks(session: Session) -> bool:
    """Whether a lane stands on a line that is still being said."""
    leaves = (session.leaf(at) for at in range(len(session.lanes)))
    return any(leaf is not None and leaf.status is Status.RUNNING for leaf in leaves)


def _was_shown(play: OpenPlay, line: str) -> bool:
    return play.tree.shown(str(play.tree[line].parent)) == line


def reveal(session: Session, event: Changed) -> None:
    """Show what an operation changed, where no lane shows it; marks of the play are no line."""
    play = session.play
    if play is None or event.play != play.id:
        return
    tree = play.tree
    ids = [each for each in (*event.made, *event.lines) if each in tree and tree[each].parent]
    if not ids or any(session.lane_of(each) >= 0 for each in ids):
        return
    seen = [each for each in ids if in_sight(play, each) == each]
    if seen:  # of siblings the one that was shown last
        first = min(seen, key=lambda each: (not _was_shown(play, each), tree[each].order))
        session.move(session.at, play.tree.leaf_under(first).id)
        session.choose(first)
