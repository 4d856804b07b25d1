"""Search finds the same by index and by eye, filters, and never fails for a broken index."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.changes import SetLabel, SetPlace
from stage.play.line import Kind
from stage.play.provenance import LineRecord
from stage.store.finding import indexing, searching
from stage.store.library import Library
from stage.store.trail.history import Step
from tests.store.conftest import Open
from tests.store.making import SCENE, Stock, random_tokens, stock

TEXTS = (
    "The Lamp has never gone out.",
    "I saw the lamps dark, from the sea.",
    "Café, the light: naïve.",
    "12:30, never the lamp",
)


async def said(library: Library) -> None:
    made = await stock(library)
    ids = [made.root]
    for number, text in enumerate(TEXTS):
        ids.append((await made.say(ids[-1], text, made=1.75e9 + number * 86400)).id)
    line = await made.take(ids[-2], 0, 1)
    await library.hide(made.play, ids[-1])
    assert line.text == "the light"


async def texts(library: Library, words: str, **more: bool) -> list[str]:
    return [hit.text for hit in await library.search(words, **more)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lamp", [0]),
        ("lamp*", [1, 0]),
        ("LAMP is:any", [3, 0]),
        ("lamp is:hidden", [3]),
        ('"never gone"', [0]),
        ('"gone never"', []),
        ("cafe naive", [2]),
        ("12:30 is:any", [3]),
        ("speaker:bo", [2, 1, 0]),
        ("speaker:Boo the", [2, 1, 0]),
        ("speaker:zebra", []),
        ("date:2025-06-16", [1]),
        ("before:2025-06-16 the", [4, 0]),
        ("after:2025-06-15 is:typed", [2, 1]),
        ("kind:thought", []),
        ("model:base kind:speech stop:eog is:generated", [4]),
        ("model:BAS", [4]),
        ("model:bsae", [4]),
        ("model:other", []),
        ("tag:good", []),
        ("play:LIGHTHOUSE sea", [1]),
        ("play:ligthhouse sea", [1]),
        ("play:other sea", []),
    ],
)
def test_words_and_fields(opened: Open, words: str, found: list[int]) -> None:
    async def work(library: Library) -> None:
        await said(library)
        wanted = [[*TEXTS, "the light"][index] for index in found]
        assert await texts(library, words) == wanted
        await library._desk.write(indexing.index)
        assert await texts(library, words) == wanted
        assert sorted(await texts(library, words, ranked=True)) == sorted(wanted)

    opened(work)


def test_a_hit_says_where_and_who(opened: Open) -> None:
    async def work(library: Library) -> None:
        await said(library)
        (hit,) = await library.search("model:base")
        assert (hit.title, hit.speaker, hit.model, hit.stop) == ("The lighthouse", "Ada", "base",
                                                                 "eog")  # fmt: skip
        with pytest.raises(BadInput):
            await library.search("…")
        assert len(await library.search("the", limit=1)) == 1

    opened(work)


def test_a_tag_finds_what_its_scope_reaches(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        top = await made.say(made.root, "top")
        middle = await made.say(top.id, "middle")
        low = await made.say(middle.id, "low")
        await made.say(top.id, "aside")
        moved = await made.say(made.root, "moved")
        for scope in ("node", "subtree", "path"):
            value = {"scope": scope, "mode": "mark"}
            tag = SetLabel(middle.id, "tag", f"of {scope}", value)
            place = SetPlace(moved.id, low.id, 0.0)
            await library.operate(made.play, Step("tag", middle.id, ""), [tag, place])
        reached = {scope: {*await texts(library, f'tag:"of {scope}"')}
                   for scope in ("node", "subtree", "path")}  # fmt: skip
        assert reached == {
            "node": {"middle"},
            "subtree": {"middle", "low", "moved"},
            "path": {"top", "middle"},
        }

    opened(work)


def test_a_tag_is_a_label(opened: Open) -> None:
    async def work(library: Library) -> None:
        await said(library)
        query = (
            "INSERT INTO label (play, message, kind, name, event) SELECT m.play, m.rid, 'tag', "
            "'Good', 1 FROM message m WHERE m.text LIKE '%dark%'"
        )
        await library._desk.write(lambda connection: connection.execute(query).rowcount)
        assert await texts(library, "tag:good") == [TEXTS[1]]
        assert await texts(library, "tag:godo") == [TEXTS[1]]
        assert await texts(library, "tag:bad") == []

    opened(work)


def test_what_stands_under_a_deleted_line_is_deleted_too(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one = await made.say(made.root, "the first")
        two = await made.say(one.id, "the second")
        three = await made.say(two.id, "the third")
        moved = SetPlace(three.id, made.root, 1.0)
        await library.hide(made.play, one.id)
        assert await texts(library, "the") == []
        hits = await library.search("the is:hidden")
        assert [hit.text for hit in hits] == ["the third", "the second", "the first"]
        assert all(hit.hidden for hit in hits)
        await library.operate(made.play, Step("move", three.id, "move"), [moved])
        assert await texts(library, "the") == ["the third"]
        await library.show(made.play, one.id)
        assert len(await texts(library, "the")) == 3

    opened(work)


def test_a_broken_index_or_none_is_looked_through_by_eye(path: Path, opened: Open) -> None:
    opened(said)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM message_fts_data WHERE id > 10")
    connection.commit()
    connection.close()
    assert opened(lambda library: texts(library, "lamps"), mode="read") == [TEXTS[1]]


def test_speakers_are_told_by_the_cast_of_their_play(opened: Open) -> None:
    async def work(library: Library) -> None:
        await said(library)
        other = await stock(library, SCENE.replace('name = "Bo"', 'name = "Bo"\nlabel = "Old Bo"'))
        await library.add_line(
            LineRecord(new_id(), other.play, other.root, Kind.SPEECH, "old-bo", "hello sea")
        )
        for words in ("hello speaker:old", 'speaker:"old bo"', "speaker:OldBo"):
            assert [hit.speaker for hit in await library.search(words)] == ["Old Bo"]
        assert len(await library.search("sea")) == 2

    opened(work)


def test_a_snippet_begins_near_the_word() -> None:
    text = "one two " * 40 + "lamp post " + "three four " * 40
    cut = searching.snippet(text, ["lamp"])
    assert "lamp post" in cut
    assert (cut[0], cut[-1]) == ("…", "…")
    assert len(cut) <= searching.SNIPPET + 2
    assert searching.snippet("a\n b", []) == "a b"
    assert searching.snippet("x" * 500, ["none"]).endswith("…")
    assert "lamp" in searching.snippet("word " * 60 + "lamp", ["lamp"])


def test_the_words_that_were_looked_for_are_marked(opened: Open) -> None:
    async def work(library: Library) -> None:
        await said(library)
        (hit,) = await library.search('"lamp has" gon*')
        assert [hit.text[begin:end] for begin, end in hit.marks] == ["Lamp", "has", "gone"]
        (hit,) = await library.search("cafe")
        assert [hit.text[begin:end] for begin, end in hit.marks] == ["Café"]
        assert all(not hit.marks for hit in await library.search("speaker:bo"))

    opened(work)


def test_a_discarded_play_is_found_only_when_asked_for(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        await made.say(made.root, "The lamp.")
        step = Step("discard", None, "")
        await library.operate(made.play, step, [SetLabel(made.root, "discarded")])
        assert await texts(library, "lamp") == []
        assert len(await library.search("lamp is:any")) == 1

    opened(work)


def test_what_fields_can_be_filled_with_is_known(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.say(made.root, "x")
        tag = SetLabel(line.id, "tag", "Fog", {"scope": "line", "mode": "show"})
        await library.operate(made.play, Step("tag", line.id, ""), [tag])
        known = await library.known()
        assert (known.speakers, known.models, known.tags) == (
            ("Ada", "Bo"),
            ("stage-base",),
            ("Fog",),
        )

    opened(work)


@pytest.mark.parametrize("few", [0, 3, 2000])
def test_models_are_told_apart_however_many_lines_each_has(
    opened: Open, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Whether lines are listed or asked one by one, it is what looking at every line would find."""
    monkeypatch.setattr(searching, "_FEW", few)
    dice = random.Random(few)
    said: dict[str, tuple[str, str]] = {}  # id -> model, text; in order

    async def speak(library: Library, made: Stock, models: list[str]) -> None:
        takes = {await made.begin(made.root, number=len(said) + each, model=name): name
                 for each, name in enumerate(models)}  # fmt: skip
        for take in dice.sample([*takes], len(takes)):  # lines end in another order than begun
            line = await made.end(take, (), last=random_tokens(3, dice.randrange(99)))
            said[line.id] = (takes[take], line.text)

    async def work(library: Library) -> None:
        models = "".join(f'{name} = "stage-base"\n' for name in ("base", "rare", "old", "wide"))
        made = await stock(library, SCENE.replace('base = "stage-base"\n', models))
        await speak(library, made, ["rare", "old", "old", "old", "old"])
        await made.say(made.root, "the light was typed")
        await speak(library, made, [dice.choice(("base", "wide")) for _ in range(12)])
        await library._desk.write(indexing.index)
        await speak(library, made, ["rare", "base"])  # not indexed
        await library.hide(made.play, next(iter(said)))
        await made.begin(made.root, number=99, model="rare")  # has said nothing yet
        kept = [*said.items()][:0:-1]
        for name in ("rare", "old", "wide", "base"):
            by = [(id_, text) for id_, (model, text) in kept if model == name]
            assert [hit.id for hit in await library.search(f"model:{name}")] == [i for i, _ in by]
            light = [id_ for id_, text in by if "light" in text.split()]
            for words in (f"light model:{name}", f"model:{name} light speaker:ada"):
                assert [hit.id for hit in await library.search(words)] == light
            assert [hit.id for hit in await library.search(f"model:{name}", limit=1)] == [by[0][0]]

    opened(work)
