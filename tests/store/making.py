"""What tests of the archive put into a library: a small scene, a model, takes with tokens."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from stage.kit.ids import new_id
from stage.play.cutting import CutRule, line_text
from stage.play.line import Cut, Kind, Line, Status
from stage.play.provenance import (
    Chunk,
    LineRecord,
    ModelRecord,
    PromptRecord,
    TakeEnding,
    TakeRecord,
)
from stage.play.scene import Scene, read_scene
from stage.play.token import Token, Vocabulary
from stage.store.library import Library

SCENE = """
title = "The lighthouse"
setting = "A room at the top."
seed = 7
[models]
base = "stage-base"
[[cast]]
name = "Ada"
about = "You count the ships."
public = "keeper of the light"
model = "base"
sampler = { max_tokens = 24 }
[[cast]]
name = "Bo"
actor = "human"
"""
WORDS = (b" the", b" light", b" turns", b", ", b"caf\xc3\xa9", b"\xf0\x9f", b"\x98\x80", b".")
VOCABULARY = Vocabulary("voc:1", WORDS)
MODEL = ModelRecord(
    "id:1", "models/one.gguf", 5, "One", "llama", "Q8_0", "voc:1", {"general.name": "One"}
)
PROMPT = PromptRecord(
    text="The lighthouse\n\nAda:",
    tokens=(1, 2, 3),
    segments=({"kind": "static", "line": None, "start": 0, "end": 14},),
    frame="transcript",
    template_hash=None,
    dropped=({"what": "line", "line": "x", "tokens": 3, "rule": "oldest line"},),
    repairs=("merged",),
    warnings=("long",),
    date="2026-11-20",
)


def scene(text: str = SCENE) -> Scene:
    """The scene of the tests, personas defined within it."""
    return read_scene(text, where="test", find=lambda name: (_ for _ in ()).throw(KeyError(name)))


def tokens(*ids: int) -> tuple[Token, ...]:
    """Tokens of WORDS with ten alternatives, whose log-probabilities a half float can hold."""
    return tuple(
        Token(id_, WORDS[id_], -0.5 * (id_ + 1), tuple((k, -0.25 * k) for k in range(10)))
        for id_ in ids
    )


def random_tokens(count: int, seed: int = 0) -> tuple[Token, ...]:
    dice = random.Random(seed)
    return tokens(*(dice.randrange(4) for _ in range(count)))


@dataclass
class Stock:
    """A play that is ready for takes."""

    library: Library
    play: str
    root: str
    prompt: str
    scene: Scene

    async def say(self, parent: str, text: str, **more: Any) -> Line:
        """Add a typed line."""
        record = LineRecord(
            new_id(), self.play, parent, Kind.SPEECH, "bo", text,
            persona_version=self.scene.cast["bo"].persona.version, **more,
        )  # fmt: skip
        return await self.library.add_line(record)

    async def begin(
        self,
        parent: str,
        *,
        number: int = 1,
        model: str = "base",
        rule: CutRule | None = None,
        marks: dict[str, Any] | None = None,
    ) -> str:
        """Begin a take and return its id."""
        record = TakeRecord(
            id=new_id(),
            play=self.play,
            parent=parent,
            speaker="ada",
            number=number,
            model=model,
            model_identity=MODEL.identity,
            persona_version=self.scene.cast["ada"].persona.version,
            frame="transcript",
            sampler={"chain": [{"name": "temperature", "t": 1.0}, {"name": "dist"}]},
            seed=11,
            mode="batched",
            batch={"takes": 1, "n_batch": 512, **(marks or {})},
            engine={"backend": "test"},
            started=1.5,
            cut=(rule or CutRule(("Ada",), ("Bo",), True)).to_json(),
        )
        await self.library.begin_takes([record], self.prompt, {"rule": "manual", "queue": ["ada"]})
        return record.id

    async def end(
        self, take: str, said: tuple[Token, ...], *, last: tuple[Token, ...] = (), **more: Any
    ) -> Line:
        """End a take whose tokens were appended, but for the `last` of them."""
        return await self.library.end_take(ending(take, said, **more), last)

    async def take(self, parent: str, *ids: int, number: int = 1) -> Line:
        """A whole take of the words with these ids."""
        take, said = await self.begin(parent, number=number), tokens(*ids)
        await self.library.append([Chunk(take, 0, said)])
        return await self.end(take, said)


def ending(
    take: str, said: tuple[Token, ...], rule: CutRule | None = None, **more: Any
) -> TakeEnding:
    """How a take of these tokens ends."""
    raw = b"".join(each.piece for each in said).decode("utf-8", "replace")
    rule = rule or CutRule(("Ada",), ("Bo",), True)
    given: dict[str, Any] = {
        "reason": Cut.EOG, "status": Status.COMPLETE, "cut_at": None, "ended": 2.5,
        "timings": {"total": 1.0}, "text": line_text(raw, None, rule), "raw_text": raw,
    }  # fmt: skip
    return TakeEnding(take=take, **(given | more))


async def stock(library: Library, text: str = SCENE) -> Stock:
    """Make a play in a library, with model and prompt known."""
    made = scene(text)
    play = await library.create_play(made, date="2026-11-20", seed=7)
    await library.remember_model(MODEL, VOCABULARY)
    prompt = await library.remember_prompt(PROMPT)
    root = (await library.tree(play)).root
    assert root is not None
    return Stock(library, play, root.id, prompt, made)


async def forest(library: Library, shape: list[int], seed: int = 0) -> Stock:
    """A play whose n-th line stands under line shape[n] of those before; half are takes."""
    made = await stock(library)
    ids, dice = [made.root], random.Random(seed)
    for number, above in enumerate(shape):
        parent = ids[above % len(ids)]
        if number % 2:
            line = await made.take(parent, *(dice.randrange(8) for _ in range(number % 7)))
        else:
            line = await made.say(parent, f"line {number} \u2014 \U0001f600")
        ids.append(line.id)
        if number % 3 == 0:
            await library.stand(made.play, [(parent, line.id)])
        if number % 5 == 4:
            await library.hide(made.play, line.id)
    await library.stand(made.play, [], ids[-1])
    return made
