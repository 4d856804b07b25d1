"""What a member receives: the one way from a line to the exact prompt, for turns and for looking.

A turn performs what `receive` prepares; `view` prepares the same and tells what is not in it.
"""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from stage.director.opened import OpenPlay
from stage.engine.model import Model
from stage.engine.orders import Prepared
from stage.engine.pool import Pool
from stage.engine.shelf.card import Card
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput
from stage.play.cast import Cast, Member
from stage.play.line import Line
from stage.play.lore import entries_of
from stage.play.persona import BOOK
from stage.play.prompting import DEFAULTS, FRAMES
from stage.play.prompting.budget import MARGIN, Dropped, fit, passed_over, runs
from stage.play.prompting.frame import Frame, Prompt, heard
from stage.play.prompting.summing import summary
from stage.play.provenance import PromptRecord
from stage.play.sampling import BASE, Sampler, suggested

MANY = 200  # entries of lorebooks that are gone through beside the loop
PATH = 500  # lines that a prompt is made of beside the loop
WHY = {  # why a line is not in a prompt, in words
    "hidden": "not heard",
    "frame": "never part of a prompt",
    "budget": "no room",
    "summary": "a summary stands for it",
    "template": "dropped by the model's template",
}


@dataclass(frozen=True, slots=True)
class Received:
    """A prompt as it is sent: what the frame made, what the template made of it, what fitted."""

    frame: Frame
    prompt: Prompt
    prepared: Prepared
    dropped: tuple[Dropped, ...]
    sent: Prompt

    def lore(self) -> list[dict[str, Any]]:
        """The entries of lorebooks that are in it, with the key that fired each."""
        found = (each for each in self.prepared.segments if "lore" in each)
        return [{"entry": each["lore"], "key": each["key"]} for each in found]

    def macros(self) -> list[dict[str, Any]]:
        """The macros that were drawn, with their values."""
        return [
            dict(each) for segment in self.prepared.segments for each in segment.get("macros", ())
        ]

    def record(self, date: str) -> PromptRecord:
        """What is stored with the takes of it."""
        return PromptRecord(
            text=self.prepared.text,
            tokens=tuple(self.prepared.tokens),
            segments=tuple(self.prepared.segments),
            frame=self.frame.id,
            template_hash=self.prepared.template_hash,
            dropped=tuple(runs(self.dropped)),
            repairs=tuple(self.prepared.repairs),
            warnings=tuple(self.prepared.warnings),
            date=date,
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the path that is not in the prompt, or an example or lore that had no room.

    Attributes:
        line: its id; None for what is no line.
        what: its kind and who spoke it; or what it is called.
        why: "hidden" (not heard), "frame" (heard, but never staged), "budget" (no room),
            "summary" (a summary stands for it) or "template" (the model's own template drops it).
        tokens: how many its text would take.
    """

    line: str | None
    what: str
    why: str
    tokens: int


@dataclass(frozen=True, slots=True)
class View:
    """The exact prompt of a member after a line, and what is not in it."""

    at: str
    member: str
    model: str
    received: Received
    left_out: tuple[LeftOut, ...]

    def to_json(self) -> dict[str, Any]:
        """Write it for machines, ids and labels as they are."""
        prepared = self.received.prepared
        return {
            "text": prepared.text,
            "tokens": list(prepared.tokens),
            "frame": self.received.frame.id,
            "model": self.model,
            "as": self.member,
            "at": self.at,
            "left_out": [
                {"line": each.line, "what": each.what, "why": each.why, "tokens": each.tokens}
                for each in self.left_out
            ],
            "repairs": list(prepared.repairs),
            "warnings": list(prepared.warnings),
            "template_hash": prepared.template_hash,
            "lore": self.received.lore(),
            "macros": self.received.macros(),
        }


def frame_of(member: Member, model_name: str, kind: str, wanted: str | None = None) -> Frame:
    """The frame a member speaks in: the wanted one, its own, or the default of the model's kind."""
    own, at_home = member.actor.frame, member.actor.model in (None, model_name)
    if own in FRAMES and not at_home and not FRAMES[str(own)].everywhere:
        own = None
    chosen = wanted or own or DEFAULTS[kind]
    if chosen not in FRAMES:
        raise BadInput(f"The frame {chosen} is not known; use one of {', '.join(FRAMES.names)}.")
    return FRAMES[chosen]


def sampler_of(member: Member, model_name: str, card: Card) -> Sampler:
    """The sampler of a member on a model; on a model not its own, only its length counts."""
    own = member.actor.sampler
    default = suggested(card.metadata) if card.kind == "chat" else BASE
    if own is None:
        return default
    mine = member.actor.model == model_name and not own.usual
    return own if mine else replace(default, max_tokens=own.max_tokens)


async def receive(
    play: OpenPlay,
    parent: str,
    member: Member,
    model: Model,
    frame: Frame,
    max_tokens: int,
    covers: Sequence[str] = (),
) -> Received:
    """Prepare what a member receives after a line, dropping old lines until it fits.

    Args:
        covers: lines that it is to sum up; it receives these alone.

    Raises:
        KnownError: when there is no room or no template, in words.
    """
    if covers:
        lines = [play.tree[each] for each in covers]
        work = partial(summary, frame, lines, member, play.facts(parent))
    else:
        most, lines = model.capabilities.n_ctx, play.path(parent)
        work = partial(frame.prompt, lines, member, play.facts(parent), most)
    long = len(lines) > PATH or _long(play, member)
    prompt = await aside(work) if long else work()
    counts = await model.count([segment.text for segment in prompt.segments])
    before = (*await _replaced(play, prompt, model), *passed_over(prompt.passed))
    whole = room = model.capabilities.n_ctx - max_tokens - MARGIN
    while True:
        kept, dropped = fit(prompt.segments, counts, room)
        prepared = await model.prepare(replace(prompt, segments=tuple(kept)))
        over = len(prepared.tokens) - whole
        if over <= 0:
            sent = replace(prompt, segments=tuple(kept))
            return Received(frame, prompt, prepared, (*before, *dropped), sent)
        room -= max(over, 1)


def _long(play: OpenPlay, member: Member) -> bool:
    """Whether so many entries of lorebooks are gone through that a window would have to wait."""
    own = sum(entries_of(layer.persona.card["data"].get(BOOK)) for layer in member.stack)
    return own + entries_of(play.scene.book) > MANY


async def _replaced(play: OpenPlay, prompt: Prompt, model: Model) -> list[Dropped]:
    """The lines that a summary stands for."""
    lines = [play.tree[each] for each in prompt.replaced]
    counts = await model.count([line.text for line in lines]) if lines else []
    return [
        Dropped(line.id, tokens, f"summed up in {prompt.replaced[line.id]}", expected=True)
        for line, tokens in zip(lines, counts, strict=True)
    ]


async def view(
    pool: Pool,
    play: OpenPlay,
    at: str,
    speaker: str,
    *,
    frame: str | None = None,
    model: str | None = None,
) -> View:
    """Look at what a member would receive after a line. Nothing is stored.

    Args:
        at: the line after which it would speak.
        frame: id of a frame instead of the member's own.
        model: the scene's name of a model instead of the member's own.

    Raises:
        KnownError: an unknown name, no model, no room or no template, in words.
    """
    member, path = play.cast(at)[speaker], play.path(at)
    name = model or play.models_for(speaker, at)[0]
    loaded = await pool.load(play.models[name])
    kind = loaded.card.kind
    chosen, sampler = frame_of(member, name, kind, frame), sampler_of(member, name, loaded.card)
    received = await receive(play, at, member, loaded, chosen, sampler.max_tokens)
    missing = list(_missing(path, member, received))
    counts = await loaded.count([line.text for line, _ in missing])
    left_out = tuple(
        LeftOut(line.id, _what(line, play.cast(at)), why, tokens)
        for (line, why), tokens in zip(missing, counts, strict=True)
    )
    other = tuple(
        LeftOut(None, each.what, "budget", each.tokens)
        for each in received.dropped
        if each.line is None
    )
    return View(at, member.label, name, received, left_out + other)


def difference(own: View, other: View) -> list[str]:
    """What two members receive differently, as rows of a unified diff; none: it is the same."""
    one, two = (each.received.prepared.text.split("\n") for each in (own, other))
    return list(difflib.unified_diff(one, two, own.member, other.member, lineterm=""))


def _missing(
    path: Sequence[Line], member: Member, received: Received
) -> Iterator[tuple[Line, str]]:
    """Every line of the path that is not in the prompt, with the reason."""
    audible = {line.id for line in heard(path, member)}
    framed = {segment.line for segment in received.prompt.segments}
    dropped = {each.line for each in received.dropped}
    passed = {line.id for line in received.prompt.passed}
    shown = {segment.get("line") for segment in received.prepared.segments}
    for line in path:
        if line.id not in audible:
            yield line, "hidden"
        elif line.id in received.prompt.replaced:
            yield line, "summary"
        elif line.id in passed:
            yield line, "budget"
        elif line.id not in framed:
            yield line, "frame"
        elif line.id in dropped:
            yield line, "budget"
        elif line.id not in shown:
            yield line, "template"


def _what(line: Line, cast: Cast) -> str:
    return f"{line.kind} by {cast.label_of(line)}"
