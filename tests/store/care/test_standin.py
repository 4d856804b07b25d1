"""A scene made of what is left: a member for each speaker, no two of one name."""

from __future__ import annotations

from stage.play.persona import persona
from stage.play.scene import Scene
from stage.store import lines
from stage.store.care import standin


def _made() -> Scene:
    ada = persona("Ada", description="counts")
    return standin.scene("  ", {"a": ada, "b": None, "c": persona("ada"), "d": None})


def test_each_speaker_is_a_member_with_a_name_of_its_own() -> None:
    made = _made()
    assert made.title == "Salvaged"
    assert [member.id for member in made.cast] == ["a", "b", "c", "d"]
    labels = [member.label for member in made.cast]
    assert labels == ["Ada", "Somebody", "ada 3", "Somebody 4"]
    assert all(member.human for member in made.cast)


def test_only_cards_that_are_not_there_are_made_and_the_root_hashes_itself() -> None:
    made = _made()
    known = {made.cast["a"].persona.version}
    rows = standin.cards(made, known)
    hashes = [row["hash"] for row in rows if row["type"] == "persona_version"]
    assert len(hashes) == len({*hashes}) == 3
    assert not known & {*hashes}
    root = standin.root(made, "p", "2026-11-20", 5.0)
    assert root["hash"] == lines.message_hash(None, root)
    assert (root["kind"], root["parent"], root["take"]) == ("scene", None, None)
