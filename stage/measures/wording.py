"""Which words texts share, in order: word diff of two or more, bounded for hostile ones.

`difflib` finds the matches of two texts. Its cost grows with how often words recur, so what is
given to it has a limit; above it whole sentences are matched, and above that only beginnings and
ends. Among more than two texts a word is shared when half of the others have it in its place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, groupby

MOST_WORDS = 4000  # of two texts together, what they begin and end with alike left out
MOST_PAIRS = 20_000  # pairs of equal words among them, shared between all pairs of texts
FEWEST_PAIRS = 3_000  # that any two texts may have, however many there are
CHANCE = 4  # words: one lone match between differing stretches as long is taken for chance

_WORD = re.compile(r"(?:\w+(?:['’]\w+)*|[^\w\s])\s*|\s+")
_END = re.compile(r"[.!?…\n]")
Match = tuple[int, int]  # the places of a word that two texts share


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether others have its words."""

    text: str
    same: bool


def differences(texts: Sequence[str]) -> list[tuple[Piece, ...]]:
    """Cut texts into stretches that others share and stretches of their own.

    The pieces of a text make it up again exactly. A word is shared when at least half of the
    other texts have it at a place that fits, whatever blanks stand around it. In whatever order
    texts come, the same of their words are shared.
    """
    words = [_WORD.findall(text) for text in texts]
    keys = [[word.strip() for word in each] for each in words]
    times = Counter(tuple(each) for each in keys)
    votes = {each: [times[each] - 1] * len(each) for each in times}
    most = max(FEWEST_PAIRS, MOST_PAIRS // max(1, len(times) * (len(times) - 1) // 2))
    for one, other in combinations(sorted(times), 2):  # difflib heeds which is first
        ones, others, weights = votes[one], votes[other], (times[one], times[other])
        for a, b in without_chance(matches(one, other, most), len(one), len(other)):
            ones[a] += weights[1]
            others[b] += weights[0]
    made = []
    for own, key in zip(words, keys, strict=True):
        same = [2 * each >= len(texts) - 1 for each in votes[tuple(key)]]
        runs = groupby(range(len(own)), key=same.__getitem__)
        made.append(tuple(Piece("".join(own[n] for n in run), flag) for flag, run in runs))
    return made


def matches(one: Sequence[str], other: Sequence[str], most: int = MOST_PAIRS) -> list[Match]:
    """Places of equal words, both in order; `most` bounds what is looked at."""
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    middle = _bounded(one[head : len(one) - tail], other[head : len(other) - tail], most)
    found = [(at, at) for at in range(head)]
    found += [(head + a, head + b) for a, b in middle]
    return found + [(len(one) - at, len(other) - at) for at in range(tail, 0, -1)]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _bounded(one: Sequence[str], other: Sequence[str], most: int) -> list[Match]:
    if not one or not other:
        return []
    if not _too_much(one, other, most):
        return _found(one, other)
    first, second = _sentences(one), _sentences(other)
    rows = [tuple(one[low:high]) for low, high in first]
    others = [tuple(other[low:high]) for low, high in second]
    if _too_much(rows, others, most):
        return []
    return [
        (first[a][0] + at, second[b][0] + at)
        for a, b in _found(rows, others)
        for at in range(len(rows[a]))
    ]


def _too_much(one: Sequence[object], other: Sequence[object], most: int) -> bool:
    if len(one) + len(other) > MOST_WORDS:
        return True
    there = Counter(other)
    return sum(times * there[word] for word, times in Counter(one).items()) > most


def _found(one: Sequence[object], other: Sequence[object]) -> list[Match]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    blocks = matcher.get_matching_blocks()
    return [(a + at, b + at) for a, b, size in blocks for at in range(size)]


def _sentences(words: Sequence[str]) -> list[tuple[int, int]]:
    ends = [at + 1 for at, word in enumerate(words) if _END.fullmatch(word)]
    if not ends or ends[-1] != len(words):
        ends.append(len(words))
    return list(zip([0, *ends], ends, strict=False))


def without_chance(shared: Sequence[Match], one: int, other: int) -> list[Match]:
    """Leave out words that stand alone between stretches that have nothing in common.

    Args:
        shared: as from `matches`.
        one, other: how many words the texts have.
    """
    kept = []
    for at, match in enumerate(shared):
        before = shared[at - 1] if at else (-1, -1)
        after = shared[at + 1] if at + 1 < len(shared) else (one, other)
        if min(_gap(before, match), _gap(match, after)) < CHANCE:
            kept.append(match)
    return kept


def _gap(low: Match, high: Match) -> int:
    """How many words stand between two matches, in the text that has fewer there."""
    return min(high[0] - low[0], high[1] - low[1]) - 1
