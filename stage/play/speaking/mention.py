"""Mention: whoever the last line names, in order; else another rule decides."""

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import WORD, Cast, fold
from stage.play.line import Line
from stage.play.speaking.delegating import delegate
from stage.play.speaking.rule import Decision, Rule, callers


def mentioned(text: str, cast: Cast, among: Sequence[str]) -> list[str]:
    """Member ids named in a text by any name as whole words, "@Name" first, none twice.

    After them come those whom one word of a longer name tells: "Captain" is Captain Ilse Vane
    where nobody else could be meant, written as in the name.
    """
    found = [*_found(fold(text), cast), *_in_part(text, cast)]
    called = [who for at, who in found if at]
    return [who for who in dict.fromkeys([*called, *(who for _, who in found)]) if who in among]


def called(text: str, cast: Cast, among: Sequence[str]) -> list[str]:
    """Member ids called in a text as "@Name", in order, none twice."""
    by_name = [*_found(fold(text), cast), *_in_part(text, cast)]
    found = (who for at, who in by_name if at)
    return [who for who in dict.fromkeys(found) if who in among]


def _found(text: str, cast: Cast) -> Iterator[tuple[bool, str]]:
    names = {
        fold(name): member.id
        for member in reversed(cast.members)
        for name in reversed(member.names)  # the label counts most
    }
    longest_first = sorted(names, key=len, reverse=True)
    choice = "|".join(re.escape(name) for name in longest_first)
    for match in re.finditer(rf"(@?)(?<!\w)({choice})(?!\w)", text) if names else ():
        yield bool(match[1]), names[match[2]]


def _in_part(text: str, cast: Cast) -> Iterator[tuple[bool, str]]:
    parts = cast.parts()
    for match in WORD.finditer(text) if parts else ():
        said, at = re.sub("['’]s$", "", match[0]), text.startswith("@", match.start() - 1)
        who, word = parts.get(fold(said), ("", ""))
        if who and (at or said == word):
            yield at, who


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    drawn, excluded = callers(cast, params)
    last = view[-1] if view else None
    if last is not None:
        among = [each for each in drawn if each != last.speaker]
        if queue := mentioned(last.text, cast, among):
            reason = f"named by {cast.label(last.speaker)}"
            return Decision(tuple(queue), "mention", reason, tuple(excluded))
    return delegate("mention", "nobody was named", (view, cast, params, rng))


ENTRY = Rule("mention", "Mention", _select, {"otherwise": str}, answers=True)
