"""SillyTavern's chats: swipes are siblings, what is hidden or odd is kept and told."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stage.formats import recognised, sillytavern
from stage.formats.format import Source
from stage.formats.leaving import losses
from stage.formats.neutral import Found
from stage.kit.errors import BadInput
from stage.play.cast import Cast
from stage.play.line import Kind
from stage.play.persona import persona
from tests.formats.test_tokens import Stored

HEAD = {
    "user_name": "Ada",
    "character_name": "Sera",
    "create_date": "2025-1-1",
    "chat_metadata": {},
}


def chat(*rows: Any, head: Any = HEAD) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in (head, *rows) if row is not None)


def found(data: bytes) -> Found:
    (tree,) = sillytavern.find(io.BytesIO(data))
    return tree


def said(name: str, mes: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "is_user": name == "Ada", "is_system": False, "mes": mes, **more}


def test_swipes_are_siblings_and_the_one_shown_goes_on() -> None:
    tree = found(chat(
        said("Sera", "Shut the door.", swipes=["Come in.", "Shut the door."], swipe_id=1),
        said("Ada", "Sorry."),
        said("Sera", "Sit.", swipes=["Stand.", "Sit.", "Go."], swipe_id=0),
    ))  # fmt: skip
    assert [(node.id, node.parent, node.text) for node in tree.nodes] == [
        ("1.1", None, "Come in."), ("1", None, "Shut the door."), ("2", "1", "Sorry."),
        ("3.1", "2", "Stand."), ("3", "2", "Sit."), ("3.3", "2", "Go."),
    ]  # fmt: skip
    assert (tree.title, tree.at, tree.losses) == ("Sera", "3", ())
    scene, ids = tree.scene()
    assert [member.label for member in scene.cast] == ["Sera", "Ada"]
    assert set(ids) == {"Sera", "Ada"}


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        (said("Sera", "Sit."), ["Sit."]),
        (said("Sera", "Sit, then.", swipes=["Sit."], swipe_id=0), ["Sit.", "Sit, then."]),
        (said("Sera", "Sit.", swipes=["Go.", "Sit."], swipe_id=9), ["Go.", "Sit."]),
        (said("Sera", {"message": "Sit."}, swipes=[{"message": "Sit."}], swipe_id=0), ["Sit."]),
        (said("Sera", "", extra={"image": "a.png"}), [""]),
    ],
)
def test_odd_messages_are_kept(row: Any, texts: list[str]) -> None:
    tree = found(chat(row))
    assert [node.text for node in tree.nodes] == texts
    assert next(node.text for node in tree.nodes if node.id == "1") == sillytavern._text(row["mes"])


def test_a_group_hidden_messages_narration_and_what_is_not_kept() -> None:
    data = b"\xef\xbb\xbf" + chat(
        said("Sera", "One.", extra={"model": "big", "reasoning": "hm"}, swipe_info=[{}]),
        said("Note", "Two.", is_system=True),
        said("Room", "It rains.", extra={"type": "narrator"}),
        head=HEAD | {"character_name": "unused", "chat_metadata": {"note_prompt": "Be brief."}},
    ) + b"not json\n\n[1]\n"  # fmt: skip
    assert getattr(recognised(data), "id", None) == "sillytavern"
    tree = found(data)
    assert [node.kind for node in tree.nodes] == [Kind.SPEECH, Kind.OOC, Kind.NARRATION]
    assert tree.title == "Sera, Note, Room"
    assert {(loss.code, loss.count) for loss in tree.losses} == {
        ("making", 1), ("reasoning", 1), ("hidden", 1), ("row", 1),
    }  # fmt: skip
    assert getattr(recognised(chat(said("Sera", "One."), head=None)), "id", "") == "sillytavern"


def test_a_file_without_messages_is_refused() -> None:
    for data in (chat(), b"", b"[]\n"):
        with pytest.raises(BadInput, match="no message"):
            found(data)


def test_a_path_is_written_with_what_stands_beside_it_and_read_again(small: Source) -> None:
    text = "".join(sillytavern.write(small))
    tree = found(text.encode())
    path = small.path()
    shown = [next(node for node in tree.nodes if node.id == str(at + 1)) for at in range(len(path))]
    assert [node.text for node in shown] == [line.text for line in path]
    rows = [json.loads(row) for row in text.splitlines()]
    for row, line in zip(rows[1:], path, strict=True):
        assert row["mes"] == line.text
        if "swipes" in row:
            assert row["swipes"][row["swipe_id"]] == line.text
    written = {line.id for line in sillytavern.chosen(small)}
    assert {line.id for line in path} <= written
    told = {loss.code for loss in losses(replace(small), sillytavern.ENTRY)}
    assert "model" not in told


def test_what_a_model_wrote_for_a_person_is_the_persons(small: Source) -> None:
    cast = small.scene.cast
    people = {member.label for member in cast if member.human}
    rows = [json.loads(row) for row in "".join(sillytavern.write(small)).splitlines()[1:]]
    own = [(row, line) for row, line in zip(rows, small.path(), strict=True)]
    row, line = next(each for each in own if each[0]["name"] in people and each[0]["is_user"])
    tree = small.tree
    tree.add(replace(line, model="stage-base"))
    again = [json.loads(each) for each in "".join(sillytavern.write(small)).splitlines()[1:]]
    assert next(each for each in again if each["mes"] == row["mes"])["is_user"]


def test_a_chat_is_gone_on_with_as_it_was() -> None:
    note = {"note_prompt": "Be brief.", "note_depth": 2, "note_interval": 1, "note_role": 1}
    room = said("Room", "It rains.", extra={"type": "narrator"})
    rows = (said("Sera", "Sit."), room, said("Sera", "Hidden.", is_system=True), said("Ada", "No."))
    tree = found(chat(*rows, head=HEAD | {"chat_metadata": note}))
    scene, ids = tree.scene({"talker": "talker.gguf"})
    assert (scene.rule, scene.params) == ("natural", {"preset": "st"})
    assert [scene.cast[ids[each]].actor.model for each in ("Sera", "Room", "Ada")] == [
        "talker", None, None,
    ]  # fmt: skip
    (entry,) = scene.lore
    assert (entry.content, entry.depth, entry.role) == ("Be brief.", 2, "user")
    assert entry.constant
    assert entry.enabled
    assert [loss.code for loss in tree.losses] == ["hidden"]
    assert all(each.human for each in tree.scene()[0].cast), "without a model nobody is lost"


def test_an_authors_note_comes_back_as_it_was(small: Source) -> None:
    note = {
        "note_prompt": "Be brief.", "note_interval": 1, "note_position": 1, "note_depth": 2,
        "note_role": 1,
    }  # fmt: skip
    book = found(chat(said("Sera", "Sit."), head=HEAD | {"chat_metadata": note})).book
    head = next(iter(sillytavern.write(replace(small, scene=replace(small.scene, book=book)))))
    assert json.loads(head)["chat_metadata"] == note
    assert json.loads(next(iter(sillytavern.write(small))))["chat_metadata"] == {}


ISO = "2025-03-04T05:06:07.089Z"
AT = datetime(2025, 3, 4, 5, 6, 7, 89_000, UTC).timestamp()


@pytest.mark.parametrize(
    ("date", "when"),
    [
        (ISO, AT), (round(AT * 1000), AT), (str(round(AT * 1000)), AT),
        ("2025-03-04@05h06m07s089ms", AT), ("2025-3-4 @05h 06m 07s 89ms", AT),
        ("2025-03-04@05h06m07s", AT - 0.089),
        ("March 4, 2025 2:20pm", datetime(2025, 3, 4, 14, 20).timestamp()),
        ("March 4, 2025 12:20AM", datetime(2025, 3, 4, 0, 20).timestamp()),
        ("yesterday", None), ("", None), (None, None), ({}, None), (True, None), ("1e400", None),
        (1e300, None), ("Foo 4, 2025 2:20pm", None), ("February 31, 2025 2:20pm", None), (-5, None),
    ],
)  # fmt: skip
def test_every_form_of_a_date_is_read_and_nothing_else_is_one(date: Any, when: Any) -> None:
    assert sillytavern.sent_at(date) == (None if when is None else pytest.approx(when, abs=1e-3))


def test_times_of_messages_and_swipes_are_kept_and_those_without_a_zone_told_of() -> None:
    infos = [{"send_date": ISO}, {"send_date": "nonsense"}]
    tree = found(chat(
        said("Sera", "Go.", swipes=["Sit.", "Go."], swipe_id=1, swipe_info=infos, send_date=ISO),
        said("Ada", "No.", send_date="June 19, 2023 2:20pm"), said("Sera", "Yes."),
    ))  # fmt: skip
    assert [node.made for node in tree.nodes] == [
        pytest.approx(AT), pytest.approx(AT), datetime(2023, 6, 19, 14, 20).timestamp(), None,
    ]  # fmt: skip
    assert [(loss.code, loss.count) for loss in tree.losses] == [("zone", 1)]


def test_stored_times_are_written_as_sillytavern_writes_and_reads_them(small: Source) -> None:
    stored = Stored(made=AT, started=AT - 2, ended=AT - 1)
    head, *rows = (
        json.loads(row)
        for row in "".join(sillytavern.write(replace(small, accounts=stored))).splitlines()
    )
    assert head["create_date"] == ISO
    assert all(row["send_date"] == ISO for row in rows)
    assert rows[0]["gen_started"] == "2025-03-04T05:06:05.089Z"
    for row in rows:
        assert len(row.get("swipe_info", ())) == len(row.get("swipes", ()))
    tree = found("".join(sillytavern.write(replace(small, accounts=stored))).encode())
    assert all(node.made == pytest.approx(AT, abs=1e-3) for node in tree.nodes)


def test_a_narrator_is_no_user_and_comes_back_as_a_narrator(small: Source) -> None:
    ada, bo = small.scene.cast.members
    teller = replace(
        ada, id="teller", label="Teller", actor=bo.actor,
        persona=persona("Teller", extensions={"stage/narrator": True}),
    )  # fmt: skip
    small = replace(small, scene=replace(small.scene, cast=Cast([teller, ada, bo])))
    for id_, kind in (("d", Kind.NARRATION), ("e", Kind.SPEECH)):
        small.tree.add(replace(small.tree[id_], speaker="teller", kind=kind, heard_by=None))
    head, *rows = (json.loads(row) for row in sillytavern.write(small))
    assert (head["user_name"], head["character_name"]) == ("Bo_b", "Ada")
    told = [row for row in rows if row["name"] == "Teller"]
    assert [(row["is_user"], row["is_system"], row["extra"]) for row in told] == [
        (False, False, {"type": "narrator"})
    ] * 2
    tree = found("".join(sillytavern.write(small)).encode())
    scene, ids = tree.scene({"talker": "talker.gguf"})
    again = scene.cast[ids["Teller"]]
    assert again.persona.narrator
    assert again.human
    assert [node.kind for node in tree.nodes if node.speaker == "Teller"] == [Kind.NARRATION] * 2
    others = [each for each in scene.cast if each.id != again.id]
    assert not any(each.persona.narrator for each in others)


def test_who_also_speaks_is_no_narrator() -> None:
    tells = {"extra": {"type": "narrator"}}
    hidden = said("Room", "Unheard.", is_system=True)
    tree = found(chat(
        said("Sera", "It rains.", **tells), said("Sera", "Sit."), said("Room", "Dusk.", **tells),
        hidden,
    ))  # fmt: skip
    assert tree.narrators == {"Room"}
