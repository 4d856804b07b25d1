"""A take that begins with given tokens: what a model goes on from in the middle of a line."""

from dataclasses import dataclass, replace
from functools import cached_property

from stage.engine.orders import Prepared
from stage.play.cutting import CutRule, Cutter, line_text
from stage.play.line import Cut, Line
from stage.play.provenance import PromptRecord
from stage.play.token import Token


@dataclass(frozen=True)
class Begun:
    """How a take begins, and after which prompt.

    Attributes:
        of: the line it branches from; kind and hearers are as there.
        frame: id of the frame that made the prompt.
        cut: how the end of the whole take is found.
        tokens: what it begins with, whole characters.
    """

    of: Line
    frame: str
    prompt: PromptRecord
    cut: CutRule
    tokens: tuple[Token, ...]

    @cached_property
    def raw(self) -> str:
        """What the tokens say."""
        return b"".join(each.piece for each in self.tokens).decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """The line as far as it goes before a model says more."""
        return line_text(self.raw, None, self.cut)

    @property
    def mark(self) -> dict[str, object]:
        """What is stored with the take, see `forced`."""
        return {"of": self.of.id, "tokens": len(self.tokens)}

    def prepared(self) -> Prepared:
        """What the model reads before it goes on."""
        record = self.prompt
        return Prepared(
            record.text + self.raw, (*record.tokens, *(each.id for each in self.tokens)),
            tuple(record.segments), tuple(record.warnings), tuple(record.repairs),
            record.template_hash,
        )  # fmt: skip

    def rest(self) -> CutRule:
        """How the end is found in what comes after the beginning."""
        return rest_of(self.cut, self.raw)

    def ending(self, said: str, cut_at: int | None, reason: Cut) -> tuple[str, int | None, Cut]:
        """The whole take's raw text, where its line ends there, and why.

        Args:
            said: after the beginning; cut_at and reason are what was seen in it alone.
        """
        whole = self.raw + said
        verdict = Cutter(self.cut).feed(whole)
        if verdict.reason is not None:
            return whole, verdict.cut_at, verdict.reason
        return whole, None if cut_at is None else cut_at + len(self.raw), reason


def rest_of(rule: CutRule, raw: str) -> CutRule:
    """A rule for what is said after `raw`: whether a row begins there, or a thought goes on."""
    opened = max(raw.rfind("<think>"), raw.rfind("<thinking>"))
    closed = max(raw.rfind("</think>"), raw.rfind("</thinking>"))
    thinking = opened > closed if max(opened, closed) >= 0 else rule.thinking
    return replace(rule, fresh=raw.endswith("\n"), thinking=thinking)
