"""Which words texts share, in order: word diff of two or more, bounded for hostile ones.

`difflib` finds the matches. Its cost grows with how often words recur, so what is given to it has
a limit; above it whole sentences are matched, and above that only beginnings and ends.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

MOST_WORDS = 4000  # of two texts together, what they begin and end with alike left out
MOST_PAIRS = 30_000  # pairs of equal words among them
CHANCE = 4  # words: one lone match between differing stretches as long is taken for chance

_WORD = re.compile(r"(?:\w+(?:['’]\w+)*|[^\w\s])\s*|\s+")
_END = re.compile(r"[.!?…\n]")
Match = tuple[int, ...]  # the place of one shared word in every text


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether all texts have its words."""

    text: str
    same: bool


def differences(texts: Sequence[str]) -> list[tuple[Piece, ...]]:
    """Cut texts into stretches that all of them share and stretches of their own.

    The pieces of a text make it up again exactly; what is shared is the same words in the same
    order in every text, whatever blanks stand between them.
    """
    words = [_WORD.findall(text) for text in texts]
    keys = [[word.strip() for word in each] for each in words]
    shared = _shared(keys)
    made = []
    for at, own in enumerate(words):
        same = bytearray(len(own))
        for match in shared:
            same[match[at]] = 1
        runs = groupby(range(len(own)), key=same.__getitem__)
        made.append(tuple(Piece("".join(own[n] for n in run), bool(flag)) for flag, run in runs))
    return made


def _shared(keys: Sequence[Sequence[str]]) -> list[Match]:
    shared: list[Match] = [(at,) for at in range(len(keys[0]))] if keys else []
    for other in keys[1:]:
        first = [keys[0][match[0]] for match in shared]
        shared = [(*shared[one], two) for one, two in matches(first, other)]
    return _without_chance(shared, [len(each) for each in keys])


def matches(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Places of equal words, both in order."""
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    middle = _bounded(one[head : len(one) - tail], other[head : len(other) - tail])
    found = [(at, at) for at in range(head)]
    found += [(head + a, head + b) for a, b in middle]
    return found + [(len(one) - at, len(other) - at) for at in range(tail, 0, -1)]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _bounded(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    if not one or not other:
        return []
    if not _too_much(one, other):
        return _found(one, other)
    first, second = _sentences(one), _sentences(other)
    rows = [tuple(one[low:high]) for low, high in first]
    others = [tuple(other[low:high]) for low, high in second]
    if _too_much(rows, others):
        return []
    return [
        (first[a][0] + at, second[b][0] + at)
        for a, b in _found(rows, others)
        for at in range(len(rows[a]))
    ]


def _too_much(one: Sequence[object], other: Sequence[object]) -> bool:
    if len(one) + len(other) > MOST_WORDS:
        return True
    there = Counter(other)
    return sum(times * there[word] for word, times in Counter(one).items()) > MOST_PAIRS


def _found(one: Sequence[object], other: Sequence[object]) -> list[tuple[int, int]]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    blocks = matcher.get_matching_blocks()
    return [(a + at, b + at) for a, b, size in blocks for at in range(size)]


def _sentences(words: Sequence[str]) -> list[tuple[int, int]]:
    ends = [at + 1 for at, word in enumerate(words) if _END.fullmatch(word)]
    if not ends or ends[-1] != len(words):
        ends.append(len(words))
    return list(zip([0, *ends], ends, strict=False))


def _without_chance(shared: list[Match], lengths: Sequence[int]) -> list[Match]:
    """Leave out words that stand alone between stretches that have nothing in common."""
    kept = []
    for at, match in enumerate(shared):
        before = shared[at - 1] if at else (-1,) * len(match)
        after = shared[at + 1] if at + 1 < len(shared) else tuple(lengths)
        if min(_gap(before, match)) < CHANCE or min(_gap(match, after)) < CHANCE:
            kept.append(match)
    return kept


def _gap(low: Match, high: Match) -> list[int]:
    return [b - a - 1 for a, b in zip(low, high, strict=True)]
