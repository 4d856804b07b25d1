"""The words of a line behind the prompt that a model would receive where it stands, as tokens.

And a name of all that this prompt is made of: a score whose prompt would be another one now is
known by it, without the model.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from stage.director.opened import OpenPlay
from stage.director.prompts import Received, frame_of, receive
from stage.engine.model import Model
from stage.kit.canonical import content_hash
from stage.kit.errors import BadInput
from stage.play.line import Kind, Line
from stage.play.prompting.frame import Prompt
from stage.play.prompting.script import indented

_SAID = (Kind.SPEECH, Kind.THOUGHT, Kind.ASIDE, Kind.WHISPER, Kind.NARRATION)


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
        context: names what the prompt is made of.
        room: how large the context is, where something had no room in it.
    """

    received: Received
    said: str
    tokens: tuple[int, ...]
    shared: int
    tail: tuple[int, ...]
    context: str
    room: int | None


async def place(
    play: OpenPlay, line_id: str, model: Model, *, name: str = "", frame: str | None = None
) -> Placed:
    """Put what a line says where its speaker would have said it.

    Args:
        name: the play's name of the model, so that a member's own frame is used with its own.
        frame: id of a frame instead.

    Raises:
        BadInput: the line says nothing that could be scored.
        KnownError: no room or no template, in words.
    """
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
    full = any(not each.expected for each in received.dropped)
    return Placed(
        received, said, whole.tokens, shared, opened.tokens[shared:],
        context_of(name_of(received.prompt), line.text), model.capabilities.n_ctx if full else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Posed:
    """A prompt as its frame made it, and a name of all that it is made of."""

    prompt: Prompt
    name: str


def pose(
    play: OpenPlay, above: str, speaker: str, model: str, kind: str, most: int | None
) -> Callable[[], Posed] | None:
    """What makes the prompt of a member after a line, as its frame makes it; no model is asked.

    Args:
        model: the play's name of one.
        kind: what that is, base or chat.
        most: tokens that fit at most, where not all do.

    Returns:
        what may be called on any thread; None where nobody of that name is there by now.
    """
    cast = play.cast(above)
    if speaker not in cast:
        return None
    member, path, facts = cast[speaker], play.path(above), play.facts(above)
    frame = frame_of(member, model, kind)

    def made() -> Posed:
        prompt = frame.prompt(path, member, facts, most)
        return Posed(prompt, name_of(prompt))

    return made


def name_of(prompt: Prompt) -> str:
    """Name a prompt by all that its frame put into it."""
    segments = [[each.part, each.text, each.role, each.pinned] for each in prompt.segments]
    return content_hash({
        "frame": prompt.frame, "form": prompt.form, "segments": segments, "date": prompt.date,
        "prefill": prompt.prefill, "passed": len(prompt.passed),
    })  # fmt: skip


def context_of(name: str, text: str) -> str:
    """Name what a model reads: a prompt, see `name_of`, and the words that are said after it."""
    return content_hash({"prompt": name, "text": text})


def _common(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many tokens both begin with; the second keeps one at least."""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return max(1, min(at, len(other) - 1))
