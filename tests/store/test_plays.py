"""Plays: made, listed, read; personas by version; very deep trees."""

from __future__ import annotations

import json

import pytest

from stage.kit.errors import BadInput, KnownError
from stage.kit.ids import new_id
from stage.play.changes import NewCard, SetLabel
from stage.play.line import Kind
from stage.play.persona import persona
from stage.play.provenance import LineRecord
from stage.store import lines, plays
from stage.store.file.connection import writing
from stage.store.library import Library, Step
from tests.store.chain import LENGTH
from tests.store.conftest import Open
from tests.store.making import SCENE, stock


def test_plays_come_the_one_changed_last_first(opened: Open) -> None:
    async def work(library: Library) -> None:
        one, two = await stock(library), await stock(library, SCENE.replace("lighthouse", "ship"))
        assert [row.id for row in await library.plays()] == [two.play, one.play]
        await one.say(one.root, "again")
        assert [row.title for row in await library.plays()] == ["The lighthouse", "The ship"]

    opened(work)


def test_a_persona_keeps_all_its_versions_in_a_line(opened: Open) -> None:
    async def work(library: Library) -> None:
        cards = [persona("Ada", description=text) for text in ("one", "two", "one", "three")]
        await library._desk.write(plays.remember_personas, cards)
        query = (
            "SELECT v.hash, p.hash, o.tip = v.rid FROM persona_version v "
            "LEFT JOIN persona_version p ON p.rid = v.parent JOIN persona o ON o.rid = v.persona "
            "ORDER BY v.rid"
        )
        one, two, _, three = (card.version for card in cards)
        assert await library._desk.read(lambda c: c.execute(query).fetchall()) == [
            (one, None, 0), (two, one, 0), (three, two, 1),
        ]  # fmt: skip

    opened(work)


@pytest.mark.parametrize("payload", ["5", "{}", '{"cast": 1}', "{", '{"cast": [{}]}', "[" * 9999])
def test_a_damaged_scene_is_told(opened: Open, payload: str) -> None:
    async def work(library: Library) -> None:
        with pytest.raises(KnownError, match="damaged"):
            await library._desk.read(plays.scene_of, payload, "p")

    opened(work)


def test_a_missing_persona_version_is_told(opened: Open) -> None:
    async def work(library: Library) -> None:
        payload = '{"cast": [{"persona_version": "b2:none"}]}'
        with pytest.raises(BadInput, match="lacks the persona version b2:none"):
            await library._desk.read(plays.scene_of, payload, "p")

    opened(work)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_very_long_chain_opens_and_walks(opened: Open) -> None:
    async def work(library: Library) -> tuple[str, str]:
        made = await stock(library)

        def grow(connection) -> str:  # type: ignore[no-untyped-def]
            parent, bo = made.root, made.scene.cast["bo"].persona.version
            with writing(connection):
                for number in range(LENGTH):
                    message = {
                        "id": new_id(), "play": made.play, "parent": parent, "kind": "speech",
                        "speaker": "bo", "persona_version": bo, "status": "complete",
                        "made": 1.0, "text": f"line {number}",
                    }  # fmt: skip
                    lines.insert(connection, message)
                    parent = message["id"]
            return parent

        return made.play, await library._desk.write(grow)

    play, leaf = opened(work)

    async def look(library: Library) -> None:
        tree = await library.tree(play)
        assert len(tree) == LENGTH + 1
        assert len(tree.path(leaf)) == LENGTH + 1
        root = tree.root
        assert root is not None
        assert tree.leaf_under(root.id).id == leaf
        line = await library.add_line(
            LineRecord(new_id(), play, leaf, Kind.SPEECH, "bo", "one more")
        )
        await library.stand(play, [(leaf, line.id)])
        assert (await library.plays())[0].lines == LENGTH + 1

    opened(look)


@pytest.mark.parametrize(
    ("key", "value"),
    [("title", 5), ("models", {"a": 1}), ("turns", "6"), ("fan_out", ["x"]), ("seed", "1")],
)
def test_a_scene_with_a_value_of_another_type_is_damaged(
    opened: Open, key: str, value: object
) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        payload = json.dumps({**made.scene.to_json(), key: value})
        with pytest.raises(KnownError, match="damaged"):
            await library._desk.read(plays.scene_of, payload, "p")

    opened(work)


def test_versions_are_found_by_name_or_hash_and_cards_by_labels(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one = made.scene.cast["ada"].persona
        two, three = persona("Adele", description="new"), persona("Ada", description="newer")
        step = Step("edit_persona", None, "edit")
        label = SetLabel(made.root, "cast", "ada", {"persona_version": two.version})
        await library.operate(made.play, step, [NewCard(two, one.version), label])
        await library._desk.write(plays.remember_personas, [three])
        found = [(each.hash, each.parent) for each in await library.versions("ADA")]
        assert found == [
            (one.version, None), (two.version, one.version), (three.version, two.version),
        ]  # fmt: skip
        assert [each.hash for each in await library.versions(two.version)] == [two.version]
        assert await library.versions("nobody") == []
        again = await library.versions("ADA")
        assert again[0].persona is (await library.versions("ADA"))[0].persona, "it is read once"
        assert await library.cards(made.play) == {two.version: two}
        assert (await library.scene(made.play))[0].cast["ada"].persona == two
        bad = SetLabel(made.root, "cast", "ada", {"persona_version": "b2:none"})
        with pytest.raises(BadInput, match="lacks the persona version"):
            await library.operate(made.play, step, [bad])
        assert await library.check() == []

    opened(work)
