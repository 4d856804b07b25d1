"""Names for templates and renaming: those of the corpus, and invented ones without end.

A model learns to read a name off its card only where it cannot know the name beforehand. An eighth
of all names is kept out of every template and renaming, for measuring; which one is told by a
checksum, so that no list has to be kept.
"""

from __future__ import annotations

import random
import re
import zlib
from functools import cache

import corpus

STARTS = "b br c ch cl d dr f fl g gl gr h j k l m n p ph pr r s sh st t th tr v w z".split()
VOWELS = "a e i o u a e i o ai ea ee ia ie ou y".split()
ENDS = ["", "", "", "", "", "", *"n r l s th m nd rt ck x ss nn".split()]
PLAIN_NAME = re.compile(r"[A-Z][a-z]{2,10}")
INVENTED_SHARE = 0.45


def kept_out(name: str) -> bool:
    """Whether a name is kept for measuring."""
    return zlib.crc32(name.encode()) % 8 == 0


@cache
def known_names() -> tuple[str, ...]:
    """The plain names of speakers in the training files."""
    found = set()
    for kind in corpus.DIALOGUE_SETS:
        for scene in corpus.scenes(kind):
            found.update(corpus.speakers_of(corpus.lines_of(scene)))
    return tuple(sorted(name for name in found if PLAIN_NAME.fullmatch(name)))


def invented(rng: random.Random) -> str:
    """A pronounceable name of two or three syllables."""
    starts = ["", *STARTS] if rng.random() < 0.2 else STARTS
    first = rng.choice(starts) + rng.choice(VOWELS) + rng.choice(ENDS)
    rest = "".join(
        rng.choice(STARTS) + rng.choice(VOWELS) + rng.choice(ENDS)
        for _ in range(rng.choice([1, 1, 1, 2]))
    )
    return (first + rest).capitalize()


def any_name(rng: random.Random, measuring: bool = False) -> str:
    """A name for training, or one of those kept out of it."""
    while True:
        known = rng.random() > INVENTED_SHARE
        name = rng.choice(known_names()) if known else invented(rng)
        if kept_out(name) == measuring and 3 <= len(name) <= 11:
            return name


def some_names(count: int, rng: random.Random, measuring: bool = False) -> list[str]:
    """Different names."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[any_name(rng, measuring)] = None
    return list(found)


def renamed(texts: list[str], old: list[str], rng: random.Random) -> list[str]:
    """The texts with every plain name of `old` replaced by another, the same in all of them."""
    plain = [name for name in dict.fromkeys(old) if PLAIN_NAME.fullmatch(name)]
    if not plain:
        return texts
    others = dict(zip(plain, some_names(len(plain), rng), strict=True))
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, plain)) + r")\b")
    return [pattern.sub(lambda match: others[match.group(1)], text) for text in texts]
