"""Who hears a line: fixed when it is committed, from its kind, its audience and who is present.

`heard_by` None means everyone. Without entrances and exits all are present from the start,
except members whom the scene begins without; a newcomer knows no earlier line.
"""

import re
from collections.abc import Collection, Sequence

from stage.kit.errors import BadInput
from stage.play.cast import Cast, Member, fold
from stage.play.line import Kind, Line
from stage.play.prompting.frame import heard

_OWN = (Kind.THOUGHT, Kind.ASIDE)  # heard by nobody else unless named
_FROM_OFF = (Kind.OOC, Kind.DIRECTION, Kind.ENTER)  # what needs no presence


def present(path: Sequence[Line], cast: Cast) -> frozenset[str]:
    """Member ids on stage after a path: entrances and exits folded over it."""
    there = {member.id for member in cast if not member.offstage}
    for line in path:
        if line.kind is Kind.ENTER and line.speaker in cast:
            there.add(str(line.speaker))
        elif line.kind is Kind.EXIT:
            there.discard(str(line.speaker))
    return frozenset(there)


def heard_by(
    kind: Kind,
    speaker: str,
    audience: Collection[str] | None,
    cast: Cast,
    there: Collection[str],
) -> tuple[str, ...] | None:
    """Fix who hears a line.

    Args:
        kind: see Kind.
        speaker: member id.
        audience: member ids it is meant for; None: as is usual for the kind.
        cast: all members.
        there: member ids on stage.

    Returns:
        Member ids in cast order, the speaker among them; None: everyone. What is out of
        character is heard by nobody.

    Raises:
        BadInput: nobody named is present, or the speaker is not.
    """
    if kind is Kind.OOC:
        return ()
    label = cast.label(speaker)
    if speaker not in there and kind not in _FROM_OFF and not cast[speaker].persona.narrator:
        raise BadInput(f"{label} is not on stage; let {label} enter first.")
    named = {each for each in audience or () if each != speaker}
    if missing := [str(cast.label(each)) for each in named if each not in there]:
        raise BadInput(f"{', '.join(sorted(missing))} cannot hear that: not on stage.")
    if kind is Kind.WHISPER and not named:
        raise BadInput("A whisper needs someone to hear it; name them, as in @Ada come here.")
    ears = named if named or kind in _OWN else set(there)
    if kind is Kind.ASIDE and not named:
        ears = {member.id for member in cast if member.spectator}
    chosen = tuple(member.id for member in cast if member.id in ears | {speaker})
    return None if len(chosen) == len(cast.members) else chosen


def heard_by_all(path: Sequence[Line], cast: Cast, there: Collection[str]) -> list[Line]:
    """The lines that everyone on stage has heard: all that a speaker rule may look at."""
    lines = [line for line in path if line.kind is not Kind.OOC]
    for member in cast:
        if member.id in there:
            lines = heard(lines, member)
    return lines


def heard_all(path: Sequence[Line], ids: Collection[str], cast: Cast) -> tuple[str, ...] | None:
    """Who heard all of these lines of a path, in cast order: whom a summary of them may be told.

    Raises:
        BadInput: nobody did.
    """
    wanted = set(ids)
    ears = [each.id for each in cast if wanted <= {line.id for line in heard(path, each)}]
    if not ears:
        raise BadInput("Nobody has heard all of these lines; sum up fewer of them.")
    return None if len(ears) == len(cast.members) else tuple(ears)


def meant(
    text: str, kind: Kind | None, audience: Sequence[str] | None, speaker: Member, cast: Cast
) -> tuple[Kind, Sequence[str] | None, str]:
    """Fill in what a typed line leaves open: its kind, its audience, words of coming and going.

    Raises:
        BadInput: as `addressed` does.
    """
    if kind is None and audience is None:
        named, text = addressed(text, cast)
        audience = named or None
    if kind is None:
        usual = Kind.NARRATION if speaker.persona.narrator else Kind.SPEECH
        kind = Kind.WHISPER if audience else usual
    moves = {Kind.ENTER: f"{speaker.label} enters.", Kind.EXIT: f"{speaker.label} leaves."}
    return kind, audience, text or moves.get(kind, "")


def addressed(text: str, cast: Cast) -> tuple[tuple[str, ...], str]:
    """Read the names a typed line begins with: "@Ada @Bo come here".

    Returns:
        Member ids and the rest of the text; no ids when it does not begin with "@".

    Raises:
        BadInput: a name that nobody has, or nothing is said. So no slip of the keyboard lets
            everyone hear what was meant for one.
    """
    found: list[str] = []
    rest = text.lstrip()
    while rest.startswith("@"):
        member, rest = _named(rest[1:], cast)
        found.append(member)
    if not found:
        return (), text
    if not rest:
        raise BadInput("The whisper is empty; write what is said after the names.")
    return tuple(dict.fromkeys(found)), rest


def _named(text: str, cast: Cast) -> tuple[str, str]:
    names = [(name, member.id) for member in cast for name in member.names]
    names += [(word, id_) for id_, word in cast.parts().values()]
    for name, member_id in sorted(names, key=lambda pair: -len(pair[0])):
        head, tail = text[: len(name)], text[len(name) :]
        if fold(head) == fold(name) and not re.match(r"\w", tail):
            return member_id, re.sub(r"^[,:]?\s*", "", tail)
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    known = ", ".join(f"@{member.label}" for member in cast)
    raise BadInput(f"Nobody is called @{word[:40]}; whisper to one of {known}.")
