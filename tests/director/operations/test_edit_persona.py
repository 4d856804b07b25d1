"""A new version of a card from a line on."""

from __future__ import annotations

import json

import pytest

from stage.kit.errors import BadInput
from stage.play.persona import editable
from tests.director.operations.acting import Act


def test_lines_pin_the_version_that_spoke_them(act) -> None:
    async def work(act: Act) -> None:
        play, library = await act.director.open(act.made.play), act.made.library
        one = await act.add(act.made.root, "one")
        done = await act.do("edit_persona", one, member="Bo", field="description", text="You lie.")
        assert done.words == "edit of Bo's card"
        two = (await act.do("add", one, member="Bo", text="two")).made[0]
        other = await act.add(act.made.root, "beside")
        old, new = [(await library.line(each)).persona for each in (one, two)]
        assert old
        assert new
        assert old["version"] != new["version"]
        assert new["card"]["data"]["description"] == "You lie."
        assert (await library.line(other)).persona == old
        found = await library.versions("bo")
        assert [(each.hash, each.parent) for each in found] == [
            (old["version"], None), (new["version"], old["version"]),
        ]  # fmt: skip
        await act.do("recast", two, member="Bo", persona=old["version"])
        assert play.cast(two)["bo"].persona.version == old["version"]
        await act.undo()
        assert play.cast(two)["bo"].persona.version == new["version"]
        await act.do("edit_persona", two, member="Bo", field="public", text="a liar")
        assert play.cast(two)["bo"].persona.public == "a liar"
        assert play.facts(two).cast["bo"].persona.public == "a liar"
        assert play.scene.cast["bo"].persona.version == old["version"]

    act(work)


def test_several_texts_of_a_card_are_one_version_and_one_step(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        one = await act.add(act.made.root, "one")
        texts = {
            "description": "You mend nets.", "tags": "pier, nets",
            "alternate_greetings": "Ah.\n---\n\n  Sit\ndown. \n---\n",
            "secret": "Rich.\n---\nAfraid.", "aliases": "B, Bobo", "talkativeness": "0.2",
            "character_book": '{"entries": [{"keys": ["boat"], "content": "It sank.", "x": 1.50}]}',
        }  # fmt: skip
        await act.do("edit_persona", one, member="Bo", fields=json.dumps(texts))
        card = play.cast(one)["bo"].persona
        assert card.tags == ("pier", "nets")
        assert card.greetings == ("Ah.", "Sit\ndown.")
        assert card.secrets == ("Rich.", "Afraid.")
        assert card.aliases == ("B", "Bobo")
        assert [entry.name for entry in card.book] == ["boat"]
        assert {each: editable(card, each) for each in texts} | {"character_book": ""} == {
            **texts, "alternate_greetings": "Ah.\n---\nSit\ndown.", "character_book": "",
        }  # fmt: skip
        book = editable(card, "character_book")
        assert book == json.loads(texts["character_book"])
        more = {**book, "entries": [*book["entries"], {"keys": [], "content": "New."}]}
        await act.do("edit_persona", one, member="Bo", fields={"character_book": more})
        found = play.cast(one)["bo"].persona
        assert [entry.content for entry in found.book] == ["It sank.", "New."]
        assert [entry.name for entry in card.book] == ["boat"], "what was stays as it was"
        await act.undo()
        await act.undo()
        assert play.cast(one)["bo"].persona.greetings == ()

    act(work)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"field": "description"}, "needs field=FIELD and text"),
        ({"field": "description", "fields": "{}"}, "fields=JSON instead"),
        ({"fields": "{"}, "not readable JSON"),
        ({"fields": '{"tags": 1}'}, "no object of texts"),
        ({"fields": '{"character_book": "[1]"}'}, "list of entries"),
        ({"fields": '{"character_book": "{"}'}, "lorebook is not readable"),
    ],
)
def test_texts_that_make_no_sense_are_refused(act, keys, reason) -> None:
    async def work(act: Act) -> None:
        with pytest.raises(BadInput, match=reason):
            await act.do("edit_persona", None, member="Bo", **keys)

    act(work)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"member": "Cy", "field": "description"}, "called Cy"),
        ({"member": "Bo", "field": "extensions"}, "no text extensions"),
        ({"member": "Bo", "field": "description", "text": ""}, "like that already"),
        ({"member": "Bo", "field": "name", "text": "a:b"}, "cannot label"),
        ({"member": "Bo", "field": "talkativeness", "text": "9"}, "from 0 to 1"),
    ],
)
def test_what_cannot_be_edited_changes_nothing(act, keys, reason) -> None:
    async def work(act: Act) -> None:
        with pytest.raises(BadInput, match=reason):
            await act.do("edit_persona", None, **{"text": "x", **keys})
        assert await act.words() == (None, None)

    act(work)


def test_the_authors_note_at_depth_is_edited_and_told_from_then_on(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        one = await act.add(act.made.root, "one")

        async def change(**texts: str) -> None:
            await act.do("edit_persona", one, member="Bo", fields=json.dumps(texts))

        await change(depth_prompt="Bo is tired.")
        card = play.cast(one)["bo"].persona
        assert (card.depth_prompt.content, card.depth_prompt.depth) == ("Bo is tired.", 4)
        await change(depth_prompt_depth="1", depth_prompt_role="user")
        card = play.cast(one)["bo"].persona
        assert (card.depth_prompt.depth, card.depth_prompt.role) == (1, "user")
        assert card.card["data"]["extensions"]["depth_prompt"] == {
            "prompt": "Bo is tired.", "depth": 1, "role": "user"}  # fmt: skip
        assert editable(card, "depth_prompt_depth") == "1"
        for field, wrong in (("depth_prompt_depth", "deep"), ("depth_prompt_role", "narrator")):
            with pytest.raises(BadInput, match=r"depth|role"):
                await change(**{field: wrong})
        await change(depth_prompt="", depth_prompt_depth="")
        assert play.cast(one)["bo"].persona.depth_prompt is None

    act(work)
