"""What is asked of a model and what comes back, as seen by the director.

Plain frozen data. May know the play and the kit; knows nothing of processes or frames on a pipe.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from stage.play.cutting import CutRule
from stage.play.line import Cut
from stage.play.sampling import Sampler
from stage.play.token import Token

Phase = Literal["loading", "ready", "busy", "stopping", "crashed", "closed"]


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """How a model is opened.

    Attributes:
        cells: tokens the attention cache holds for all takes together; None lets Stage choose.
        context: the longest prompt plus answer in tokens; None takes what the model was made for.
        gpu_layers: layers given to a GPU where the build has a back end for it.
        map_file: whether the file is mapped into memory; False on drives that can be unplugged.
        kv: type of keys and values in the cache: f16, or smaller and coarser q8_0 or q4_0.
        takes: most takes at the same time; None lets Stage choose.
    """

    cells: int | None = None
    context: int | None = None
    gpu_layers: int = 0
    map_file: bool = True
    kv: str = "f16"
    takes: int | None = None


@dataclass(frozen=True, slots=True)
class ModelState:
    """What a model is doing, in a form that can be shown.

    Attributes:
        path: the file.
        progress: 0 to 1 while loading, else None.
        sentence: the same in words.
        details: the last lines the worker logged, for an error report; no prompt text.
    """

    path: str
    phase: Phase
    progress: float | None = None
    sentence: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a loaded model can do; the window never guesses.

    Attributes:
        n_ctx: tokens that one take may reach, prompt included.
        cells: tokens that all takes together may occupy; a shared prompt counts once.
        max_takes: takes that can run at the same time.
        branch_anywhere: whether a kept prompt can be shared at any token (not: recurrent models).
        tail_only: the contrary: it is shared as a whole or not at all.
        rewind: whether a sequence can be cut back.
        window: tokens that layers with sliding attention see; 0 without such layers.
        has_template: whether chat prompts can be rendered.
        cancel_in_decode: whether a stop is heard inside a long prompt.
        n_vocab: entries of the vocabulary.
        ends: ids of the tokens that end what is said.
    """

    n_ctx: int
    cells: int
    max_takes: int
    branch_anywhere: bool
    tail_only: bool
    rewind: bool
    window: int
    has_template: bool
    cancel_in_decode: bool
    n_vocab: int
    ends: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prompt as the model will read it.

    Attributes:
        text: the exact text, special tokens written out.
        tokens: their ids, the vocabulary's BOS included where it wants one.
        segments: {kind, line, start, end} in code points of `text`.
        warnings: what the reader should know, in words.
        repairs: what was changed to suit the template, in words.
        template_hash: of the chat template; None for a text prompt.
    """

    text: str
    tokens: tuple[int, ...]
    segments: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    template_hash: str | None = None


@dataclass(frozen=True, slots=True)
class TakeOrder:
    """One take to be made from a prepared prompt. The id is unique in the library."""

    id: str
    seed: int
    sampler: Sampler
    cut: CutRule = field(default_factory=CutRule)


@dataclass(frozen=True, slots=True)
class Strictly:
    """Takes are made one by one, each in a fresh context of its own, so that they can repeat.

    Attributes:
        cells: tokens of the context; 0: as many as prompt and answer need.
        threads: to compute with; 0: all that the model may use.
        kv: type of the cache, see LoadSettings; "": as the model is loaded.
    """

    cells: int = 0
    threads: int = 0
    kv: str = ""


@dataclass(frozen=True, slots=True)
class Evaluating:
    """The prompt is being read: `done` of `total` tokens, kept ones counted as done."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Started:
    """A take begins. `batch` is the shape it runs in: takes, n_ctx, n_batch, threads, ..."""

    take: str
    batch: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Some more tokens of a take.

    Attributes:
        first: how many tokens came before these.
        text: what they add to the raw text (only whole characters).
        raw_safe: code points of the raw text so far that can be shown; the rest may yet
            become a label.
    """

    take: str
    first: int
    tokens: Sequence[Token]
    text: str
    raw_safe: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A take is over; every take gets exactly one.

    Attributes:
        raw_text: everything the model said.
        cut_at: code-point index in raw_text where the line ends, None when nothing was cut.
        timings: seconds {prompt, first_token, total} and counts {prompt_tokens_evaluated,
            prompt_tokens_kept, prompt_tokens_restored (those of the kept that had left the
            cache for memory), cache_tokens_evicted (since the line before), tokens}; what is
            unknown is left out.
        error: why it failed or could not go on, in one sentence.
    """

    take: str
    reason: Cut
    raw_text: str
    cut_at: int | None
    tokens_total: int
    timings: Mapping[str, float]
    error: str | None = None


Event = Evaluating | Started | Pieces | Ended
