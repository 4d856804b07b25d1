"""What is stored about lines, fetched when asked for and kept for a while."""

import base64
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.records import LineDetail
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.bridge import Bridge
from stage.ui.ink import Tint
from stage.ui.spans import Span, spans
from stage.ui.verbatim import printed

KEPT = 120
FULL = 6.0  # nats at which a tint is as strong as it gets


@dataclass
class Reading:
    """A line's detail as the window uses it.

    Attributes:
        surprise: nats for each token, 0 where unknown.
        tints: what to colour; empty when tokens cannot be mapped to the text.
        tips: for each token, what is said over it.
    """

    detail: LineDetail
    surprise: list[float] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)
    tips: Sequence[str] = ()


class Tips(Sequence[str]):
    """What is said over each token, put into words when it is asked for."""

    def __init__(self, tokens: Sequence[Mapping[str, Any]]) -> None:
        """Know the tokens of a line."""
        self._tokens = tokens

    def __len__(self) -> int:
        """One for each token."""
        return len(self._tokens)

    def __getitem__(self, at: Any) -> Any:
        """The words over a token."""
        return tip(self._tokens[at])


class Details(QObject):
    """Readings of lines, by id.

    Signals:
        arrived: the id of a line whose reading is there now.
    """

    arrived = Signal(str)

    def __init__(self, director: Director, bridge: Bridge, parent: QObject | None = None) -> None:
        """Ask a director, forget what changes."""
        super().__init__(parent)
        self._director = director
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._asked: set[str] = set()
        bridge.ended.connect(self._ended)

    def get(self, line_id: str) -> Reading | None:
        """The reading of a line; None while it is being fetched, see `arrived`."""
        found = self._kept.get(line_id)
        if found is not None:
            self._kept.move_to_end(line_id)
        elif line_id and line_id not in self._asked:
            self._asked.add(line_id)
            spawn(self._fetch(line_id), name="line detail")
        return found

    def known(self, line_id: str) -> Reading | None:
        """The reading of a line if it is there; nothing is fetched."""
        return self._kept.get(line_id)

    def _ended(self, event: Any) -> None:
        self._kept.pop(event.line.id, None)

    async def _fetch(self, line_id: str) -> None:
        try:
            detail = await self._director.line(line_id)
        except KnownError:
            return
        finally:
            self._asked.discard(line_id)
        self._kept[line_id] = read(detail)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(line_id)


def read(detail: LineDetail) -> Reading:
    """Make a reading of what is stored."""
    made = Reading(detail)
    if not detail.tokens or detail.raw_text is None:
        return made
    made.surprise = [-(token["logprob"] or 0.0) for token in detail.tokens]
    made.tips = Tips(detail.tokens)
    pieces = [_piece(token) for token in detail.tokens]
    mapped = spans(pieces, detail.raw_text, detail.cut_at, detail.line.text)
    made.tints = [_tint(span, made.surprise[span.token]) for span in mapped]
    return made


def tip(token: Mapping[str, Any]) -> str:
    """A token and its alternatives, one in a row."""
    rows = [_row(token["text"], token["logprob"])]
    others = [each for each in token["top"] if each["id"] != token["id"]]
    rows += [_row(each["text"], each["logprob"]) for each in others[:6]]
    return "\n".join([f"\u25b8 {rows[0]}", *(f"  {row}" for row in rows[1:])])


def _row(text: str | None, logprob: float | None) -> str:
    shown = printed(text or "")[:24]
    return f"{shown:<14} {words.percent(exp(logprob)) if logprob is not None else '?':>8}"


def _piece(token: Mapping[str, Any]) -> bytes:
    if "b64" in token:
        return base64.b64decode(token["b64"])
    return str(token["text"]).encode("utf-8", "surrogatepass")


def _tint(span: Span, surprise: float) -> Tint:
    return Tint(span.start, span.end, min(1.0, max(0.0, surprise) / FULL), span.token)
