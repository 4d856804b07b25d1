"""What is stored of many lines, ready for JSON, for whoever takes a play away: a page at a time.

`details` tells all of one line; here models, prompts and vocabularies are read once for many.
"""

import json
import math
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from stage.play.scored import Scored
from stage.play.token import Token, Vocabulary, inside
from stage.store import details, lines, models, plays, prompts
from stage.store.descent import Descent, descent
from stage.store.scores import Scores

KEPT = 64  # prompts, and as many models and vocabularies, that are remembered from page to page
_QUERY = (
    "SELECT m.id, m.hash, m.made, m.audience, m.raw_text, m.cut_at, m.payload, "
    "t.model, t.prompt, t.frame, t.seed, t.mode, t.sampler, t.batch, t.engine, t.cut, t.decision, "
    "t.started, e.error, e.ended, e.timings, e.count, e.ids, e.logprobs, e.tops, e.lengths, "
    "e.pieces FROM json_each(?) j CROSS JOIN message m ON m.id = j.value "
    "LEFT JOIN take t ON t.rid = m.take LEFT JOIN take_end e ON e.take = m.take ORDER BY j.key"
)
_TAKE = ("frame", "seed", "mode", "sampler", "batch", "engine", "cut", "decision", "started",
         "error", "ended")  # fmt: skip
_JSON = frozenset({"sampler", "batch", "engine", "cut", "decision"})
T = TypeVar("T")
Account = dict[str, Any]


class Accounts:
    """Reads pages of lines; remembers what the next page is likely to need again."""

    def __init__(self, *, prompts: bool = False) -> None:
        """Read nothing yet; `prompts`: their whole text and ids, not only hash and length."""
        self._whole = prompts
        self._kept: OrderedDict[tuple[str, Any], Any] = OrderedDict()
        self._scores = Scores()

    def page(self, connection: sqlite3.Connection, ids: Sequence[str]) -> list[Account]:
        """What is stored of lines beside what a tree has, in the order of their ids.

        Returns:
            {id, hash, made, audience, raw_text, cut_at, origin, frame, seed, mode, sampler,
            batch, engine, cut, decision, started, ended, error, timings, pace, model, prompt,
            tokens, repeats: the line whose take it is once more, see Descent, scores: what models
            that were asked about it made of it}; of a typed line all that belongs to a take is
            None or empty.
        """
        rows = plays.named(connection, _QUERY, (json.dumps(list(ids)),))
        asked: dict[str, list[Scored]] = {}
        for score in self._scores.page(connection, ids):
            asked.setdefault(score.record.line, []).append(score)
        made = [self._account(connection, row) for row in rows]
        for each in made:
            found = asked.get(each["id"], ())
            each["scores"] = [self._score(connection, one, each["tokens"]) for one in found]
        return made

    def _score(
        self, connection: sqlite3.Connection, score: Scored, own: Sequence[Account]
    ) -> Account:
        rid = lines.rid_of(connection, "model", score.record.model)
        model = self._remembered("model", rid, lambda rid: _model(connection, rid))
        return scored(score, model or {}, own)

    def _account(self, connection: sqlite3.Connection, row: dict[str, Any]) -> Account:
        made = row["count"] is not None
        timings = json.loads(row["timings"]) if made else {}
        pace = timings.pop("pace", [])
        model = self._remembered("model", row["model"], lambda rid: _model(connection, rid))
        vocabulary = model["vocabulary"] if model else None
        prompt = self._remembered(
            "prompt", row["prompt"], lambda rid: self._prompt(connection, rid)
        )
        taken = descent(connection, row["id"]) if made else Descent()
        return {
            **{name: row[name] for name in ("id", "hash", "made", "raw_text", "cut_at")},
            "repeats": taken.repeats,
            "audience": lines.members_of(row["audience"]),
            "origin": _read(row["payload"]),
            **{name: _read(row[name]) if name in _JSON else row[name] for name in _TAKE},
            "timings": timings, "pace": pace, "model": model, "prompt": prompt,
            "tokens": self._tokens(connection, row, vocabulary) if made else [],
        }  # fmt: skip

    def _tokens(
        self, connection: sqlite3.Connection, row: Mapping[str, Any], vocabulary: str | None
    ) -> list[Account]:
        read: Vocabulary | None = self._remembered(
            "vocabulary", vocabulary, lambda hash_: models.vocabulary(connection, hash_)
        )
        return told(details.tokens_of(row), row["cut_at"], read)

    def _prompt(self, connection: sqlite3.Connection, rid: int) -> Account:
        (row,) = plays.named(connection, "SELECT * FROM prompt WHERE rid = ?", (rid,))
        whole = prompts.read(row)
        brief = {"hash": row["hash"], "count": len(whole["tokens"])}
        return {**whole, **brief} if self._whole else brief

    def _remembered(self, kind: str, key: Any, read: Callable[[Any], T]) -> T | None:
        if key is None:
            return None
        if (kind, key) not in self._kept:
            self._kept[kind, key] = read(key)
            if len(self._kept) > 3 * KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end((kind, key))
        found: T = self._kept[kind, key]
        return found


def told(made: Sequence[Token], cut_at: int | None, read: Vocabulary | None) -> list[Account]:
    """Tokens with their place: number, bytes of the raw text, whether they are of the line."""
    own, at, found = set(inside((each.piece for each in made), cut_at)), 0, []
    for number, token in enumerate(made):
        end = at + len(token.piece)
        place = {"i": number, "byte_start": at, "byte_end": end, "in_line": number in own}
        found.append({**place, **details.token_row(token, read)})
        at = end
    return found


def scored(score: Scored, model: Account, own: Sequence[Account]) -> Account:
    """A score for JSON.

    Args:
        own: the line's own tokens; those of a score after the same prefix are these.
    """
    record, whole = score.record, Vocabulary(score.vocabulary, score.pieces)
    named = ("title", "identity", "sha256", "quantisation")
    numbers = zip(record.tokens, record.entropies, record.ranks, strict=True)
    rows = [
        {**details.token_row(replace(token, piece=score.piece(token.id)), whole),
         "entropy": entropy, "rank": rank}
        for token, entropy, rank in numbers
    ]  # fmt: skip
    same = record.how == "same prefix" and len(own) == len(rows)
    within = [each["in_line"] for each in own] if same else [True] * len(rows)
    rows = [{**row, "in_line": each} for row, each in zip(rows, within, strict=True)]
    known = [each["logprob"] for each in rows if each["in_line"]]
    sums = [each for each in known if each is not None]
    nats = record.before - math.fsum(sums) if sums else None
    return {
        "id": record.id, **{f"model_{name}": model.get(name) for name in named},
        "vocabulary": score.vocabulary, "condition": record.how, "context": record.context,
        "prompt_hash": record.prompt, "prompt_tokens": record.length, "room": record.room,
        "engine": dict(record.engine), "made": record.made, "nats": nats, "scored": len(sums),
        "before": record.before, "tokens": rows,
    }  # fmt: skip


def _model(connection: sqlite3.Connection, rid: int) -> Account:
    query = (
        "SELECT identity, sha256, size, name AS title, architecture, quantisation, vocabulary "
        "FROM model WHERE rid = ?"
    )
    (row,) = plays.named(connection, query, (rid,))
    return row


def _read(text: str | None) -> Any:
    return None if text is None else json.loads(text)
