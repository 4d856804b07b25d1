"""Who speaks next, as a model expects it: read from the log-probabilities of how lines open.

Pure: tokens and numbers in, shares out. A frame with an open text end writes each line behind a
gap (a newline, or two) and an opening ("Ada:"). The prompt P ends before the gap. Everything is
given that the text goes on behind P, whatever tokens its end is made of: where P and an opening
are tokenised together ("." and a newline may be one token) P is read back to where all agree.
Shares are lower bounds, for a text can be written with other tokens, too (personas.md, 4).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Way = tuple[int, ...]  # tokens behind the fork of a question
_NEWLINE = b"\n"
FEW = 0.01  # of all mass: where fewer new lines begin, shares among them say little


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line may begin.

    Attributes:
        member: its id; "" for what nobody of the cast says: a blank row, narration.
        text: behind the gap.
        tokens: of P, gap and text together.
    """

    member: str
    text: str
    tokens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a member speaks next.

    Attributes:
        p: share of the mass that starts a new line.
        logprob: of its openings after P, in nats.
    """

    member: str
    p: float
    logprob: float


@dataclass(frozen=True, slots=True)
class Chances:
    """What a model expects after a line.

    Attributes:
        candidates: likeliest first; ties in the order asked.
        someone_new: at most this share of the mass that starts a new line.
        ends, goes_on: shares of all mass: the text ends; the last line goes on.
        notes: what the reader should know, in words.
        newcomers: name -> how many of the sampled continuations began with it.
        sampled: how many continuations were sampled.
    """

    candidates: tuple[Chance, ...]
    someone_new: float = 0.0
    ends: float = 0.0
    goes_on: float = 0.0
    notes: tuple[str, ...] = ()
    newcomers: Mapping[str, int] | None = None
    sampled: int = 0

    def of(self, member: str) -> float:
        """The share of a member, 0 when it was not asked about."""
        return next((each.p for each in self.candidates if each.member == member), 0.0)

    @property
    def nameless(self) -> bool:
        """Whether hardly anything begins a new line, so that the shares say little."""
        return 1.0 - self.ends - self.goes_on < FEW

    def to_json(self) -> dict[str, Any]:
        """Write what is stored with a decision; members by id."""
        return {
            "candidates": [
                {"member": each.member, "p": each.p, "logprob": each.logprob}
                for each in self.candidates
            ],
            "someone_new": self.someone_new,
            "ends": self.ends,
            "goes_on": self.goes_on,
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class Question:
    """What a model is asked.

    Attributes:
        base: tokens of P.
        gap: what stands between two lines.
        openings: each with its tokens. Those of members must not begin one another.
        pieces: the bytes of every token of the vocabulary.
        ends: tokens that end a text.
    """

    base: tuple[int, ...]
    gap: str
    openings: tuple[Opening, ...]
    pieces: Sequence[bytes]
    ends: frozenset[int]

    @property
    def fork(self) -> int:
        """How many tokens of P all openings begin with; 1 at least, for a model needs a context."""
        return max(1, min((_common(self.base, each.tokens) for each in self.openings), default=0))

    def shared(self) -> Way:
        """The tokens that everything follows."""
        return self.base[: self.fork]

    def ways(self) -> list[Way]:
        """All that has to be weighed behind `shared`, none twice."""
        found = [each.tokens[self.fork :] for each in self.openings]
        found += [way for way, _ in self._crossing]
        found += [(*self._tail, token) for token in self.ends]
        if self._tail:
            found.append(self._tail)
        return list(dict.fromkeys(found))

    @property
    def _tail(self) -> Way:
        return self.base[self.fork :]

    @cached_property
    def _crossing(self) -> list[tuple[Way, bytes]]:
        """Ways that are one token longer than a part of P's end, with what they say behind P."""
        return list(self._crossed())

    def _crossed(self) -> Iterator[tuple[Way, bytes]]:
        for length in range(len(self._tail) + 1):
            rest = b"".join(self.pieces[token] for token in self._tail[length:])
            begin = rest or _NEWLINE
            for token, piece in enumerate(self.pieces):
                if piece.startswith(begin) and len(piece) > len(rest) and token not in self.ends:
                    yield (*self._tail[:length], token), piece[len(rest) :]

    def read(self, weights: Mapping[Way, float]) -> Chances:
        """The shares.

        Args:
            weights: way -> log-probability, of all that `ways` asked for.
        """
        exact = math.exp(weights[self._tail]) if self._tail else 1.0
        crossing = {way: (said, math.exp(weights[way])) for way, said in self._crossing}
        past = [p for way, (_, p) in crossing.items() if len(way) <= len(self._tail)]
        whole = exact + math.fsum(past)
        new_line = math.fsum(p for said, p in crossing.values() if said.startswith(_NEWLINE))
        ends = math.fsum(math.exp(weights[(*self._tail, token)]) for token in self.ends)
        if whole <= 0.0:
            return Chances((), goes_on=1.0, notes=("the model does not expect this text at all",))
        nobody = self._blank(crossing, weights) + self._of("", weights)
        candidates = self._candidates(weights, new_line, math.log(whole))
        left = new_line - nobody - math.fsum(self._of(each.member, weights) for each in candidates)
        return Chances(
            tuple(sorted(candidates, key=lambda each: -each.p)),
            max(0.0, left / new_line) if new_line else 0.0,
            ends / whole,
            max(0.0, 1.0 - (new_line + ends) / whole),
            (*self._notes(), *_rare(new_line / whole)),
        )

    def _candidates(
        self, weights: Mapping[Way, float], new_line: float, norm: float
    ) -> list[Chance]:
        members = dict.fromkeys(each.member for each in self.openings if each.member)
        found = {member: self._of(member, weights) for member in members}
        return [
            Chance(
                member,
                min(1.0, mass / new_line) if new_line else 0.0,
                math.log(mass) - norm if mass > 0.0 else -10_000.0,
            )
            for member, mass in found.items()
        ]

    def _of(self, member: str, weights: Mapping[Way, float]) -> float:
        mine = (each for each in self.openings if each.member == member and each.text.strip())
        return math.fsum(math.exp(weights[each.tokens[self.fork :]]) for each in mine)

    def _blank(
        self, crossing: Mapping[Way, tuple[bytes, float]], weights: Mapping[Way, float]
    ) -> float:
        """The mass of a blank row where a line would begin."""
        row = (self.gap + "\n").encode()
        counted = {way: p for way, (said, p) in crossing.items() if said.startswith(row)}
        ways = {each.tokens[self.fork :] for each in self.openings if not each.text.strip()}
        more = math.fsum(math.exp(weights[way]) for way in ways if way not in counted)
        return math.fsum(counted.values()) + more

    def _notes(self) -> tuple[str, ...]:
        back = len(self._tail)
        if not back:
            return ()
        return (
            f"the text was read back by {back} {'token' if back == 1 else 'tokens'} at its end",
        )


def _rare(new_line: float) -> tuple[str, ...]:
    if new_line >= FEW:
        return ()
    return (
        f"a new line begins here with {new_line:.2%} only, so the names have hardly any share; "
        "ask in another frame, or another model",
    )


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
