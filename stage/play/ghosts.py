"""Ghost lines: what a model began to say for somebody else, where its own line was cut."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stage.play.cast import Cast, fold
from stage.play.cutting import CutRule, line_text, stranger
from stage.play.line import Cut, Line
from stage.play.spoken import Spoken
from stage.play.token import Token

CUTS = (Cut.LABEL, Cut.NEW_NAME)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Where a model went over to somebody else.

    Attributes:
        name: the label it wrote.
        member: whose label that is, None: nobody's.
        kept: how many tokens belong to the line that was cut alone; the others begin the ghost.
        raw: what they say of it, label first.
        rule: how the ghost line is derived from its raw text.
    """

    name: str
    member: str | None
    kept: int
    raw: str
    rule: CutRule


@dataclass(frozen=True)
class Ghost:
    """A ghost line, finished but not yet kept. It stands nowhere and enters no prompt.

    Attributes:
        tokens: all of it, those that came before the cut was seen included.
        raw: what they say, label first; `text` follows from it, `cut_at` and the rule.
    """

    line: str
    over: HandOver
    tokens: tuple[Token, ...]
    raw: str
    cut_at: int | None
    reason: Cut

    @property
    def text(self) -> str:
        """The line as it would be kept."""
        return line_text(self.raw, self.cut_at, self.over.rule)


def handed_over(said: Spoken, speaker: str, cast: Cast) -> HandOver | None:
    """Find where a cut line goes over to somebody else; None: it does not.

    Args:
        said: by a model for `speaker`.
        cast: as it was when it spoke.
    """
    if said.cut_at is None or not said.boundaries:
        return None
    raw, kept = said.raw[said.cut_at :].lstrip(), said.kept()
    if kept is None:  # a token holds the end of the line and the beginning of the other's
        kept = max(count for count, at in said.boundaries.items() if at <= said.cut_at)
    found = _named(raw, speaker, cast, rows=said.rule.rows)
    if found is None:
        return None
    name, member = found
    return HandOver(name, member, kept, raw, _rule(said.rule, name, member, cast))


def unresolved(line: Line, children: Sequence[Line]) -> bool:
    """Whether a line was cut for somebody else's and nobody has chosen what becomes of that."""
    return line.reason in CUTS and not children and "ghost" not in line.labels


def _named(raw: str, speaker: str, cast: Cast, *, rows: bool) -> tuple[str, str | None] | None:
    begin = raw.lstrip(" *[")
    names = [
        (name, member.id)
        for member in cast
        if member.id != speaker
        for name in (member.label, *member.persona.aliases)
    ]
    for name, member_id in sorted(names, key=lambda pair: -len(pair[0])):
        rest = begin[len(name) :]
        if fold(begin[: len(name)]) == fold(name) and re.match(r"[*\]]*(?: \(|:|\uff1a|\n)", rest):
            return name, member_id
    new = stranger(raw) or (stranger(raw, rows=True) if rows else None)
    return None if new is None else (new, None)


def _rule(rule: CutRule, name: str, member: str | None, cast: Cast) -> CutRule:
    if member is not None:
        made = CutRule.of(
            cast[member], cast, blocks=rule.blocks, rows=rule.rows, stops=rule.stops
        )  # fmt: skip
        return made if name in made.own else replace(made, own=(*made.own, name))
    others = tuple(each for one in cast for each in (one.label, *one.persona.aliases))
    return CutRule((name,), others, rule.blocks, rule.rows, rule.stops)
