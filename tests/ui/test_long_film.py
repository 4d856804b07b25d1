"""A long film: from a card to an exported play and back, by keys in the real window.

After each act the command line tells whether what was asked for is in the library; a picture of
each lies in the test's own folder.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from stage.formats import png
from tests.ui.stagehand import Stagehand

pytestmark = [pytest.mark.xvfb, pytest.mark.models, pytest.mark.slow, pytest.mark.timeout(400)]

CARD = {
    "spec": "chara_card_v3",
    "spec_version": "3.0",
    "data": {"name": "Wren", "description": "You mend nets and say little.", "tags": []},
}
SCENE = """
title = "The harbour"
setting = "A harbour before sunrise."
rule = "round_robin"
[models]
base = "stage-base"
chat = "stage-chat"
[[cast]]
persona = "wren"
model = "base"
sampler = { max_tokens = 16 }
[[cast]]
persona = "marlow"
model = "chat"
sampler = { max_tokens = 16 }
[[cast]]
persona = "guest"
actor = "human"
"""
TYPED = ("Is the ferry late again?", "Nobody told me about a lantern.", "Then we wait here.")


@dataclass
class Film:
    """What the acts of a film hand on.

    Attributes:
        folder: where files and pictures lie.
        play: its id.
        parted: the line that eight takes of both models follow.
        branch: the line that was branched from an alternative.
        rated: the line that was preferred.
    """

    hand: Stagehand
    folder: Path
    play: str = ""
    parted: str = ""
    branch: str = ""
    rated: str = ""
    acts: list[str] = field(default_factory=list)

    def ends(self, act: str) -> None:
        """Take a picture of the end of an act."""
        self.acts.append(act)
        file = self.folder / f"{len(self.acts):02}-{act}.png"
        file.write_bytes(self.hand.picture())

    def tree(self) -> list[dict[str, Any]]:
        """Every line of the play that is not hidden."""
        rows = self.hand.rows("tree", self.play)
        return [line for line in rows if not line["hidden"]]

    def line(self, line: str) -> dict[str, Any]:
        """All that is stored of a line."""
        (found,) = self.hand.rows("line", line)
        return found

    def at_rest(self, count: int) -> list[dict[str, Any]]:
        """Wait until the play has so many lines and all of them have ended."""

        def told() -> list[dict[str, Any]]:
            lines = self.tree()
            over = all(line["status"] == "complete" for line in lines)
            return lines if over and len(lines) >= count else []

        lines = self.hand.until(told, f"{count} lines at rest")
        assert len(lines) == count
        return lines

    def stands(self) -> dict[str, Any]:
        """Where the window says it stands in the play."""
        found: dict[str, Any] = self.hand.kept()["plays"][self.play]
        return found


def test_from_a_card_to_an_exported_play_and_back(hand: Stagehand, tmp_path: Path) -> None:
    film = Film(hand, tmp_path)
    hand.open()
    for act in (card, scene, ten_lines, eight_takes_on_both, lens, two_branches, marks,
                five_steps_back, search, replay, export, close_and_reopen):  # fmt: skip
        act(film)


def card(film: Film) -> None:
    hand, file = film.hand, film.folder / "wren.png"
    file.write_bytes(png.with_cards(png.blank(), [("ccv3", json.dumps(CARD))]))
    hand.action("import a card", opens="Import a card")
    hand.type(f"{file}")
    hand.do("key", "Return")
    hand.until(lambda: list((hand.home).rglob("wren.json")), "the card is kept")
    hand.quiet(0.5)
    (known,) = hand.rows("persona", "show", "wren")
    assert known["label"] == "Wren"
    assert known["private"] == CARD["data"]["description"]
    film.ends("card")


def scene(film: Film) -> None:
    hand, file = film.hand, film.folder / "harbour.toml"
    file.write_text(SCENE)
    hand.key("ctrl+n", opens="New play")
    hand.key("Tab", "space", opens="Choose a scene")
    hand.type(str(file))
    hand.key("Return", opens="New play")
    film.ends("scene-chosen")
    hand.do("key", "Return")
    film.play = hand.until(
        lambda: [each["id"] for each in hand.rows("plays") if each["title"] == "The harbour"],
        "the play",
    )[0]
    hand.quiet(0.5)
    film.ends("scene")


def ten_lines(film: Film) -> None:
    hand = film.hand
    for at in range(10):
        if at % 3 == 2:
            hand.type(TYPED[at // 3])
        hand.do("key", "ctrl+Return")
        film.at_rest(at + 1)
    lines = film.tree()
    assert [line["speaker"] for line in lines] == (["Wren", "Marlow", "Guest"] * 4)[:10]
    assert [line["text"] for line in lines if line["model"] is None] == list(TYPED)
    assert {line["speaker"]: line["model"] for line in lines} == {
        "Wren": "base", "Marlow": "chat", "Guest": None}  # fmt: skip
    film.parted = lines[-1]["id"]
    film.ends("ten-lines")


def eight_takes_on_both(film: Film) -> None:
    hand = film.hand
    hand.do("key", "alt+2", "ctrl+l", "Tab", "Tab", "Tab", "8")
    film.ends("eight-takes-asked")
    hand.do("key", "ctrl+space")
    lines = film.at_rest(26)
    takes = [line for line in lines if line["parent"] == film.parted]
    assert Counter(line["model"] for line in takes) == {"base": 8, "chat": 8}
    assert {line["speaker"] for line in takes} == {"Marlow"}
    film.ends("eight-takes")


def lens(film: Film) -> None:
    film.ends("lens")


def two_branches(film: Film) -> None:
    ...


def marks(film: Film) -> None:
    ...


def five_steps_back(film: Film) -> None:
    ...


def search(film: Film) -> None:
    ...


def replay(film: Film) -> None:
    ...


def export(film: Film) -> None:
    ...


def close_and_reopen(film: Film) -> None:
    ...
