"""Typed commands, as SillyTavern has them: `/continue`, or `/sys The lamp goes out.`

A command is the id of an action, or a word that other programs have for it. What only looks like
one is never said to a model: it is refused, and stays typed.
"""

import re
from collections.abc import Callable

from stage.play.line import Kind
from stage.play.prompting.prose import runs_on
from stage.ui.actions.nicknames import NICKNAMES
from stage.ui.actions.table import ACTIONS
from stage.ui.desk.desk import Desk
from stage.ui.words import tr

_COMMAND = re.compile(r"/([a-z][a-z-]*)(?:\s+(\S.*))?", re.DOTALL)
_SAID = {"sys": Kind.NARRATION, "comment": Kind.OOC}


def obey(desk: Desk, text: str, done: Callable[[], None]) -> bool:
    """Do what a typed command asks for; whether it is one at all.

    Args:
        done: called before an action: there is room for other words.
    """
    found, me = _COMMAND.fullmatch(text.rstrip()), desk.session.member(desk.session.typing_as)
    if found is None or (me is not None and runs_on(me)):
        return False
    name, rest = found[1], found[2] or ""
    action = _action(name)
    if name in _SAID and rest:
        desk.turns.say(rest, _SAID[name])
    elif action and not rest:
        done()
        desk.wishes.action.emit(action)
    else:
        known = tr("commands", "/continue, /regenerate, /impersonate, /undo, /sys and words")
        why = tr(
            "commands",
            "/{0} is no command as it is typed; there are {1}, and every action by a word that the "
            "palette finds it by. A blank before it lets it be said.",
        )
        desk.turns.failed.emit(desk.session.at, why.format(name, known), None)
    return True


def _action(name: str) -> str:
    """The action that a word stands for, "" for none."""
    by_id = (each.id for each in ACTIONS if each.id == name)
    by_word = (each for each, words in NICKNAMES.items() if name in words.split())
    return next(by_id, "") or next(by_word, "")
