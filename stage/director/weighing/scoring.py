"""What models made of lines: asked once, kept for good, and found again while it still holds.

A score of a line after its own tokens always holds. One in a model's own frame holds while the
prompt that its speaker would receive there is made of the same, see placing.context_of; another
one stays in the record, and is not shown as what the model makes of the line now.
"""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from stage.director.opened import OpenPlay
from stage.director.turns.taking import cut_after
from stage.director.weighing.looking import Look, led, look, prompt_of, stored
from stage.director.weighing.placing import Posed, context_of, has_words, pose
from stage.director.weighing.texts import Texts
from stage.engine.model import Model
from stage.engine.pool import Pool
from stage.engine.scores import Heard, ScoredToken, unheard
from stage.engine.shelf.card import Card
from stage.engine.worker.aside import aside
from stage.kit import clock
from stage.kit.errors import KnownError
from stage.kit.ids import new_id
from stage.play.prompting.budget import MARGIN
from stage.play.prompting.frame import Prompt
from stage.play.provenance import PromptRecord
from stage.play.scored import HOWS, How, Scored, ScoreRecord
from stage.play.token import Token, Tokens
from stage.store.library import Library, LineDetail

PAGE = 50  # lines whose scores are read at once
WAITING, WAIT = 16, 1.0  # looks, or seconds, after which what was scored is written down
_Sorted = dict[tuple[str, str, str], list[Scored]]  # by line, identity and how
_Prompts = dict[tuple[str | None, str | None, str, int | None], Posed | None]
Key = tuple[str, str, How]  # line, the play's name of a model, and how it is asked


class Scoring:
    """Asks models about lines, unless what they said of them is known.

    Attributes:
        texts: asks them about texts that are no lines.
    """

    def __init__(
        self, library: Library, pool: Pool, card: Callable[[Path], Awaitable[Card | None]]
    ) -> None:
        """Know a library and a pool; `card` tells of a model file without loading it."""
        self._library, self._pool, self._card = library, pool, card
        self.texts = Texts(pool, card)
        self._told: set[str] = set()  # models that the library knows
        self._waiting: list[tuple[OpenPlay, Look, Model]] = []
        self._since = 0.0

    # what is known

    async def current(self, play: OpenPlay, keys: Iterable[Key]) -> dict[Key, Scored]:
        """The newest score of each line that still holds; nothing of those that have none.

        No model is loaded, and none is asked.
        """
        wanted = list(dict.fromkeys(keys))
        with suppress(KnownError):  # what cannot be written now waits
            await self.write()
        cards = {name: await self._card_of(play, name) for name in {key[1] for key in wanted}}
        found, known = dict[Key, Scored](), _Prompts()
        lines = list(dict.fromkeys(key[0] for key in wanted))
        for start in range(0, len(lines), PAGE):
            here = set(lines[start : start + PAGE])
            rows = _sorted(await self._library.scores([*here]))
            for key in (each for each in wanted if each[0] in here):
                row = await self._newest(play, key, cards[key[1]], rows, known)
                if row is not None:
                    found[key] = row
        return found

    async def _newest(
        self, play: OpenPlay, key: Key, card: Card | None, rows: _Sorted, known: _Prompts
    ) -> Scored | None:
        line, name, how = key
        if card is not None:
            for row in rows.get((line, card.identity, how), ()):
                if await self._holds(play, name, card, row, known):
                    return row
        return None

    async def _holds(
        self, play: OpenPlay, name: str, card: Card, row: Scored, known: _Prompts
    ) -> bool:
        record, loaded = row.record, self._pool.loaded(play.models[name])
        if record.play != play.id or record.how == "same prefix":
            return record.play == play.id
        if record.line not in play.tree or not has_words(play.tree[record.line]):
            return False
        if loaded is not None and not _fits(row, loaded.capabilities.n_ctx):
            return False
        made = await _posed(play, name, card, row, known)
        return made is not None and record.context == context_of(
            made.name, play.tree[record.line].text
        )

    async def _card_of(self, play: OpenPlay, name: str) -> Card | None:
        if name not in play.models:
            return None
        loaded = self._pool.loaded(play.models[name])
        return loaded.card if loaded is not None else await self._card(play.models[name])

    # looking

    async def look(
        self, play: OpenPlay, line_id: str, name: str, detail: LineDetail | None = None,
        progress: Heard = unheard,
    ) -> Look:  # fmt: skip
        """As looking.look; what is known is not asked again, and what is asked is kept.

        Raises:
            BadInput: the line says nothing that could be scored.
            KnownError: no model, no room or no template, in words.
        """
        found = await self.known(play, line_id, name, detail)
        if found is None:
            found = await look(self._pool, play, line_id, name, detail, progress)
            self.keep(play, found, await self._pool.load(play.models[name]))
            await self.write()
        return found

    async def known(
        self, play: OpenPlay, line_id: str, name: str, detail: LineDetail | None = None
    ) -> Look | None:
        """The same, where it is known; else None, and nobody is asked."""
        own = stored(detail) if detail is not None else None
        return await self._recalled(play, line_id, name, own)

    async def asked(self, play: OpenPlay, line_id: str, names: Iterable[str]) -> bool:
        """Whether any of some models was asked about a line, and what it said holds."""
        keys = [(line_id, name, how) for name in names for how in HOWS]
        return bool(await self.current(play, keys))

    async def own_frame(self, play: OpenPlay, line_id: str, name: str) -> Look | None:
        """What a model of the play made of a line in its own frame, if it is known."""
        key: Key = (line_id, name, "own frame")
        row = (await self.current(play, [key])).get(key)
        return None if row is None else await self._own_look(play, name, row)

    async def _recalled(
        self, play: OpenPlay, line_id: str, name: str, known: Look | None
    ) -> Look | None:
        found = await self.current(play, [(line_id, name, how) for how in HOWS])
        same, own = (found.get((line_id, name, how)) for how in ("same prefix", "own frame"))
        if same is not None and known is not None:
            return _same(known, same, name)
        prompted = known is not None and known.prompt is not None
        if own is None or (prompted and known and known.vocabulary == own.vocabulary):
            return None
        return await self._own_look(play, name, own)

    async def _own_look(self, play: OpenPlay, name: str, row: Scored) -> Look | None:
        card = await self._card_of(play, name)
        made = await _posed(play, name, card, row, {}) if card is not None else None
        if made is None:
            return None
        record = prompt_of(await self._library.prompt(row.record.prompt))
        return _own(row, name, record, made.prompt)

    # keeping

    def keep(self, play: OpenPlay, seen: Look, model: Model) -> None:
        """Let what a model has just made of a line be written down, soon."""
        if seen.prompt is not None and not self._library.readonly:
            self._since = self._since if self._waiting else clock.now()
            self._waiting.append((play, seen, model))

    async def keep_some(self) -> None:
        """Write down what waits, where there is enough of it or it has waited long enough."""
        if len(self._waiting) >= WAITING or (self._waiting and clock.now() - self._since >= WAIT):
            await self.write()

    async def write(self) -> None:
        """Write down all that waits, at once. Raises KnownError where it cannot be written."""
        waiting, self._waiting = self._waiting, []
        try:
            records = [await self._record(*each) for each in waiting]
            if records:
                await self._library.keep_scores(records)
        except BaseException:
            self._waiting = [*waiting, *self._waiting]  # to be tried again
            raise

    async def _record(self, play: OpenPlay, seen: Look, model: Model) -> ScoreRecord:
        if model.record.identity not in self._told:
            await self._library.remember_model(model.record, model.vocabulary)
            self._told.add(model.record.identity)
        if seen.prompt is None or seen.how == "stored":
            raise LookupError("a look that no model was asked for")
        prompt = await self._library.remember_prompt(seen.prompt)
        tokens = Tokens.of([Token(each.id, b"", each.logprob, each.top) for each in seen.tokens])
        engine = {**model.engine, "n_ctx": model.capabilities.n_ctx}
        return ScoreRecord(
            new_id(), play.id, seen.line, model.record.identity, seen.how, seen.context, prompt,
            len(seen.prompt.tokens), seen.room, engine, clock.now(), seen.lead, seen.before, tokens,
            [each.entropy for each in seen.tokens], [each.rank for each in seen.tokens],
        )  # fmt: skip


async def _posed(
    play: OpenPlay, name: str, card: Card, row: Scored, known: _Prompts
) -> Posed | None:
    """The prompt that a score's line would be said after now; of takes of a line it is one."""
    line = play.tree[row.record.line]
    key = (line.parent, line.speaker, name, row.record.room)
    if key not in known:
        make = pose(play, str(line.parent), str(line.speaker), name, card.kind, row.record.room)
        known[key] = await aside(make) if make is not None else None
    return known[key]


def _fits(row: Scored, context: int) -> bool:
    """Whether a prompt would be the same in a context of that size."""
    if row.record.room is not None:
        return row.record.room == context
    return row.record.length + len(row.record.tokens) + 8 + MARGIN <= context


def _sorted(rows: Iterable[Scored]) -> _Sorted:
    found: _Sorted = {}
    for row in rows:
        found.setdefault((row.record.line, row.record.model, row.record.how), []).append(row)
    return found


def _scored(row: Scored) -> tuple[ScoredToken, ...]:
    record, at, made = row.record, 0, []
    for each, entropy, rank in zip(record.tokens, record.entropies, record.ranks, strict=True):
        piece, top = row.piece(each.id), tuple(each.top)
        end = at + len(piece)
        made.append(ScoredToken(each.id, piece, at, end, each.logprob, entropy, rank, top))
        at = end
    return tuple(made)


def _same(known: Look, row: Scored, name: str) -> Look | None:
    """A score after the same prefix, with the tokens that were stored with the line."""
    scored = _scored(row)
    if [each.id for each in scored] != [each.id for each in known.tokens]:
        return None
    tokens = tuple(
        replace(now, piece=was.piece, start=was.start, end=was.end)
        for was, now in zip(known.tokens, scored, strict=True)
    )
    pieces = row.pieces or known.pieces
    return replace(
        known, model=name, how="same prefix", tokens=tokens, pieces=pieces, spread=True,
        made=row.record.made,
    )  # fmt: skip


def _own(row: Scored, name: str, record: PromptRecord, prompt: Prompt) -> Look:
    """A score in the model's own frame, as it was when it was asked."""
    tokens, lead = _scored(row), row.record.lead
    raw = b"".join(each.piece for each in tokens)[lead:].decode("utf-8", "replace")
    return Look(
        row.record.line, name, "own frame", led(tokens, lead), row.pieces, raw, None,
        record.frame, row.vocabulary, record, cut_after(prompt, record.text), spread=True,
        before=row.record.before, context=row.record.context, room=row.record.room, lead=lead,
        made=row.record.made,
    )  # fmt: skip
