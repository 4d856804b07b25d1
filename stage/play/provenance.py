"""What is written down about a take: enough to come back a year later and know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stage.play.line import Cut, Kind, Status
from stage.play.token import Token


@dataclass(frozen=True)
class ModelRecord:
    """A model file by content; where it lay is kept apart.

    Attributes:
        identity: size plus the sha256 of the first and the last MiB, as one hash string.
        sha256: of the whole file; None while it is not yet known.
        metadata: the GGUF metadata, long arrays left out.
        vocabulary: hash of the vocabulary, see token.Vocabulary.
    """

    identity: str
    path: str
    size: int
    name: str
    architecture: str
    quantisation: str
    vocabulary: str
    metadata: Mapping[str, Any]
    sha256: str | None = None


@dataclass(frozen=True)
class PromptRecord:
    """The exact prompt that was evaluated, shared by all takes of a fan-out.

    Attributes:
        text: the whole text, special tokens written out.
        tokens: the ids, BOS included where the model wants one.
        segments: list of {kind, line, start, end} in code points of `text`, where known; and
            what else is known of it: {macros: [{macro, value}], lore, key}.
        frame: id of the frame that made it.
        template_hash: of the chat template, None for a text prompt.
        dropped: what was left out for want of room, see play.prompting.budget.runs.
        repairs, warnings: in words.
        date: the play's frozen date, YYYY-MM-DD.
    """

    text: str
    tokens: tuple[int, ...]
    segments: tuple[Mapping[str, Any], ...]
    frame: str
    template_hash: str | None
    dropped: tuple[Mapping[str, Any], ...] = ()
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True)
class TakeRecord:
    """A take as it begins.

    Attributes:
        id: also the id of the line it becomes.
        parent: the line it is spoken after.
        number: counts from 1 among siblings of the same model.
        sampler: Sampler.to_json().
        mode: "batched" or "strict".
        batch: {takes, n_batch, n_ubatch, n_ctx, threads, ...}: the shape it ran in.
        cut: CutRule.to_json(), how the line is derived from the raw text.
        engine: {backend, version, build, cpu, ...}: the engine's fingerprint.
    """

    id: str
    play: str
    parent: str
    speaker: str
    number: int
    model: str
    model_identity: str
    persona_version: str
    frame: str
    sampler: Mapping[str, Any]
    seed: int
    mode: str
    batch: Mapping[str, Any]
    engine: Mapping[str, Any]
    started: float
    kind: Kind = Kind.SPEECH
    audience: tuple[str, ...] | None = None
    heard_by: tuple[str, ...] | None = None
    cut: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Chunk:
    """Some more tokens of a running take, the `seq`-th that come at once."""

    take: str
    seq: int
    tokens: Sequence[Token]


@dataclass(frozen=True)
class TakeEnding:
    """A take as it ends.

    Attributes:
        text: the line as shown, derived from raw_text and cut_at.
        raw_text: everything the model said, never edited.
        cut_at: code-point index in raw_text where the line ends; None when nothing was cut.
        timings: seconds {prompt, first_token, total} and {prompt_tokens_evaluated,
            prompt_tokens_kept, prompt_tokens_restored, cache_tokens_evicted, tokens}; whatever is
            unknown is left out; engine.orders.Ended says more.
        pace: when its tokens came, see play.pace.
    """

    take: str
    reason: Cut
    status: Status
    text: str
    raw_text: str
    cut_at: int | None
    ended: float
    timings: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None
    pace: tuple[int, ...] = ()


@dataclass(frozen=True)
class LineRecord:
    """A line that nobody's model made: typed, or written in the scene."""

    id: str
    play: str
    parent: str
    kind: Kind
    speaker: str | None
    text: str
    audience: tuple[str, ...] | None = None
    heard_by: tuple[str, ...] | None = None
    persona_version: str | None = None
    made: float = 0.0
    layer: str | None = None
    origin: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Recorded:
    """How a line was said, as far as the record knows.

    Attributes:
        tokens: as the model made them; empty for a typed line.
        cut_at: code-point index in their text where the line ends.
        began, ended: seconds since 1970; a typed line ended when it was stored.
        timings, pace: of the take, see TakeEnding; a pace of an untrusted source is unchecked.
        borrowed: it was said after another prompt than its model would have received there.
        repeats: the line whose take it is once more, token for token.
        given: how many of its first tokens were put there, not made by its model.
        seed, sampler: it was drawn with, the sampler as stored; None: no model drew it, or unknown.
    """

    line: str
    ended: float
    began: float | None = None
    tokens: tuple[Token, ...] = ()
    cut_at: int | None = None
    timings: Mapping[str, float] = field(default_factory=dict)
    pace: tuple[Any, ...] = ()
    borrowed: bool = False
    repeats: str | None = None
    given: int = 0
    seed: int | None = None
    sampler: Mapping[str, Any] | None = None
