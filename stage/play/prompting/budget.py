"""What fits into the context, and what is left out: never silently, and known beforehand.

Left out are, in this order: lore over its book's own allowance, examples, triggered lore by
priority, the oldest lines, the last lines, pinned lines (personas.md, section 2.4). Where lines
must go, so many go that three quarters of the room are taken: then the next prompts begin with
the same line, their tokens can be kept, and triggered lore finds room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stage.kit.errors import KnownError
from stage.play.prompting.frame import Segment

MARGIN = 16  # tokens kept free for what the template and the tokeniser add at seams
LAST_LINES = 4  # dropped only when nothing else is left, and never the very last
KEPT = 0.75  # of the room, once lines must go
LATE = "one of the last lines, for want of room"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What did not fit.

    Attributes:
        line: its id; None for what is no line.
        tokens: how many it would take.
        rule: by which it was chosen, in words.
        what: "line", or the name of an example or of an entry of lore.
        expected: something else stands for it, so nobody need be warned.
    """

    line: str | None
    tokens: int
    rule: str = "oldest line"
    what: str = "line"
    expected: bool = False


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
    """Drop what may be dropped until the rest fits, the last line never.

    Args:
        segments: a frame's segments in order.
        counts: tokens of each.
        room: tokens there are for the prompt.

    Returns:
        The kept segments in order, and what was dropped, first to go first.

    Raises:
        KnownError: when even the scene, the card and the last line do not fit.
    """
    gone = _over_allowance(segments, counts)
    over = sum(counts) - room - sum(counts[each.index] for each in gone)
    for choice in _choices(segments, counts, room, [each.index for each in gone]):
        if over <= 0 and not choice.together:
            break
        gone.append(choice)
        over -= counts[choice.index]
    if over > 0:
        raise KnownError(
            f"The scene, the card and the last line need {room + over} tokens but only "
            f"{max(room, 0)} fit; shorten them, ask for shorter lines or use a larger context."
        )
    left_out = {each.index for each in gone}
    kept = [each for index, each in enumerate(segments) if index not in left_out]
    return kept, [_told(segments[each.index], counts[each.index], each.rule) for each in gone]


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
    late = lines[-LAST_LINES:]
    free = [index for index in lines[:-1] if not segments[index].pinned]
    early = [index for index in free if index not in late]
    must = _first_kept(segments, counts, room, early)
    for number, index in enumerate(early[:must]):
        yield _Choice(index, "oldest line", number > 0)
    for index in _by_rank(segments, "lore", gone):
        yield _Choice(index, "lore of the lowest priority")
    yield from (_Choice(index, "oldest line") for index in early[must:])
    yield from (_Choice(index, LATE) for index in free if index in late)
    pinned = [index for index in lines[:-1] if segments[index].pinned]
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
