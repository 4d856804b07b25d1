"""A lane: one path shown, and what its next line comes after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from stage.director.opened import OpenPlay
from stage.ui.desk.saved import Saved

MOST_LANES = 4

History = Literal["own", "shared", "frozen"]
HISTORIES: tuple[History, ...] = get_args(History)


@dataclass
class Lane:
    """One path shown.

    Attributes:
        leaf: the line it ends at.
        model: the scene's name of the model that speaks here, None for the speaker's own.
        history: what the next line comes after: the lane's own leaf; the leaf that all shared
            lanes go on from; or the end of a frozen transcript, again and again.
        frozen: the line that a frozen transcript ends at.
        read: Markdown is set as it is meant, its marks faint; otherwise verbatim.
    """

    leaf: str
    model: str | None = None
    history: History = "own"
    frozen: str = ""
    read: bool = False

    def kept(self) -> list[Any]:
        """What is kept for the next time."""
        return [self.leaf, self.model, self.history, self.frozen, self.read]

    def move(self, leaf: str, play: OpenPlay) -> None:
        """End at another line; a frozen transcript ends there too, unless the line is after it."""
        self.leaf = leaf
        if self.history == "frozen" and not _after(play, self.frozen, leaf):
            self.frozen = leaf

    def set_history(self, history: History, play: OpenPlay) -> None:
        """Go on from another place from now on; a transcript is frozen where it is at rest."""
        self.history = history
        self.frozen = self.leaf if history == "frozen" else ""

    def stay_in_sight(self, play: OpenPlay) -> None:
        """Stand on no line that is hidden or gone."""
        self.leaf = in_sight(play, self.leaf)
        self.frozen = self.frozen and in_sight(play, self.frozen)


def in_sight(play: OpenPlay, leaf: str) -> str:
    """The line itself; where it is hidden or gone, the end of what is shown above it."""
    path = play.tree.path(leaf if leaf in play.tree else play.start)
    hidden = next((at for at, line in enumerate(path) if line.hidden), None)
    if hidden is None and leaf in play.tree:
        return leaf
    return play.tree.leaf_under(path[(hidden or len(path)) - 1].id).id


def restored(kept: Sequence[Any], play: OpenPlay) -> Lane | None:
    """A lane as it was kept, None when its line is not there any more."""
    leaf, model, history, frozen, read = [*kept, None, None, None, None, None][:5]
    if leaf not in play.tree:
        return None
    lane = Lane(str(leaf), model if model in play.scene.models else None, read=read is True)
    if history in HISTORIES and (history != "frozen" or frozen in play.tree):
        lane.history, lane.frozen = history, str(frozen or "")
    lane.stay_in_sight(play)
    return lane


def kept_lanes(saved: Saved, play: OpenPlay) -> list[Lane]:
    """The lanes of a play as they were; one that goes as far as was visited, where none is left."""
    found = [restored(kept, play) for kept in _kept(saved, play.id)]
    lanes = [lane for lane in found if lane is not None]
    return lanes[:MOST_LANES] or [Lane(play.tree.leaf_under(play.start).id)]


def kept_leaves(saved: Saved, play: str) -> list[str]:
    """The lines that the lanes of a play stood on when it was looked at last."""
    return [str(kept[0]) for kept in _kept(saved, play)]


def _kept(saved: Saved, play: str) -> list[list[Any]]:
    kept = saved.of_play(play).get("lanes")
    known = kept if isinstance(kept, list) else []
    return [each for each in known if isinstance(each, list) and len(each) >= 2]


def arranged(lanes: Sequence[Lane], at: int, count: int, models: Sequence[str]) -> list[Lane]:
    """So many lanes: those there are stay, new ones start where the current one stands.

    Args:
        at: the current lane; of one lane only this one is left, with every speaker's own model.
        models: the scene's; lanes take them in turn.
    """
    here = lanes[at]
    if count == 1:
        return [Lane(here.leaf, read=here.read)]
    kept = list(lanes[:count]) if len(lanes) > 1 else [Lane(here.leaf, models[0], read=here.read)]
    fresh = range(len(kept), count)
    return [*kept, *(Lane(here.leaf, models[i % len(models)], read=here.read) for i in fresh)]


def after(lanes: Sequence[Lane], at: int, current: int) -> str:
    """The line that the next one of a lane comes after; shared lanes follow the current one."""
    lane = lanes[at]
    if lane.history == "frozen":
        return lane.frozen
    if lane.history == "shared":
        shared = [each for each in lanes if each.history == "shared"]
        lead = lanes[current] if lanes[current].history == "shared" else shared[0]
        return lead.leaf
    return lane.leaf


def _after(play: OpenPlay, first: str, leaf: str) -> bool:
    return any(line.id == first for line in play.tree.path(leaf))
