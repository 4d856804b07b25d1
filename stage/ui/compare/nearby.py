"""Branches that are near: what may be compared from where one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from stage.director.opened import OpenPlay
from stage.director.weighing.comparing import MOST
from stage.play.line import Line
from stage.ui.desk.session import Session
from stage.ui.words import tr

MOST_OTHERS = 24  # that a menu holds


@dataclass(frozen=True, slots=True)
class Offer:
    """Branches that may be compared: what they are, and the lines they end at."""

    words: str
    leaves: tuple[str, ...]


def offers(session: Session) -> list[Offer]:
    """Siblings of the chosen line, the lanes, the takes of the last line that has several."""
    play, line = session.play, session.chosen_line()
    if play is None or line is None:
        return []
    found = []
    lanes = [lane.leaf for lane in session.lanes]
    if line.parent is not None and len(play.siblings(line.id)) > 1:
        words = tr("nearby", "The chosen line and its siblings")
        if (many := len(play.siblings(line.id))) > MOST:
            words = tr("nearby", "The chosen line and some of its {0} siblings").format(many - 1)
        found.append(Offer(words, around(play, line, lanes)))
    if len(set(lanes)) > 1:
        found.append(Offer(tr("nearby", "The lanes on stage"), tuple(dict.fromkeys(lanes))))
    above = reversed(play.path(line.id)[:-1])
    fork = next((each for each in above if len(play.siblings(each.id)) > 1), None)
    if fork is not None:
        who = play.scene.cast.label_of(fork) or tr("nearby", "the scene")
        words = tr("nearby", "Takes of {0} above it").format(who)
        found.append(Offer(words, around(play, fork, lanes)))
    return found


def others(play: OpenPlay, leaves: Sequence[str], common: int) -> list[str]:
    """Leaves of branches that part from some, nearest first; two dozen at most.

    Args:
        leaves: where those branches end.
        common: how many lines they have in common.
    """
    found: dict[str, None] = {}
    for leaf in leaves:
        for line in play.path(leaf)[max(0, common - 1) :]:
            for each in play.siblings(line.id):
                found[play.end(each)] = None
                if len(found) == MOST_OTHERS:
                    return [each for each in found if each not in leaves]
    return [each for each in found if each not in leaves]


def around(play: OpenPlay, line: Line, lanes: Sequence[str]) -> tuple[str, ...]:
    """Ends of the branches of a line and its siblings, its own first."""
    siblings = play.siblings(line.id)
    at = siblings.index(line.id) if line.id in siblings else 0
    turned = mixed([*siblings[at:], *siblings[:at]], play)[:MOST]
    return tuple(_end(play, each, lanes) for each in turned)


def mixed(siblings: Sequence[str], play: OpenPlay) -> list[str]:
    """More takes than stand side by side: one of each model in turn, so that none is left out.

    A fan-out of two models has all takes of the first one before those of the second.
    """
    if len(siblings) <= MOST:
        return list(siblings)
    by: dict[str | None, list[str]] = {}
    for each in siblings:
        by.setdefault(play.tree[each].model, []).append(each)
    return [each for row in zip_longest(*by.values()) for each in row if each is not None]


def _end(play: OpenPlay, line: str, lanes: Sequence[str]) -> str:
    """Where a branch ends: at the lane that shows it, else at the leaf last visited."""
    shown = (each for each in lanes if play.tree.is_under(each, line))
    return next(shown, "") or play.end(line)
