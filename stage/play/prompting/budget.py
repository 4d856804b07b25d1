"""What fits into the context, and what is left out: never silently, and known beforehand.

Left out are, in this order: lore over its book's own allowance, examples, triggered lore by
priority, the oldest lines, pinned lines (personas.md, section 2.4); never the last four lines,
the scene or the card. Where lines must go, so many go that three quarters of the room are taken:
then the next prompts begin with the same line, their tokens can be kept, and triggered lore
finds room.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stage.kit.errors import KnownError
from stage.play.line import Line
from stage.play.prompting.frame import Segment

MARGIN = 16  # tokens kept free for what the template and the tokeniser add at seams
LAST_LINES = 4  # never dropped
KEPT = 0.75  # of the room, once lines must go
PASSED = "oldest lines, counted as a token each"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What did not fit.

    Attributes:
        line: its id; None for what is no line.
        tokens: how many it would take.
        rule: by which it was chosen, in words.
        what: "line", or the name of an example or of an entry of lore.
        expected: something else stands for it, so nobody need be warned.
        to: the last line of a run that begins with `line`; None: it is one line.
        lines: how many are in the run.
    """

    line: str | None
    tokens: int
    rule: str = "oldest line"
    what: str = "line"
    expected: bool = False
    to: str | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class _Choice:
    """A segment that may go, and why it would be this one.

    Attributes:
        together: it goes with the one before, even when that made room enough.
    """

    index: int
    rule: str
    together: bool = False


def fit(
    segments: Sequence[Segment], counts: Sequence[int], room: int
) -> tuple[list[Segment], list[Dropped]]:
    """Drop what may be dropped until the rest fits, the last four lines never.

    Args:
        segments: a frame's segments in order.
        counts: tokens of each.
        room: tokens there are for the prompt.

    Returns:
        The kept segments in order, and what was dropped, first to go first.

    Raises:
        KnownError: when even the scene, the card and the last lines do not fit, with the sizes.
    """
    gone = _over_allowance(segments, counts)
    over = sum(counts) - room - sum(counts[each.index] for each in gone)
    for choice in _choices(segments, counts, room, [each.index for each in gone]):
        if over <= 0 and not choice.together:
            break
        gone.append(choice)
        over -= counts[choice.index]
    if over > 0:
        raise KnownError(_refusal(segments, counts, room, over))
    left_out = {each.index for each in gone}
    kept = [each for index, each in enumerate(segments) if index not in left_out]
    return kept, [_told(segments[each.index], counts[each.index], each.rule) for each in gone]


def _refusal(segments: Sequence[Segment], counts: Sequence[int], room: int, over: int) -> str:
    """Why nothing more can go, with the sizes."""
    lines = [index for index, each in enumerate(segments) if each.line is not None][-LAST_LINES:]
    last = sum(counts[index] for index in lines)
    many = "the last line" if len(lines) == 1 else f"the last {len(lines)} lines"
    told = f" and {many} {last}" if lines else ""
    return (
        f"The scene and the card need {room + over - last} tokens{told}, but only {max(room, 0)} "
        "fit; sum up or shorten lines, ask for shorter ones or use a larger context."
    )


def runs(dropped: Sequence[Dropped]) -> list[dict[str, Any]]:
    """What did not fit, as it is recorded: lines that went one after the other are one entry.

    So a prompt late in a long play is recorded in as few bytes as an early one. Which lines a
    run is made of: those of the path from `line` to `to` that its speaker heard and that the
    prompt does not hold.

    Returns:
        {what, line, tokens, rule} each; a run of several also has `to`, the id of its last
        line, and `lines`, their number; its tokens are those of all.
    """
    told: list[dict[str, Any]] = []
    for each in dropped:
        last = told[-1] if told else {}
        if each.line is None or not last.get("line") or last["rule"] != each.rule:
            last = {"what": each.what, "line": each.line, "tokens": 0, "rule": each.rule}
            told.append(last)
            if each.lines > 1:
                last |= {"to": each.to, "lines": each.lines}
        else:
            last |= {"to": each.to or each.line, "lines": last.get("lines", 1) + each.lines}
        last["tokens"] += each.tokens
    return told


def how_many(recorded: Iterable[Mapping[str, Any]]) -> int:
    """How many lines, examples and entries of lore `runs` tells of."""
    return sum(each.get("lines", 1) for each in recorded)


def passed_over(lines: Sequence[Line]) -> list[Dropped]:
    """Lines too old to be composed, see frame.recent, as one run."""
    if not lines:
        return []
    last = lines[-1].id if len(lines) > 1 else None
    return [Dropped(lines[0].id, len(lines), PASSED, to=last, lines=len(lines))]


def _told(segment: Segment, tokens: int, rule: str) -> Dropped:
    what = segment.piece.name if segment.piece is not None else "line"
    return Dropped(segment.line, tokens, rule, what)


def _over_allowance(segments: Sequence[Segment], counts: Sequence[int]) -> list[_Choice]:
    """Lore that its own book has no room for, the least important first."""
    gone: list[_Choice] = []
    taken: dict[str, int] = {}
    for index in reversed(_by_rank(segments, "lore", ())):
        piece = segments[index].piece
        if piece is None or piece.allowance is None:
            continue
        if taken.get(piece.book, 0) + counts[index] > piece.allowance:
            gone.append(_Choice(index, f"over the {piece.allowance} tokens of {piece.book}"))
        else:
            taken[piece.book] = taken.get(piece.book, 0) + counts[index]
    return gone[::-1]


def _choices(
    segments: Sequence[Segment], counts: Sequence[int], room: int, gone: Sequence[int]
) -> Iterable[_Choice]:
    """What may go, first the first."""
    for index in _by_rank(segments, "example", gone):
        yield _Choice(index, "examples go first")
    lines = [index for index, each in enumerate(segments) if each.line is not None]
    early = [index for index in lines[:-LAST_LINES] if not segments[index].pinned]
    must = _first_kept(segments, counts, room, early)
    for number, index in enumerate(early[:must]):
        yield _Choice(index, "oldest line", number > 0)
    for index in _by_rank(segments, "lore", gone):
        yield _Choice(index, "lore of the lowest priority")
    yield from (_Choice(index, "oldest line") for index in early[must:])
    pinned = [index for index in lines[:-LAST_LINES] if segments[index].pinned]
    yield from (_Choice(index, "pinned line, for want of room") for index in pinned)


def _first_kept(
    segments: Sequence[Segment], counts: Sequence[int], room: int, early: Sequence[int]
) -> int:
    """How many of the early lines go, as if the prompt had grown line by line until now.

    So the first line kept stays the same while the play goes on, until the room is full again.
    """
    lines = [index for index, each in enumerate(segments) if each.line is not None]
    total = sum(
        count
        for each, count in zip(segments, counts, strict=True)
        if each.line is None and (each.piece is None or not each.piece.rule)
    )
    start = 0
    for index in lines:
        total += counts[index]
        if total <= room:
            continue
        while start < len(early) and early[start] < index and total > KEPT * room:
            total -= counts[early[start]]
            start += 1
    return start


def _by_rank(segments: Sequence[Segment], rule: str, gone: Iterable[int]) -> list[int]:
    """Segments of examples or of lore, the lowest in rank first."""
    found = [
        (each.piece.rank, index)
        for index, each in enumerate(segments)
        if each.piece is not None and each.piece.rule == rule and index not in gone
    ]
    return [index for _, index in sorted(found)]
