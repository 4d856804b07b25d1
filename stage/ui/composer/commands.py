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
_WHAT = {"sys": "Tell what happens", "comment": "Say it out of character: no model is told"}
_BEGUN = re.compile(r"/([a-z][a-z-]*)?")
USUAL = ("continue", "regenerate", "impersonate", "undo", "sys", "comment")


def begun(desk: Desk, text: str) -> str | None:
    """What is typed of the name of a command, "" for the slash alone; None where it is none."""
    found = None if _runs_on(desk) else _BEGUN.fullmatch(text)
    return None if found is None else found[1] or ""


def commands(name: str) -> list[tuple[str, str]]:
    """The commands whose names begin so, the usual ones first, each with what it does.

    Words that only other programs have are among them once a letter is typed.
    """
    ids = [each.id for each in ACTIONS if _COMMAND.fullmatch(f"/{each.id}")]
    words = [each for said in NICKNAMES.values() for each in said.split()] if name else []
    known = dict.fromkeys([*USUAL, *sorted(ids), *sorted(words)])
    return [(each, _what(each)) for each in known
            if each.startswith(name) and _COMMAND.fullmatch(f"/{each}")]  # fmt: skip


def _what(name: str) -> str:
    if name in _SAID:
        return tr("commands", _WHAT[name])
    action = _action(name)
    return next(tr("actions", each.name) for each in ACTIONS if each.id == action)


def _runs_on(desk: Desk) -> bool:
    """Whether whatever is typed goes on a text as it stands."""
    me = desk.session.member(desk.session.typing_as)
    return me is not None and runs_on(me)


def obey(desk: Desk, text: str, done: Callable[[], None]) -> bool:
    """Do what a typed command asks for; whether it is one at all.

    Args:
        done: called before an action: there is room for other words.
    """
    found = _COMMAND.fullmatch(text.rstrip())
    if found is None or _runs_on(desk):
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
