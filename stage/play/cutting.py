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
_MAY_BE_STRANGER = re.compile(
    rf"(?:{_TITLE} ?)?(?:[A-Z]{_WORD}{{0,24}})?(?: (?:[A-Z]{_WORD}{{0,20}})?){{0,2}}"
    r"(?:\*\*?)?(?: ?(?:\([^()\n]{0,24}\)?)?)?:?"
)
_MAY_FOLLOW_NAME = re.compile(r"(?:\*\*?|\])?(?: (?:\([^()\n]{0,24}\)?)?)?")
_TAG = re.compile(r"</?think>")
_THINK = re.compile(r"<think>.*?</think>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CutRule:
    """How the end of a line is found.

    Attributes:
        own: labels of the speaker, removed at the start.
        others: labels whose appearance at the start of a row ends the line.
        blocks: whether a blank row or a bracket at the start of a row ends it (scripts).
        rows: whether a row that is only a label, in capitals, counts as one (screenplays).
        stops: strings that end the line wherever they stand, control strings of templates.
    """

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    blocks: bool = False
    rows: bool = False
    stops: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write what is stored with a take, so that its line can be derived again."""
        return {
            "own": list(self.own),
            "others": list(self.others),
            "blocks": self.blocks,
            **({"rows": True} if self.rows else {}),
            **({"stops": list(self.stops)} if self.stops else {}),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "CutRule":
        """Read what to_json wrote. Raises KeyError or TypeError for anything else."""
        if not isinstance(data, Mapping):
            raise TypeError(f"a cut rule is an object, not {type(data).__name__}")
        rows, stops = bool(data.get("rows")), tuple(data.get("stops", ()))
        return CutRule(tuple(data["own"]), tuple(data["others"]), bool(data["blocks"]), rows, stops)

    @staticmethod
    def of(
        viewer: Member,
        cast: Cast,
        *,
        blocks: bool,
        rows: bool = False,
        stops: tuple[str, ...] = (),
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
        return CutRule(own, tuple(others), blocks, rows, stops)


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


class Cutter:
    """Reads the raw text as it grows. Feeding it whole or in pieces gives the same verdict."""

    def __init__(self, rule: CutRule) -> None:
        """Prepare the patterns of a rule."""
        self._rule = rule
        self._raw = ""
        self._row = 0  # where the last row begins
        self._fence = False  # at the beginning of the last row, as is:
        self._think = False
        self._known = _labels(rule.others, rows=rule.rows)
        self._own = _labels(rule.own, rows=rule.rows)
        self._names = tuple(name.lower() for name in rule.others)
        if rule.rows:
            self._names += tuple(name.upper().lower() for name in rule.others)

    def feed(self, text: str) -> Verdict:
        """Add text and look at every row that it began or went on with."""
        self._raw += text
        stopped = self._stop()
        whole, self._raw = self._raw, self._raw[:stopped]
        verdict = self._ended()
        self._raw = whole
        if verdict is None and stopped is not None:
            cut_at = len(whole[:stopped].rstrip())
            return Verdict(cut_at, Cut.STOP_STRING, cut_at)
        return verdict or Verdict(None, None, self._safe())

    def _stop(self) -> int | None:
        """Where the first stop string begins."""
        found = (self._raw.find(stop) for stop in self._rule.stops)
        return min((at for at in found if at >= 0), default=None)

    def _ended(self) -> Verdict | None:
        """Look at every row that is not yet known to be harmless."""
        while True:
            verdict = self._look()
            end = self._raw.find("\n", self._row)
            if verdict is not None or end < 0:
                break
            self._end_row(self._raw[self._row : end])
            self._row = end + 1
        return verdict

    def _end_row(self, row: str) -> None:
        self._fence ^= row.lstrip().startswith("```")
        tags = _TAG.findall(row)
        if tags:
            self._think = tags[-1] == "<think>"

    def _look(self) -> Verdict | None:
        if self._row == 0 or self._fence or self._think:
            return None
        reason = self._reason(self._raw[self._row :])
        if reason is None:
            return None
        cut_at = len(self._raw[: self._row].rstrip())
        return Verdict(cut_at, reason, cut_at)

    def _reason(self, row: str) -> Cut | None:
        if self._rule.blocks and row[:1] in ("\n", "[") and self._raw[: self._row].strip():
            return Cut.BLOCK_END
        if self._known and self._known.match(row):
            return Cut.LABEL
        if self._own and self._own.match(row):
            return None
        return Cut.NEW_NAME if self._rule.blocks and _STRANGER.match(row) else None

    def _safe(self) -> int:
        row = self._raw[self._row :]
        if self._row == 0:
            hidden = any(name.startswith(row.strip()) for name in self._rule.own)
            return 0 if hidden else len(row[: self._before_stop()].rstrip())
        held = not (self._fence or self._think) and self._may_be_label(row)
        return len(self._raw[: self._row if held else self._before_stop()].rstrip())

    def _before_stop(self) -> int:
        """Up to where no stop string may have begun."""
        begun = (
            len(self._raw) - size
            for stop in self._rule.stops
            for size in range(1, len(stop))
            if self._raw.endswith(stop[:size])
        )
        return min(begun, default=len(self._raw))

    def _may_be_label(self, row: str) -> bool:
        """Whether more text could yet make a label, or the end of a block, of this row."""
        core = row.lstrip(" ")
        core = core[2:] if core.startswith("**") else core.removeprefix("[")
        if core in ("", "*"):
            return True
        if self._rule.blocks and _MAY_BE_STRANGER.fullmatch(core):
            return True
        low = core.lower()
        return any(
            name.startswith(low)
            or (low.startswith(name) and _MAY_FOLLOW_NAME.fullmatch(core[len(name) :]) is not None)
            for name in self._names
        )


def _labels(names: tuple[str, ...], *, rows: bool = False) -> re.Pattern[str] | None:
    if not names:
        return None
    said = r"(?: \([^()\n]{1,24}\))?"
    pattern = rf" {{0,3}}(?:\*\*|\[)?(?i:{_any(names)})(?:\*\*|\])?{said}:"
    if rows:
        capitals = _any(tuple(name.upper() for name in names))
        pattern = rf"(?:{pattern}| {{0,3}}(?:\*\*)?(?:{capitals})(?:\*\*)?{said}(?=\n))"
    return re.compile(pattern)


def _any(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def line_text(raw: str, cut_at: int | None, rule: CutRule) -> str:
    """Derive the line from the raw text: cut, without think blocks and own labels, trimmed."""
    text = _THINK.sub("", raw[:cut_at])
    own = _labels(rule.own, rows=rule.rows)
    if own is not None:
        found = [(row, own.match(row + "\n")) for row in text.lstrip().split("\n")]
        text = "\n".join(row[match.end() :].lstrip(" ") if match else row for row, match in found)
    rows = [row[2:] if row.startswith("  ") else row for row in text.strip().split("\n")]
    return "\n".join(row.rstrip() for row in rows).strip()
