"""What a model said for a line, cut between tokens and put together again without loss."""

import codecs
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from stage.play.cutting import CutRule, line_text


@dataclass(frozen=True)
class Spoken:
    """The tokens of a take as bytes, and how its line follows from them.

    Attributes:
        pieces: the bytes of every token.
        cut_at: code-point index in the raw text where the line ends, None: nothing was cut.
    """

    pieces: tuple[bytes, ...]
    raw: str
    cut_at: int | None
    rule: CutRule
    text: str

    @cached_property
    def boundaries(self) -> dict[int, int]:
        """Number of tokens -> code points of the raw text that they make.

        A number in the middle of a character is left out, and so is all when the raw text is
        not what the tokens say.
        """
        reader = codecs.getincrementaldecoder("utf-8")("replace")
        found, text = {0: 0}, ""
        for count, piece in enumerate(self.pieces, 1):
            text += reader.decode(piece)
            if reader.getstate()[0] == b"":
                found[count] = len(text)
        text += reader.decode(b"", final=True)
        found[len(self.pieces)] = len(text)
        return found if text == self.raw else {}

    def kept(self) -> int | None:
        """How many tokens the line itself is made of, blanks after it included.

        None: its last token says more than the line, so that it cannot be cut there.
        """
        cut = len(self.raw) if self.cut_at is None else self.cut_at
        fitting = [
            count
            for count, at in self.boundaries.items()
            if at >= cut and not self.raw[cut:at].strip()
        ]
        return max(fitting, default=None)


@dataclass(frozen=True)
class Cutout:
    """A line derived from some tokens: what a take record stores of it."""

    text: str
    raw: str
    cut_at: int | None
    rule: CutRule


def derive(raw: str, cut_at: int | None, rule: CutRule, wanted: Iterable[str]) -> Cutout | None:
    """Find the rule by which a raw text reads as the wanted texts, blanks aside.

    The speaker's own label counts at the start of a row only, which a cut may have made.
    """
    goal = "".join("".join(wanted).split())
    for each in (rule, CutRule((), rule.others, rule.blocks)):
        text = line_text(raw, cut_at, each)
        if "".join(text.split()) == goal:
            return Cutout(text, raw, cut_at, each)
    return None


def halves(said: Spoken, count: int) -> tuple[Cutout, Cutout] | None:
    """The two lines of a take that is split after `count` tokens; None: not possible there."""
    at = said.boundaries.get(count)
    if at is None:
        return None
    raws = said.raw[:at], said.raw[at:]
    cut = None if said.cut_at is None else said.cut_at - at
    first_text = line_text(raws[0], None, said.rule)
    rest = _after(said.text, first_text)
    if (cut is not None and cut <= 0) or not first_text or not rest:
        return None
    first = derive(raws[0], None, said.rule, [first_text])
    second = derive(raws[1], cut, said.rule, [rest])
    return None if first is None or second is None else (first, second)


def _after(text: str, first: str) -> str:
    """What of a text follows its beginning, blanks aside; empty when it does not begin so."""
    whole, start = "".join(text.split()), "".join(first.split())
    return whole[len(start) :] if whole.startswith(start) else ""


def nearest_split(said: Spoken, at: int) -> int | None:
    """The number of tokens whose split falls nearest to character `at` of the text."""
    counts = sorted(said.boundaries)
    if not counts:
        return None
    middle = bisect_left(counts, at, key=lambda count: _shown(said, count))
    near = counts[max(0, middle - 1) : middle + 1]
    near.sort(key=lambda count: abs(_shown(said, count) - at))
    others = sorted(counts, key=lambda count: abs(count - counts[min(middle, len(counts) - 1)]))
    return next((count for count in near + others if halves(said, count)), None)


def _shown(said: Spoken, count: int) -> int:
    return len(line_text(said.raw[: said.boundaries[count]], None, said.rule))


def joined(first: Spoken, second: Spoken) -> tuple[int, Cutout] | None:
    """One line of two takes: how many tokens of the first it keeps, and how it reads."""
    kept = first.kept()
    if kept is None or not second.boundaries:
        return None
    head = first.raw[: first.boundaries[kept]]
    cut = None if second.cut_at is None else second.cut_at + len(head)
    cutout = derive(head + second.raw, cut, first.rule, [first.text, second.text])
    return None if cutout is None else (kept, cutout)
