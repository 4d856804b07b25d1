"""What a line is worth to a model, said in the place where it stands.

The one question put to any line, a person's too: how surprising was it for a model that was to
speak as that member there? Nothing is stored.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

from stage.director.opened import OpenPlay
from stage.director.prompts import Received, frame_of, receive
from stage.engine.model import Model
from stage.kit.errors import BadInput
from stage.measures.average import Average, average
from stage.play.line import Kind, Line
from stage.play.prompting.script import indented

_SAID = (Kind.SPEECH, Kind.THOUGHT, Kind.ASIDE, Kind.WHISPER, Kind.NARRATION)


@dataclass(frozen=True, slots=True)
class Surprisal:
    """How surprising a line was.

    Attributes:
        values: minus the log-probability of each token of its text, after the prompt of its
            speaker; the first one without what it holds of the prompt.
        bytes: of the text.
        inside: the text begins inside a token that holds some of the prompt, too.
    """

    frame: str
    values: tuple[float, ...]
    bytes: int
    inside: bool

    @property
    def nats(self) -> float:
        """Of the whole text."""
        return math.fsum(self.values)

    @property
    def tokens(self) -> int:
        """How many."""
        return len(self.values)

    @property
    def per_token(self) -> Average | None:
        """The mean with its interval."""
        return average(self.values)

    @property
    def bits_per_byte(self) -> float:
        """As a scored text is told, so that both can be set side by side."""
        return self.nats / self.bytes / math.log(2)

    def to_json(self) -> dict[str, Any]:
        """Write it for machines."""
        mean = self.per_token
        return {
            "frame": self.frame,
            "nats": self.nats,
            "nats_per_token": mean and mean.to_json(),
            "nats_per_byte": self.nats / self.bytes,
            "bits_per_byte": self.bits_per_byte,
            "tokens": self.tokens,
            "bytes": self.bytes,
            "inside_token": self.inside,
        }


def has_words(line: Line) -> bool:
    """Whether somebody says something in a line, so that it can be scored."""
    return line.kind in _SAID and bool(line.text.strip()) and line.speaker is not None


@dataclass(frozen=True, slots=True)
class Placed:
    """The words of a line behind the prompt of its speaker, as tokens.

    Attributes:
        said: the words, with what stands between prompt and words.
        tokens: of prompt and words, as the model reads them in one.
        shared: how many of them are the prompt's alone.
        tail: tokens of the prompt that merge with the words, most often none.
    """

    received: Received
    said: str
    tokens: tuple[int, ...]
    shared: int
    tail: tuple[int, ...]


async def place(
    play: OpenPlay, line_id: str, model: Model, *, name: str = "", frame: str | None = None
) -> Placed:
    """Put what a line says where its speaker would have said it. Arguments as for `surprisal`."""
    line = play.tree[line_id]
    if not has_words(line) or line.speaker is None:
        raise BadInput("Only a line that somebody says can be scored; this one has no such words.")
    above = str(line.parent)
    member = play.cast(above)[line.speaker]
    chosen = frame_of(member, name, model.card.kind, frame)
    room = (await model.count([line.text]))[0] + 8
    received = await receive(play, above, member, model, chosen, room)
    opened = received.prepared
    space = "" if opened.text[-1:].isspace() or not opened.text.endswith(":") else " "
    said = space + (indented(line.text) if chosen.openings is not None else line.text)
    whole = await model.prepare(replace(received.sent, prefill=received.prompt.prefill + said))
    shared = _common(opened.tokens, whole.tokens)
    return Placed(received, said, whole.tokens, shared, opened.tokens[shared:])


async def surprisal(
    play: OpenPlay, line_id: str, model: Model, *, name: str = "", frame: str | None = None
) -> Surprisal:
    """Score what a line says, as its speaker would have received the prompt before it.

    Args:
        name: the play's name of the model, so that a member's own frame is used with its own.
        frame: id of a frame instead.

    Raises:
        BadInput: the line says nothing that could be scored.
        KnownError: no room or no template, in words.
    """
    put = await place(play, line_id, model, name=name, frame=frame)
    prompt, words = put.tokens[: put.shared], put.tokens[put.shared :]
    (found,) = await model.score_tokens(prompt, [words])
    before = (await model.weigh(prompt, [put.tail]))[0] if put.tail else 0.0
    count = len(play.tree[line_id].text.encode())
    values = [-(each.logprob or 0.0) for each in found]
    values[0] += before
    return Surprisal(put.received.frame.id, tuple(values), count, bool(put.tail))


def _common(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many tokens both begin with; the second keeps one at least."""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return max(1, min(at, len(other) - 1))
