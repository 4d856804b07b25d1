"""Where a line ends: one pure detector, run in the worker after every token.

Names are no stop strings of the engine: those would fire in mid-sentence. A label counts at
the start of a row only, outside code fences and think blocks. What the model said is kept
whole as raw text; the line is derived from it and `cut_at` (personas.md, section 3).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stage.play.cast import Cast, Member
from stage.play.line import Cut

_WORD = r"[^\s:,.!?\"()\[\]*]"
_TITLE = r"(?:Mrs?|Ms|Dr|St|Prof|Capt|Col|Gen|Rev)\."
_STRANGER = re.compile(  # shaped like a label, of nobody in the cast: one to three words
    rf" {{0,3}}(?:\*\*)?(?:{_TITLE} )?[A-Z]{_WORD}{{0,24}}(?: [A-Z]{_WORD}{{0,20}}){{0,2}}"
    r"(?:\*\*)?(?: \([^()\n]{1,24}\))?:(?=\s)"
)
_TITLED = r"(?:[^\W\d_]{0,8}(?:Mrs?|Ms|Dr|St|Prof|Capt|Col|Gen|Rev)\. ?)?"
_SMALL = r"[^\s:,.!?\"()\[\]*]{1,20}"
_NEWCOMER = re.compile(  # in any script, with small words behind the first: "AP driver:"
    rf" {{0,3}}(?:\*\*)?(?:{_TITLED}[^\W\d_]{_WORD}{{0,24}}(?: {_SMALL}){{0,2}})"
    r"(?:\*\*)?(?: \([^()\n]{1,24}\))?:(?=\s)"
)
_MAY_BE_NEWCOMER = re.compile(
    rf"(?:{_TITLED})(?:[^\W\d_]{_WORD}{{0,24}})?(?: (?:{_SMALL})?){{0,2}}"
    r"(?:\*\*?)?(?: ?(?:\([^()\n]{0,24}\)?)?)?:?"
)
_MAY_BE_STRANGER = re.compile(
    rf"(?:{_TITLE} ?)?(?:[A-Z]{_WORD}{{0,24}})?(?: (?:[A-Z]{_WORD}{{0,20}})?){{0,2}}"
    r"(?:\*\*?)?(?: ?(?:\([^()\n]{0,24}\)?)?)?:?"
)
_MAY_FOLLOW_NAME = re.compile(r"(?:\*\*?|\])?(?: (?:\([^()\n]{0,24}\)?)?)?")
_OPENS = re.compile(r"<think(?:ing)?>")
_CLOSES = re.compile(r"</think(?:ing)?>\s*")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL)
_UNENDED = re.compile(r"<think(?:ing)?>.*", re.DOTALL)
_FENCE = re.compile(r"^[^\S\n]*```", re.MULTILINE)
_ROW_LABEL = re.compile(r" {0,3}([A-Z][A-Z .'-]{1,30})(?: \([^()\n]{1,24}\))?\n")


@dataclass(frozen=True, slots=True)
class CutRule:
    """How the end of a line is found.

    Attributes:
        own: labels of the speaker, removed at the start.
        others: labels whose appearance at the start of a row ends the line.
        blocks: whether a blank row or a bracket at the start of a row ends it (scripts).
        rows: whether a row that is only a label, in capitals, counts as one (screenplays).
        stops: strings that end the line wherever they stand, control strings of templates.
        fresh: whether the raw text begins a row, so that a label may stand right there; else
            the prompt wrote the speaker's label before it.
        thinking: whether the raw text begins inside a thought, which the prompt opened.
        roles: whether the label of somebody new may hold small words, "AP driver"; takes that
            were made before that was seen are derived again without it.
        bare: the line is all that was said as it stands, its blanks included (prose).
    """

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    blocks: bool = False
    rows: bool = False
    stops: tuple[str, ...] = ()
    fresh: bool = False
    thinking: bool = False
    roles: bool = False
    bare: bool = False

    def to_json(self) -> dict[str, Any]:
        """Write what is stored with a take, so that its line can be derived again."""
        return {
            "own": list(self.own),
            "others": list(self.others),
            "blocks": self.blocks,
            **({"rows": True} if self.rows else {}),
            **({"stops": list(self.stops)} if self.stops else {}),
            **({"fresh": True} if self.fresh else {}),
            **({"thinking": True} if self.thinking else {}),
            **({"roles": True} if self.roles else {}),
            **({"bare": True} if self.bare else {}),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "CutRule":
        """Read what to_json wrote. Raises KeyError or TypeError for anything else."""
        if not isinstance(data, Mapping):
            raise TypeError(f"a cut rule is an object, not {type(data).__name__}")
        return CutRule(
            tuple(data["own"]), tuple(data["others"]), bool(data["blocks"]),
            bool(data.get("rows")), tuple(data.get("stops", ())),
            bool(data.get("fresh")), bool(data.get("thinking")), bool(data.get("roles")),
            bool(data.get("bare")),
        )  # fmt: skip

    @staticmethod
    def of(
        viewer: Member,
        cast: Cast,
        *,
        blocks: bool,
        rows: bool = False,
        stops: tuple[str, ...] = (),
        fresh: bool = False,
    ) -> "CutRule":
        """The rule for one speaker: everybody else's labels and aliases end the line."""
        own = (viewer.label, *viewer.persona.aliases, *(each.label for each in viewer.beneath))
        others = [
            name
            for member in cast
            if member.id != viewer.id
            for name in (member.label, *member.persona.aliases)
            if name not in own
        ]
        return CutRule(own, tuple(others), blocks, rows, stops, fresh, roles=blocks)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the detector sees in the raw text so far.

    Attributes:
        cut_at: code-point index where the line ends, None while it goes on.
        reason: why, None while it goes on.
        safe: how many code points can be shown: what follows may yet become a label.
    """

    cut_at: int | None
    reason: Cut | None
    safe: int


@dataclass(slots=True)
class _Aloud:
    """What of a raw text is said aloud: all but thought.

    Attributes:
        text: without thought, ended or not.
        parts: where each part of it begins, there and in the raw text.
        thinking: whether the raw text ends inside a thought.
    """

    text: str
    parts: list[tuple[int, int]]
    thinking: bool

    @staticmethod
    def of(raw: str, *, opened: bool) -> "_Aloud":
        """`opened`: the raw text begins inside a thought."""
        text, parts, at, thinking = "", [(0, 0)], 0, opened
        while True:
            if thinking:
                end = _CLOSES.search(raw, at)
                if end is None:
                    return _Aloud(text, parts, True)
                at, thinking = end.end(), False
                parts.append((len(text), at))
            begin = _OPENS.search(raw, at)
            text += raw[at : begin.start() if begin else None]
            if begin is None:
                return _Aloud(text, parts, False)
            at, thinking = begin.end(), True

    def raw_at(self, at: int) -> int:
        """Where a place of the text lies in the raw text."""
        here, there = next(part for part in reversed(self.parts) if part[0] <= at)
        return there + at - here


class Cutter:
    """Reads the raw text as it grows. Feeding it whole or in pieces gives the same verdict."""

    def __init__(self, rule: CutRule) -> None:
        """Prepare the patterns of a rule."""
        self._rule = rule
        self._raw = ""
        self._aloud = _Aloud("", [(0, 0)], rule.thinking)
        self._row = 0  # where the last row begins, in what is said aloud
        self._fence = False  # at the beginning of the last row
        self._verdict: Verdict | None = None
        self._known = _labels(rule.others, rows=rule.rows)
        self._own = _labels(rule.own, rows=rule.rows)
        self._names = tuple(name.lower() for name in rule.others)
        if rule.rows:
            self._names += tuple(name.upper().lower() for name in rule.others)

    def feed(self, text: str) -> Verdict:
        """Add text and look at every row that it began or went on with."""
        if self._verdict is not None:
            return self._verdict
        self._raw += text
        self._aloud = _Aloud.of(self._raw, opened=self._rule.thinking)
        stopped = self._stop()
        self._verdict = self._ended(self._aloud.text[:stopped])
        if self._verdict is None and stopped is not None:
            self._verdict = self._at(stopped, Cut.STOP_STRING)
        return self._verdict or Verdict(None, None, self._safe())

    def _at(self, place: int, reason: Cut) -> Verdict:
        """The line ends at a place of what is said aloud."""
        cut_at = len(self._raw[: self._aloud.raw_at(place)].rstrip())
        return Verdict(cut_at, reason, cut_at)

    def _stop(self) -> int | None:
        """Where the first stop string begins, thoughts and code fences left out."""
        text, found = self._aloud.text, []
        for stop in filter(None, self._rule.stops):  # an empty one is nowhere
            at = text.find(stop)
            while at >= 0 and len(_FENCE.findall(text, 0, at)) % 2:
                at = text.find(stop, at + 1)
            found += [at] if at >= 0 else []
        return min(found, default=None)

    def _ended(self, text: str) -> Verdict | None:
        """Look at every row that is not yet known to be harmless."""
        while True:
            verdict = self._look(text)
            end = text.find("\n", self._row)
            if verdict is not None or end < 0:
                return verdict
            self._fence ^= text[self._row : end].lstrip().startswith("```")
            self._row = end + 1

    def _look(self, text: str) -> Verdict | None:
        if self._fence:
            return None
        row = text[self._row :]
        if self._row == 0:
            other = self._rule.fresh and self._known and self._known.match(row)
            return self._at(0, Cut.LABEL) if other else None
        reason = self._reason(row, spoken=bool(text[: self._row].strip()))
        return None if reason is None else self._at(self._row, reason)

    def _reason(self, row: str, *, spoken: bool) -> Cut | None:
        if self._rule.blocks and row[:1] in ("\n", "[") and spoken:
            return Cut.BLOCK_END
        if self._known and self._known.match(row):
            return Cut.LABEL
        if self._own and self._own.match(row):
            return None
        new = _newcomer(row) if self._rule.roles else _STRANGER.match(row)
        return Cut.NEW_NAME if self._rule.blocks and new else None

    def _safe(self) -> int:
        """Thought is shown as it comes; what may become a label waits."""
        if self._aloud.thinking:
            return len(self._raw)
        text = self._aloud.text
        row, before = text[self._row :], self._before_stop(text)
        if self._row == 0 and any(name.startswith(row.strip()) for name in self._rule.own):
            before = 0
        elif (self._row or self._rule.fresh) and not self._fence and self._may_be_label(row):
            before = self._row
        shown = len(self._raw[: self._aloud.raw_at(before)].rstrip())
        return max(shown, self._aloud.parts[-1][1])

    def _before_stop(self, text: str) -> int:
        """Up to where no stop string may have begun."""
        return len(text) - _begun(text, self._rule.stops)

    def _may_be_label(self, row: str) -> bool:
        """Whether more text could yet make a label, or the end of a block, of this row."""
        core = row.lstrip(" ")
        core = core[2:] if core.startswith("**") else core.removeprefix("[")
        if core in ("", "*"):
            return True
        if self._rule.blocks and _may_be_new(core, roles=self._rule.roles):
            return True
        low = core.lower()
        return any(
            name.startswith(low)
            or (low.startswith(name) and _MAY_FOLLOW_NAME.fullmatch(core[len(name) :]) is not None)
            for name in self._names
        )


def _newcomer(row: str) -> re.Match[str] | None:
    """A label shaped as a name is: where its script has capitals, it begins with one."""
    return None if _small(row) else _NEWCOMER.match(row)


def _may_be_new(core: str, *, roles: bool) -> bool:
    if not roles:
        return _MAY_BE_STRANGER.fullmatch(core) is not None
    return not _small(core) and _MAY_BE_NEWCOMER.fullmatch(core) is not None


def _small(row: str) -> bool:
    return row.lstrip(" *")[:1].islower()


def _labels(names: tuple[str, ...], *, rows: bool = False) -> re.Pattern[str] | None:
    if not names:
        return None
    said = r"(?: \([^()\n]{1,24}\))?"
    pattern = rf" {{0,3}}(?:\*\*|\[)?(?i:{_any(names)})(?:\*\*|\])?{said}[:\uff1a]"
    if rows:
        capitals = _any(tuple(name.upper() for name in names))
        pattern = rf"(?:{pattern}| {{0,3}}(?:\*\*)?(?:{capitals})(?:\*\*)?{said}(?=\n))"
    return re.compile(pattern)


def _begun(text: str, stops: tuple[str, ...]) -> int:
    """How many characters at the end of a text may be the beginning of a stop string."""
    begun = (
        size for stop in stops for size in range(1, len(stop)) if text.endswith(stop[:size])
    )  # fmt: skip
    return max(begun, default=0)


def _any(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def line_text(raw: str, cut_at: int | None, rule: CutRule) -> str:
    """Derive the line from the raw text.

    In this order: cut, thoughts that ended, own labels, half a stop string, blanks. A thought
    without an end stays: it is shown, but see `unthought`.
    """
    if rule.bare:
        return raw[:cut_at]
    text = without_thoughts(("<think>" if rule.thinking else "") + raw[:cut_at])
    own = _labels(rule.own, rows=rule.rows)
    if own is not None:
        text = "\n".join(_bare(row, own) for row in text.lstrip().split("\n"))
    if cut_at is None and (half := _begun(text, rule.stops)) > 1:
        text = text[:-half]
    rows = [row[2:] if row.startswith("  ") else row for row in text.strip().split("\n")]
    return "\n".join(row.rstrip() for row in rows).strip()


def _bare(row: str, own: re.Pattern[str]) -> str:
    """A row without its speaker's labels, however often they stand there."""
    while (match := own.match(row + "\n")) is not None:
        row = row[match.end() :].lstrip(" ")
    return row


def without_thoughts(text: str) -> str:
    """A text without the thoughts in it that ended; what follows the last end is not searched.

    There each beginning would look for an end down to the end of the text, however many there are.
    """
    ended = max((each.end() for each in _CLOSES.finditer(text)), default=0)
    return _THOUGHT.sub("", text[:ended]) + text[ended:]


def unthought(text: str) -> str:
    """A line without a thought that never ended: all that anybody may be told of it."""
    return _UNENDED.sub("", text).rstrip()


def thoughts(raw: str, rule: CutRule) -> str:
    """What a model thought before and while it spoke, kept apart from the line."""
    text = ("<think>" if rule.thinking else "") + raw
    ended = max((each.end() for each in _CLOSES.finditer(text)), default=0)
    found = [*_THOUGHT.findall(text[:ended]), *_UNENDED.findall(without_thoughts(text))]
    return "\n".join(_CLOSES.sub("", _OPENS.sub("", each)).strip() for each in found)


def stranger(text: str, *, rows: bool = False) -> str | None:
    """The name that a text begins with as a label, whoever has it; None: it is no label.

    Args:
        rows: a name is a row of capitals, as in a screenplay.
    """
    found = _ROW_LABEL.match(text) if rows else _newcomer(text)
    if found is None:
        return None
    name = found[0].partition("(")[0].strip(" *:\n")
    return name.title() if rows else name
