"""Salvage: what can still be read of a damaged library, copied into a new one and hashed again.

A play without damage comes over as it is. Of another one every line comes that can be read: one
that does not match its hash, or lost the line it stood under, carries the tag "salvaged"; one
whose tokens are damaged keeps its text only. A log with gaps is written anew, so undo begins there.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stage.kit import clock
from stage.kit.errors import BadInput, KnownError
from stage.kit.ids import new_id
from stage.play.line import Kind
from stage.play.persona import Persona, from_card
from stage.store import blobs, details, evidence, lines, prompts, scores
from stage.store.care import relog, restoring, standin
from stage.store.care.wreck import Wreck
from stage.store.rows import checked

TAG = "salvaged"
Row = dict[str, Any]


@dataclass
class Saved:
    """What came of one play.

    Attributes:
        lines: how many lines are in the new library; 0 when the play is lost.
        lost: lines that could not be read, as far as the log knows of them.
        unsure: ids of lines that carry the tag "salvaged".
        bare: ids of lines whose tokens are lost; their text is there.
        scores: how many scores of models that were asked about lines are lost; None: nobody knows.
        history: whether undo and the past came over.
    """

    play: str
    title: str
    lines: int = 0
    lost: int = 0
    unsure: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    scores: int | None = 0
    history: bool = True
    error: str = ""


def salvage(connection: sqlite3.Connection, wreck: Wreck) -> list[Saved]:
    """Copy what can be read of a wreck into an open, fresh library; one report for each play."""
    plays: dict[int, list[int]] = {rid: [] for rid in wreck.tables["play"]}
    for rid, row in sorted(wreck.tables["message"].items()):
        plays.setdefault(row["play"], []).append(rid)
    return [_play(connection, wreck, play, rids) for play, rids in plays.items()]


def _play(connection: sqlite3.Connection, wreck: Wreck, play: int, rids: list[int]) -> Saved:
    id_ = wreck.name("play", play) or new_id()
    saved = Saved(id_, str(wreck.tables["play"].get(play, {}).get("title", "")))
    mended = _Mended(wreck, play, rids, saved)
    for make in (mended.as_it_is, mended.anew):
        try:
            records = make()
            restoring.restore(connection, records)
        except KnownError as error:
            saved.error = error.sentence
            continue
        saved.lines = sum(row["type"] == "message" for row in records) - 1
        asked = sum(row["play"] == play for row in wreck.tables["score"].values())
        kept = sum(row["type"] == "score" for row in records)
        saved.scores = None if wreck.lost.get("score") else asked - kept
        saved.error = ""
        return saved
    return saved


class _Mended:
    """The records of one play, whole or mended."""

    def __init__(self, wreck: Wreck, play: int, rids: list[int], saved: Saved) -> None:
        self._wreck, self._play, self._rids, self._saved = wreck, play, rids, saved
        self._hashes: dict[str, str] = {}
        self._root: Row | None = None
        self._known: set[str | None] = {None}
        self._asked = scores_of(wreck, play)
        self._cards()

    def as_it_is(self) -> list[Row]:
        """Everything as the file has it; an import will find what does not fit."""
        messages = [self._wreck.record("message", rid) for rid in self._rids]
        takes = [row["take"] for row in map(self._raw, self._rids) if row["take"] is not None]
        ours = [rid for rid, row in self._rows("take") if row["play"] == self._play]
        if {*ours} != {*takes} or not self._rows_of("play", {self._play}):
            raise BadInput("takes and lines do not fit together.")
        ends = self._rows_of("take_end", {*takes})
        tail = [
            row for table in ("place", "selection", "event", "label") for row in self._of(table)
        ]
        relog.number(tail)
        head, said = self._head(takes), self._rows_of("take", {*takes}, messages)
        return [*head, *said, *ends, *self._asked.values(), *tail]

    def anew(self) -> list[Row]:
        """Line by line what can be trusted; a log that tells just that."""
        saved, takes = self._saved, list[int]()
        saved.history = False
        kept, cards = self._stood_in()
        for rid in self._rids:
            row = self._line(rid)
            if row is None:
                continue
            kept.append(row)
            if row["take"] is not None:
                takes.append(self._raw(rid)["take"])
        if self._root is None or len(kept) < 2:
            raise BadInput("nothing of its lines is left.")
        events = [row for _, row in self._rows("event") if row["play"] == self._play]
        told = {str(row["line"]) for row in events if row["kind"] == "line"}
        saved.lost = len(told - {row["id"] for row in kept})
        head = self._head(takes)
        for row in head:
            if row["type"] == "play":
                row.update(self._sound_play(row, {each["id"] for each in kept}))
        ends = self._rows_of("take_end", {*takes})
        said = [*self._rows_of("take", {*takes}, kept), *ends, *_of_kept(self._asked, kept)]
        return [*cards, *head, *said, *self._log(kept)]

    def _stood_in(self) -> tuple[list[Row], list[Row]]:
        """A scene in the place of one that is lost, with the cards it needs; else nothing."""
        sound = any(self._line(rid) for rid in self._rids if self._raw(rid)["kind"] == Kind.SCENE)
        self._root = None
        self._hashes.clear()
        for mine in (self._saved.unsure, self._saved.bare):
            mine.clear()
        if sound:
            return [], []
        speakers: dict[str, Persona | None] = {}
        for rid in self._rids:
            row = self._wreck.record("message", rid)
            if isinstance(row["speaker"], str) and not speakers.get(row["speaker"]):
                speakers[row["speaker"]] = self._card(row["persona_version"])
        scene = standin.scene(self._saved.title, speakers)
        given = self._wreck.tables["play"].get(self._play, {})
        date = str(given.get("date", ""))
        self._root = standin.root(scene, self._saved.play, date, clock.now())
        self._hashes[self._root["id"]] = self._root["hash"]
        return [self._root], standin.cards(scene, self._known)

    def _card(self, version: str | None) -> Persona | None:
        if version is None or version not in self._known:
            return None
        rows = self._wreck.tables["persona_version"].values()
        card = next(row["card"] for row in rows if row["hash"] == version)
        return from_card(json.loads(card), where="")

    # rows

    def _rows(self, table: str) -> list[tuple[int, Row]]:
        return sorted(self._wreck.tables[table].items())

    def _raw(self, rid: int) -> Row:
        return self._wreck.tables["message"][rid]

    def _of(self, table: str) -> list[Row]:
        rows = self._rows(table)
        found = [
            (rid, self._wreck.record(table, rid)) for rid, row in rows if row["play"] == self._play
        ]
        for rid, record in found:
            if table == "event":
                record["seq"], record["undoes"] = rid, self._wreck.tables[table][rid]["undoes"]
            if table == "label":
                record["event"] = self._wreck.tables[table][rid]["event"]
        return [record for _, record in found]

    def _rows_of(self, table: str, rids: set[int], between: Iterable[Row] = ()) -> list[Row]:
        """Records by rid; takes each before the line that is named after it."""
        found = [
            self._wreck.record(table, rid)
            for rid in sorted(rids)
            if rid in self._wreck.tables[table]
        ]
        if not between:
            return found
        by_id = {row["id"]: row for row in found}
        rows: list[Row] = []
        for message in between:
            rows += [by_id[message["take"]]] if message["take"] in by_id else []
            rows.append(message)
        return rows

    def _head(self, takes: Iterable[int]) -> list[Row]:
        """Everything that lines refer to; cards and models that do not fit are left out."""
        chosen = {
            rid: self._wreck.tables["take"][rid]
            for rid in takes
            if rid in self._wreck.tables["take"]
        }
        asked = [self._wreck.tables["score"][rid] for rid in self._asked]
        models = {row["model"] for row in (*chosen.values(), *asked)}
        texts = {
            self._wreck.tables["model"][rid]["vocabulary"]
            for rid in models
            if rid in self._wreck.tables["model"]
        }
        vocabularies = {rid for rid, row in self._rows("vocabulary") if row["hash"] in texts}
        head = self._rows_of("vocabulary", vocabularies) + self._rows_of("model", models)
        texts_of = {row["prompt"] for row in (*chosen.values(), *asked)}
        return [*head, *self._cards(), *self._scene_row(), *self._rows_of("prompt", texts_of)]

    def _cards(self) -> list[Row]:
        """Personas, and those of their cards that are what their hashes name."""
        cards: list[Row] = []
        known: set[str | None] = {None}
        for row in self._rows_of("persona_version", {*self._wreck.tables["persona_version"]}):
            try:
                sound = from_card(json.loads(row["card"]), where="").version == row["hash"]
            except (BadInput, ValueError, KeyError, TypeError, AttributeError):
                sound = False
            if sound and row["persona"] is not None:
                parent = row["parent"] if row["parent"] in known else None
                cards.append({**row, "parent": parent})
                known.add(row["hash"])
        self._known = known
        return [*self._rows_of("persona", {*self._wreck.tables["persona"]}), *cards]

    def _scene_row(self) -> list[Row]:
        found = self._rows_of("play", {self._play})
        if found or self._root is None:
            return found
        data = json.loads(self._root["payload"])
        row: Row = {"type": "play", "id": self._saved.play, "root": None, "tip": None}
        row |= {"title": str(data.get("title", "")), "date": str(data.get("date", ""))}
        return [{**row, "seed": int(data.get("play_seed", 0)), "made": self._root["made"]}]

    def _sound_play(self, row: Row, ids: set[str]) -> Row:
        assert self._root is not None
        data = json.loads(self._root["payload"])
        self._saved.title = str(row["title"] or data.get("title", ""))
        tip = row["tip"] if row["tip"] in ids else None
        return {
            "root": self._root["id"], "tip": tip, "title": self._saved.title,
            "made": float(self._root["made"]), "id": self._saved.play,
        }  # fmt: skip

    # lines

    def _line(self, rid: int) -> Row | None:
        """One line, hashed as it now stands; None when its row cannot be a line."""
        row = {**self._wreck.record("message", rid), "play": self._saved.play}
        above = self._raw(rid)["parent"]
        stored = self._wreck.tables["message"].get(above) if isinstance(above, int) else None
        try:
            checked(row)
            Kind(row["kind"])
            sure = lines.purged(row) or row["hash"] == lines.message_hash(
                stored["hash"] if stored else None, row
            )
        except (BadInput, ValueError, KeyError, TypeError):
            return None
        if (row["kind"] == Kind.SCENE) != (above is None):
            return None
        if row["persona_version"] not in self._known:
            row["persona_version"], sure = None, False
        if row["kind"] == Kind.SCENE:
            if self._root is not None:
                return None
            self._root = row
        elif row["parent"] not in self._hashes:
            if self._root is None:
                return None
            row["parent"], sure = self._root["id"], False
        return self._signed(rid, row, sure)

    def _signed(self, rid: int, row: Row, sure: bool) -> Row:
        if not self._spoken(rid, row):
            row |= dict.fromkeys(("take", "evidence", "cut_at", "cut_reason", "raw_text"))
            self._saved.bare.append(row["id"])
        if not lines.purged(row):
            row["hash"] = lines.message_hash(self._hashes.get(str(row["parent"])), row)
        self._hashes[row["id"]] = row["hash"]
        if not sure:
            self._saved.unsure.append(row["id"])
        return row

    def _spoken(self, rid: int, row: Row) -> bool:
        """Whether the take of a line is whole; a typed line has none to miss."""
        take = self._raw(rid)["take"]
        if take is None:
            return True
        if not all(take in self._wreck.tables[table] for table in ("take", "take_end")):
            return False
        made, end = self._wreck.record("take", take), self._wreck.record("take_end", take)
        try:
            for each in (made, end):
                checked(each)
            details.tokens_of({**end, "raw_text": row["raw_text"]})
            prompt = self._wreck.tables["prompt"][self._wreck.tables["take"][take]["prompt"]]
            model = self._wreck.tables["model"][self._wreck.tables["take"][take]["model"]]
            blobs.unpack_vocabulary("", next(
                each["pieces"] for each in self._wreck.tables["vocabulary"].values()
                if each["hash"] == model["vocabulary"]
            ))  # fmt: skip
            return (
                evidence.of(made, end) == row["evidence"]
                and prompts.hash_of(prompt) == prompt["hash"]
                and made["parent"] in self._hashes
                and made["play"] == self._saved.play
            )
        except (BadInput, ValueError, KeyError, TypeError, StopIteration, RecursionError):
            return False

    # the log

    def _log(self, kept: list[Row]) -> list[Row]:
        """A log that begins with the salvage, and the pointers it tells of."""
        log = relog.begun(self._saved.play, self._saved.title, kept)
        above = {row["id"]: row["parent"] for row in kept}
        for row in self._of("label"):
            value = relog.value(row)
            if row["message"] in above and value is not None:
                log.label(row["message"], row["kind"], row["name"], value)
        for line in self._saved.unsure:
            log.label(line, "tag", TAG, {"scope": "node", "mode": "mark"})
        log.pointers(self._of("place"), self._of("selection"), above)
        return sorted(log.rows, key=lambda row: bool(row["type"] == "label"))


def scores_of(wreck: Wreck, play: int) -> dict[int, Row]:
    """What models made of lines of a play, by rid; what is not as it was sealed is left out."""
    texts = {row["hash"]: row for row in wreck.tables["prompt"].values()}
    found = {}
    for rid, row in sorted(wreck.tables["score"].items()):
        record = wreck.record("score", rid)
        try:
            checked(record)
            scores.sound(record)
            prompt = prompts.hash_of(texts[record["prompt"]])
            sealed = scores.hash_of(record) == record["hash"] and prompt == record["prompt"]
        except (BadInput, ValueError, KeyError, TypeError, RecursionError):
            continue
        if sealed and row["play"] == play:
            found[rid] = record
    return found


def _of_kept(asked: Mapping[int, Row], kept: Iterable[Row]) -> list[Row]:
    ids = {row["id"] for row in kept if not lines.purged(row)}
    return [row for row in asked.values() if row["message"] in ids]
