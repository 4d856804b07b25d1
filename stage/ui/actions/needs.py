"""What must be there for an action, whether it is, and what is said where it is not."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from stage.play.line import Status
from stage.ui.actions.undoing import can_undo, on_stage
from stage.ui.desk.session import performer
from stage.ui.words import tr

if TYPE_CHECKING:
    from stage.ui.window.window import Window

Needs = Literal[
    "nothing", "play", "rest", "models", "performer", "running", "line", "generated", "siblings",
    "more", "back", "forth", "bookmarks", "ghost",
    "masked", "chapters", "hoisted", "past", "future", "unread",
]  # fmt: skip

REASONS: dict[Needs, str] = {
    "nothing": "",
    "play": "No play is open.",
    "rest": "A line is still being said.",
    "models": "This scene has one model.",
    "performer": "Nobody who could be next is played by a model.",
    "running": "Nothing is being said.",
    "line": "No line is chosen.",
    "generated": "The chosen line was not made by a model.",
    "siblings": "The chosen line has no siblings.",
    "more": "The chosen line has no siblings, and no model said it.",
    "back": "There is nothing to undo here.",
    "forth": "There is nothing to redo here.",
    "bookmarks": "No line has a bookmark.",
    "ghost": "No line was begun for somebody else here.",
    "masked": "Nobody plays somebody else here.",
    "chapters": "No line has a title.",
    "hoisted": "Nothing is hoisted.",
    "past": "There is nowhere to go back to.",
    "future": "There is nowhere to go forth to.",
    "unread": "Every line has been read.",
}


def lacks(there: Mapping[Needs, bool], needs: Needs) -> str:
    """Why an action cannot be done now; "" when it can."""
    if needs == "nothing" or (there["play"] and there[needs]):
        return ""
    return tr("actions", REASONS[needs if there["play"] else "play"])


def what_is_there(window: "Window") -> dict[Needs, bool]:
    """Which needs are met."""
    session, turns, steps = window.desk.session, window.desk.turns, window.desk.steps
    line, play = session.chosen_line(), session.play
    chosen = line is not None and line.parent is not None
    made = line is not None and line.model is not None and line.status is not Status.RUNNING
    siblings = chosen and play is not None and len(play.siblings(str(line and line.id))) > 1
    return {
        "play": play is not None,
        "rest": not turns.waiting,
        "models": len(session.models) > 1,
        "performer": bool(performer(session)),
        "running": turns.running > 0,
        "line": chosen,
        "generated": chosen and made,
        "siblings": siblings,
        "more": siblings or (chosen and made),
        "back": can_undo(window),
        "forth": bool(steps.forth) and on_stage(window),
        "bookmarks": play is not None and bool(play.tree.marked("bookmark")),
        "masked": any(member.beneath for member in session.cast),
        "chapters": play is not None and bool(play.tree.marked("chapter")),
        "hoisted": play is not None and bool(_root_labels(window).get("hoist")),
        "past": bool(window.desk.paths.past),
        "future": bool(window.desk.paths.future),
        "unread": bool(window.desk.survey.unread),
        "ghost": window.desk.cues.haunted() is not None,
    }


def _root_labels(window: "Window") -> Mapping[str, Any]:
    play = window.desk.session.play
    root = play.tree.at_hand(play.start) if play else None
    return root.labels if root is not None else {}
