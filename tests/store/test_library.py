"""The library as the director uses it: what goes in comes out, in this process and the next."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from stage.kit.errors import BadInput, BugError
from stage.kit.ids import new_id
from stage.play.line import Cut, Kind, Status
from stage.play.provenance import Chunk
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import MODEL, PROMPT, VOCABULARY, Stock, stock, tokens


def test_a_play_and_its_lines_survive_closing(opened: Open) -> None:
    async def make(library: Library) -> tuple[Stock, list[str]]:
        made = await stock(library)
        first = await made.say(made.root, "Who is there?")
        one = await made.take(first.id, 0, 1, 2)
        two = await made.take(first.id, 3, 4, number=2)
        await library.stand(made.play, [(first.id, two.id)])
        await library.stand(made.play, [], two.id)
        return made, [first.id, one.id, two.id]

    made, ids = opened(make)

    async def look(library: Library) -> None:
        tree = await library.tree(made.play)
        assert [line.id for line in tree] == [made.root, *ids]
        assert tree.leaf_under(made.root).id == ids[2]
        line = tree[ids[1]]
        assert (line.text, line.model, line.take, line.generated) == (
            "the light turns",
            "base",
            1,
            3,
        )
        assert (line.status, line.reason, line.speaker) == (Status.COMPLETE, Cut.EOG, "ada")
        assert tree[ids[2]].take == 2
        (row,) = await library.plays()
        assert (row.id, row.title, row.lines, row.tip) == (made.play, "The lighthouse", 3, ids[2])
        assert row.made <= row.changed

    opened(look)
    opened(look, mode="read")


def test_the_scene_comes_back_with_its_personas_date_and_seed(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        scene, date, seed = await library.scene(made.play)
        assert (date, seed) == ("2026-11-20", 7)
        assert scene.to_json() == made.scene.to_json()
        assert [each.persona for each in scene.cast] == [each.persona for each in made.scene.cast]

    opened(work)


@pytest.mark.parametrize("call", ["scene", "tree", "line", "tokens"])
def test_an_unknown_id_is_bad_input(opened: Open, call: str) -> None:
    async def work(library: Library) -> None:
        with pytest.raises(BadInput, match="nowhere"):
            await getattr(library, call)("nowhere")

    opened(work)


def test_dumping_an_unknown_play_is_bad_input(opened: Open) -> None:
    async def work(library: Library) -> None:
        with pytest.raises(BadInput, match="nowhere"):
            [row async for row in library.dump("nowhere")]

    opened(work)


def test_lines_need_a_parent_in_their_play(opened: Open) -> None:
    async def work(library: Library) -> None:
        one, two = await stock(library), await stock(library)
        with pytest.raises(BadInput, match="no line"):
            await one.say(two.root, "in the wrong play")
        with pytest.raises(BadInput, match="no line"):
            await one.begin(new_id())
        assert len(await library.tree(one.play)) == 1

    opened(work)


def test_hidden_lines_stay_and_are_marked(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.say(made.root, "hello")
        for _ in range(2):
            await library.hide(made.play, line.id)
            assert (await library.tree(made.play))[line.id].hidden
            assert (await library.plays())[0].lines == 0
        for _ in range(2):
            await library.show(made.play, line.id)
            assert not (await library.tree(made.play))[line.id].hidden

    opened(work)


def test_selecting_needs_a_child_of_that_parent(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one = await made.say(made.root, "one")
        two = await made.say(one.id, "two")
        with pytest.raises(BadInput, match="does not stand under"):
            await library.stand(made.play, [(made.root, two.id)])
        await library.stand(made.play, [(made.root, one.id)])
        await library.stand(made.play, [(made.root, one.id)])

    opened(work)


def test_many_are_turned_at_once_as_one_after_the_other(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        a, b = await made.say(made.root, "a"), await made.say(made.root, "b")
        c = await made.say(a.id, "c")
        way = [(made.root, b.id), (made.root, a.id), (a.id, c.id), (a.id, c.id), (made.root, b.id)]
        await library.stand(made.play, way)
        rows = [row async for row in library.dump(made.play)]
        events = [row for row in rows if row["type"] == "event" and row["kind"] == "select"]
        told = [tuple(json.loads(row[key] or "null") for key in ("before", "after"))
                for row in events]  # fmt: skip
        assert told == [(None, b.id), (b.id, a.id), (None, c.id), (a.id, b.id)]
        shown = {row["parent"]: row["child"] for row in rows if row["type"] == "selection"}
        assert shown == {made.root: b.id, a.id: c.id}
        with pytest.raises(BadInput, match="no line nobody"):
            await library.stand(made.play, [(made.root, a.id), (made.root, "nobody")])
        assert [row async for row in library.dump(made.play)] == rows
        assert await library.check() == []

    opened(work)


def test_every_pointer_that_moves_leaves_an_event_with_before_and_after(opened: Open) -> None:
    async def work(library: Library) -> list[tuple[str, object, object]]:
        made = await stock(library)
        a, b = await made.say(made.root, "a"), await made.say(made.root, "b")
        await library.stand(made.play, [(made.root, a.id)])
        await library.stand(made.play, [(made.root, b.id)])
        await library.stand(made.play, [], b.id)
        await library.stand(made.play, [], b.id)
        await library.hide(made.play, a.id)
        rows = [row async for row in library.dump(made.play) if row["type"] == "event"]
        assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
        found = []
        for row in rows[3:]:
            values = (row[key] and json.loads(row[key]) for key in ("before", "after"))
            found.append((row["kind"], *values))
        return [found == [
            ("select", None, a.id), ("select", a.id, b.id), ("tip", None, b.id),
            ("hide", False, True),
        ]]  # fmt: skip

    assert opened(work) == [True]


def test_order_is_the_record_not_the_clock(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one = await made.say(made.root, "one")
        monkeypatch.setattr(time, "time", lambda: 5.0)
        two = await made.say(made.root, "two")
        take = await made.take(made.root, 1)
        assert one.order < two.order < take.order
        assert [line.text for line in (await library.tree(made.play)).children(made.root)] == [
            "one", "two", "light",
        ]  # fmt: skip

    opened(work)


def test_text_that_utf8_cannot_hold_is_made_sound(opened: Open) -> None:
    async def work(library: Library) -> str:
        made = await stock(library)
        line = await made.say(made.root, "a\ud800b \u2014 \x00 \U0001f600")
        assert (await library.tree(made.play))[line.id].text == line.text
        return line.text

    assert opened(work) == "a\ufffdb \u2014 \x00 \U0001f600"


def test_private_lines_keep_who_heard_them(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.say(made.root, "psst", heard_by=("ada", "bo"), audience=("ada",))
        assert (await library.tree(made.play))[line.id].heard_by == ("ada", "bo")
        assert (await library.line(line.id)).audience == ("ada",)

    opened(work)


def test_tokens_and_vocabulary_come_back(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.take(made.root, 0, 4, 5, 6, 1)
        assert await library.tokens(line.id) == list(tokens(0, 4, 5, 6, 1))
        assert line.text == "thecafé\U0001f600 light"
        assert await library.tokens(made.root) == []
        known = await library.vocabulary(VOCABULARY.hash)
        assert known is not None
        assert tuple(known.pieces) == VOCABULARY.pieces
        assert await library.vocabulary("other") is None

    opened(work)


def test_a_library_opened_for_reading_refuses_to_write(opened: Open) -> None:
    made: Stock = opened(stock)

    async def work(library: Library) -> None:
        assert library.readonly
        assert library.path.name == "stage.db"
        with pytest.raises(BadInput, match="reading only"):
            await library.stand(made.play, [], made.root)

    opened(work, mode="read")


def test_forks_name_the_play_they_come_from(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        fork = await library.create_play(made.scene, date="d", seed=1, forked_from=made.play)
        assert {row.id for row in await library.plays()} == {made.play, fork}
        with pytest.raises(BadInput, match="no play"):
            await library.create_play(made.scene, date="d", seed=1, forked_from="nothing")

    opened(work)


def test_closing_twice_is_fine_and_a_closed_library_does_nothing(path: Path) -> None:
    async def inside() -> None:
        library = await Library.open(path)
        await library.close()
        await library.close()
        with pytest.raises(BugError):
            await library.plays()

    asyncio.run(inside())
    assert sorted(each.name for each in path.parent.iterdir()) == ["stage.db"]


def test_many_takes_at_once_share_a_prompt_and_a_transaction(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        takes = [await made.begin(made.root, number=n + 1) for n in range(8)]
        said = tokens(0, 1)
        await library.append([Chunk(take, 0, said) for take in takes])
        await library.append([Chunk(take, 1, said) for take in takes])
        lines = [await made.end(take, said + said) for take in takes]
        assert {line.generated for line in lines} == {4}
        assert await library.remember_prompt(PROMPT) == made.prompt
        await library.remember_model(MODEL, VOCABULARY)
        assert await library.check() == []

    opened(work)


def test_new_lines_are_indexed_meanwhile(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stage.store.library._UNINDEXED", 2)

    async def work(library: Library) -> None:
        made = await stock(library)
        for _ in range(3):
            await made.take(made.root, 0, 1)
        assert await library.check() == []

    opened(work)


def test_reading_and_writing_at_once_keeps_every_token(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.begin(made.root)
        chunks = [Chunk(take, n, tokens(n % 4)) for n in range(30)]
        await asyncio.gather(
            *(library.append([chunk]) for chunk in chunks),
            *(library.tree(made.play) for _ in range(10)),
        )
        said = tuple(token for chunk in chunks for token in chunk.tokens)
        line = await made.end(take, said)
        assert tuple(await library.tokens(line.id)) == said

    opened(work)


def test_the_kind_of_the_root_is_scene(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        root = (await library.tree(made.play)).root
        assert root is not None
        assert root.kind is Kind.SCENE
        assert root.text == ""

    opened(work)
