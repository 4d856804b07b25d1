"""Recasting replay: a branch once more, with one thing changed for one member of its cast.

What the member's model said is said anew, each line as its record has it (model, frame, sampler,
seed, card) but for the one change. Whatever else was said is taken from the record, tokens and
all. So the new branch shows what the change does, line by line.
"""

import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from stage.director.director import Director
from stage.director.events import Changed, Changes
from stage.director.opened import OpenPlay
from stage.director.operations.operation import still
from stage.director.turns.performing import Turn
from stage.director.wardrobe import known_persona, model_file, read_text
from stage.kit.errors import BadInput, KnownError
from stage.kit.ids import new_id
from stage.play.cast import Actor, ActorKind, Cast, Member
from stage.play.casting import changes_of
from stage.play.line import Line, Status
from stage.play.persona import Persona, from_card, read_card
from stage.play.prompting import DEFAULTS, FRAMES, OWN
from stage.play.sampling import PRESETS, Sampler
from stage.store.library import Library, LineDetail

THINGS = ("model", "frame", "sampler", "seed", "persona")
_VERSION = ("b2:",)  # how the hash of a card begins


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two lines part: tokens as {id, text, logprob, top}; None where one has ended."""

    index: int
    was: Mapping[str, Any] | None
    now: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Rerun:
    """One line of the new branch.

    Attributes:
        said: whether it was said anew; else it comes from the record.
        difference: the first token that is another one; None: there is none.
        number, count: which line of how many.
    """

    was: Line
    line: Line
    said: bool
    difference: Difference | None
    number: int
    count: int


@dataclass(frozen=True)
class _Changed:
    """The one thing that is changed, ready to be put into a member and a turn."""

    member: Callable[[Member], Member] = lambda member: member
    seed: int | None = None
    models: Mapping[str, Path] | None = None


def first_difference(
    was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]], *, key: str = "id"
) -> Difference | None:
    """The first place where tokens differ; `key` is "text" where the vocabularies are not one."""
    for index, (one, other) in enumerate(zip_longest(was, now)):
        if one is None or other is None or one[key] != other[key]:
            return Difference(index, one, other)
    return None


async def rerun(
    director: Director, line_id: str, label: str, thing: str, value: str
) -> AsyncGenerator[Rerun, None]:
    """Perform the branch down to a line again; its lines as they come.

    The new branch begins beside the first line that the member's model said. All of it is one
    step to undo. Closing the iterator stops; what was said until then stays.

    Args:
        label: the member, by name.
        thing: one of THINGS.
        value: for a model the scene's name or a file; a frame's name; a sampler preset or JSON; a
            seed; a card file, the name of a persona or the hash of a version.

    Raises:
        BadInput: an unknown name, or nothing that could be said anew.
        KnownError: a model failed; the lines until then stay.
    """
    play = await director.open(await director.library.play_of(line_id))
    member = _member(play.cast(line_id), label)
    path = [still(line) for line in play.path(line_id)]
    first = next((n for n, line in enumerate(path) if _theirs(line, member)), None)
    if first is None:
        raise BadInput(f"No model has spoken for {member.label} on the way to that line.")
    changed = await _change(director.library, play, thing, value)
    words = f"replay with {member.label} recast ({thing})"
    again = _Again(director, play, member.id, changed, {"id": new_id(), "words": words})
    parent, rest = str(path[first].parent), path[first:]
    for number, line in enumerate(rest, 1):
        if _theirs(line, member):
            said = await again.say(parent, line)
            if said is None:
                return
            new, difference = said
        else:
            new, difference = await again.copy(parent, line), None
        yield Rerun(line, new, _theirs(line, member), difference, number, len(rest))
        if new.status is Status.INTERRUPTED and line.status is not Status.INTERRUPTED:
            return  # somebody stopped it
        parent = new.id


def _member(cast: Cast, label: str) -> Member:
    member = cast.named(label)
    if member is None:
        known = ", ".join(each.label for each in cast)
        raise BadInput(f"Nobody of the cast is called {label}; it has {known}.")
    return member


def _theirs(line: Line, member: Member) -> bool:
    return line.speaker == member.id and line.model is not None


@dataclass(frozen=True)
class _Again:
    """A recasting replay on its way."""

    director: Director
    play: OpenPlay
    speaker: str
    changed: _Changed
    replay: Mapping[str, str]

    async def copy(self, parent: str, line: Line) -> Line:
        """A line from the record."""
        origin = {
            "operation": "replay", "of": [line.id], "replay": self.replay["id"],
            "words": self.replay["words"],
        }  # fmt: skip
        new = await self.director.library.say_again(self.play.id, parent, line.id, origin)
        self.play.tree.add(new)
        self.director.told.fire(Changed(Changes.TREE, self.play.id, (new.id,), (new.id,)))
        return await self._carry(line, new)

    async def _carry(self, line: Line, new: Line) -> Line:
        """Who plays whom from a line on holds from the new one on, too: one thing is changed."""
        if next(changes_of(line), None) is None or new.status is Status.INTERRUPTED:
            return new
        new = await self.director.library.carry(self.play.id, line.id, new.id)
        self.play.tree.add(new)
        self.director.told.fire(Changed(Changes.TREE, self.play.id, (new.id,)))
        return new

    async def say(self, parent: str, line: Line) -> tuple[Line, Difference | None] | None:
        """A line said anew, and where it parts from the record; None: stopped before it began."""
        was = await self.director.library.line(line.id)
        cast = self.play.cast(str(line.parent))
        member = self.changed.member(_recorded(cast[self.speaker], was))
        model = str(member.actor.model)
        exact = was.seed if self.changed.seed is None else None
        turn = Turn(
            parent, self.speaker, (model,), 1, self.changed.seed, exact=exact, replay=self.replay,
            strict=was.mode == "strict",
        )  # fmt: skip
        performance = self.director.perform(self._play(cast, member, was), turn)
        try:
            ended = await performance.done()
        except BaseException:
            performance.stop()
            raise
        if ended.errors:
            number, who = len(self.play.path(line.id)), self.play.title_of(model)
            why = " ".join(ended.errors)
            raise KnownError(f"{who} cannot say line {number} anew. {why}")
        if not ended.lines:
            return None
        now = await self.director.library.line(ended.lines[0].id)
        one = (was.model or {}).get("vocabulary") == (now.model or {}).get("vocabulary")
        key = "id" if one else "text"
        new = await self._carry(line, ended.lines[0])
        return new, first_difference(was.tokens, now.tokens, key=key)

    def _play(self, cast: Cast, member: Member, was: LineDetail) -> OpenPlay:
        """The play with the cast as the record has it, over the same tree."""
        cast = Cast(member if each.id == member.id else each for each in cast)
        recorded = was.model or {}
        known = {**_located(recorded), **self.play.models, **(self.changed.models or {})}
        return replace(self.play, recorded=cast, models=known)


def _located(model: Mapping[str, Any]) -> dict[str, Path]:
    """Where a model of the record lay, for one that the scene does not name any more."""
    path = model.get("path")
    return {str(model["name"]): model_file(path, must_exist=False)} if path else {}


def _recorded(member: Member, was: LineDetail) -> Member:
    """A member as it was when a line was said."""
    sampler = Sampler.from_json(was.sampler) if was.sampler else None
    actor = Actor(ActorKind.MODEL, was.line.model, sampler, was.frame)
    card = from_card(was.persona["card"], where="of the record") if was.persona else member.persona
    return replace(member, actor=actor, persona=card)


async def _change(library: Library, play: OpenPlay, thing: str, value: str) -> _Changed:
    if thing not in THINGS:
        raise BadInput(f"{thing} cannot be recast; change one of {', '.join(THINGS)}.")
    if thing == "persona":
        return await _persona(library, value)
    if thing == "model":
        return _model(play, value)
    if thing == "frame":
        if value not in (OWN, *FRAMES.names):
            known = ", ".join((OWN, *FRAMES.names))
            raise BadInput(f"The frame {value} is not known; use one of {known}.")
        frame = None if value == OWN else value
        return _Changed(lambda member: _acting(member, frame=frame))
    if thing == "sampler":
        sampler = Sampler.from_json(_sampler(value))
        return _Changed(lambda member: _acting(member, sampler=_as_long(sampler, member, value)))
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise BadInput(f"seed is {value}; write a whole number from 0 up.")
    return _Changed(seed=int(value))


def _acting(member: Member, **changes: Any) -> Member:
    return replace(member, actor=replace(member.actor, **changes))


def _as_long(sampler: Sampler, member: Member, value: str) -> Sampler:
    """A sampler that says nothing of its length goes on as long as the record's."""
    if "max_tokens" in value or member.actor.sampler is None:
        return sampler
    return replace(sampler, max_tokens=member.actor.sampler.max_tokens)


def _sampler(value: str) -> dict[str, Any]:
    if value in PRESETS:
        return {"preset": value}
    try:
        read = json.loads(value)
    except (ValueError, RecursionError) as error:
        known = ", ".join(PRESETS)
        raise BadInput(
            f"The sampler {value[:60]} is neither a preset ({known}) nor JSON such as "
            '{"chain": [{"name": "temperature", "t": 0.5}]}.'
        ) from error
    if not isinstance(read, dict):
        raise BadInput("The sampler is no object with a chain; see stage line --json for one.")
    return read


def _model(play: OpenPlay, value: str) -> _Changed:
    """The scene's name of a model, or a file; its own form of prompts where the record had one."""
    named = value in play.models
    path = play.models[value] if named else model_file(value)
    name = value if named else _free(path.stem, play)

    def change(member: Member) -> Member:
        usual = member.actor.frame in DEFAULTS.values()
        return _acting(member, model=name, frame=None if usual else member.actor.frame)

    return _Changed(change, models={name: path})


def _free(name: str, play: OpenPlay) -> str:
    number = 2
    free = name
    while free in play.models:
        free, number = f"{name}-{number}", number + 1
    return free


async def _persona(library: Library, value: str) -> _Changed:
    if value.startswith(_VERSION):
        card = await library.persona(value)
    else:
        card = _card(value)
        await library.remember_persona(card)
    return _Changed(lambda member: replace(member, persona=card))


def _card(name: str) -> Persona:
    path = known_persona(name) or Path(name).expanduser()
    return read_card(read_text(path, "persona"), where=str(path))
