"""What a person types: {{user}} and {{char}} are said as names, as authors of role-play expect.

They are replaced when the words are said, once; what is stored is what was said. No other macro is
known there, none that nobody fits is replaced, and a text that runs on stays letter for letter.
"""

import re

from stage.play.cast import Cast, Member
from stage.play.prompting.prose import runs_on

_NAME = re.compile(r"\{\{\s*(user|char)\s*\}\}", re.IGNORECASE)


def names_in(text: str) -> list[str]:
    """The macros of a typed text that stand for a name, as they are typed."""
    return [found.group() for found in _NAME.finditer(text)]


def spoken(text: str, speaker: Member, cast: Cast) -> str:
    """A typed text as its speaker says it.

    {{user}} is the person who speaks, else the first of the cast; {{char}} the persona that a
    model plays, the speaker itself where it is one.
    """
    if runs_on(speaker):
        return text
    others = [each for each in (speaker, *cast) if not each.persona.narrator]
    found = {
        "user": next((each.label for each in others if each.human), None),
        "char": next((each.label for each in others if not each.human), None),
    }
    return _NAME.sub(lambda name: found[name[1].lower()] or name.group(), text)
