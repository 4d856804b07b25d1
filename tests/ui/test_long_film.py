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
from PySide6.QtGui import QImage

from stage.formats import png
from tests.ui.stagehand import INSPECTOR, PAGE, Stagehand

pytestmark = [pytest.mark.xvfb, pytest.mark.models, pytest.mark.slow, pytest.mark.timeout(900)]

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
# On the screen: a button of the replay, and the end of what is said in the first lane.
BRANCH_FROM_HERE = ("955", "109")
SAID = "330x230+340+380"
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

    def undone(self) -> int:
        """How many steps were taken back so far."""
        return sum(row["kind"] == "undo" for row in self.hand.rows("history", self.play))

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
    hand.key("Right", "Right", "Tab", "Tab", "space", opens="Choose a scene")
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
    hand = film.hand
    takes = [line for line in film.tree() if line["parent"] == film.parted]
    (first,) = [each["id"] for each in takes if (each["model"], each["take"]) == ("base", 1)]
    hand.do("key", "ctrl+t", "ctrl+alt+a")  # both models read the line
    hand.quiet(where=INSPECTOR)
    film.ends("lens")
    hand.do("key", "Return")  # what is chosen is the likeliest that was not said
    lines = film.at_rest(27)
    (film.branch,) = [line["id"] for line in lines if line["take"] == 9]
    said, instead = film.line(first), film.line(film.branch)
    assert (instead["model_name"], instead["parent"]) == ("base", film.parted)
    others = [each["id"] for each in said["tokens"][0]["top"]]
    assert instead["tokens"][0]["id"] in others
    assert instead["tokens"][0]["id"] != said["tokens"][0]["id"]
    hand.until(lambda: film.stands()["lanes"][0][0] == film.branch, "the lane shows the branch")
    film.ends("branch")


def two_branches(film: Film) -> None:
    hand = film.hand
    hand.action("compare the lanes")
    hand.quiet(where=PAGE)
    film.ends("compare")
    hand.do("key", "4", "p")
    hand.until(lambda: "tag:preferred" in film.line(film.branch)["labels"], "preferred")
    labels = film.line(film.branch)["labels"]
    assert labels["rating"] == 4
    film.ends("preferred")
    hand.do("key", "Return")
    hand.until(lambda: film.stands()["chosen"] == film.branch, "the branch is chosen on stage")
    film.ends("opened")


def marks(film: Film) -> None:
    hand = film.hand
    hand.action("tag ...", opens="Tag")
    hand.type("nets")
    hand.do("key", "Return")
    hand.until(lambda: "tag:nets" in film.line(film.branch)["labels"], "a tag")
    hand.do("key", "ctrl+b")
    hand.until(lambda: "bookmark" in film.line(film.branch)["labels"], "a bookmark")
    hand.key("F2", opens="Title")
    hand.type("Before sunrise")
    hand.do("key", "Return")
    hand.until(lambda: "chapter" in film.line(film.branch)["labels"], "a title")
    assert [each["id"] for each in hand.rows("search", "tag:nets")] == [film.branch]
    film.ends("marks")


def five_steps_back(film: Film) -> None:
    hand = film.hand
    before = film.line(film.branch)["labels"]
    for at in range(5):
        hand.do("key", "ctrl+z")
        hand.until(lambda at=at: film.undone() == at + 1, "a step back")
    assert film.line(film.branch)["labels"] == {}
    film.ends("five-steps-back")
    hand.do("key", *["ctrl+shift+z"] * 5)
    hand.until(lambda: film.line(film.branch)["labels"] == before, "five steps forth")
    film.ends("five-steps-forth")


def search(film: Film) -> None:
    hand = film.hand
    hand.do("key", "ctrl+shift+f")
    hand.type("lantern speaker:guest")
    hand.quiet(where=PAGE)
    film.ends("search")
    hand.do("key", "Return")
    (found,) = hand.rows("search", "lantern", "speaker:guest", "--play", film.play)
    hand.until(lambda: film.stands()["chosen"] == found["id"], "what was found is chosen")
    film.ends("found")


def replay(film: Film) -> None:
    hand, before = film.hand, film.tree()
    path = [line["id"] for line in before if line["parent"] != film.parted]
    hand.do("key", "ctrl+alt+5")
    hand.quiet(where=PAGE)
    hand.do("key", "Home", "plus", "plus", "plus", "space")  # from the beginning, faster
    hand.quiet(where=PAGE)
    film.ends("replayed")
    hand.do("key", "Home", *["Down"] * 7)  # as the seventh line begins
    film.ends("replay")
    hand.click(*BRANCH_FROM_HERE)
    hand.until(lambda: film.stands()["lanes"][0][0] == path[5], "the stage stands there")
    assert film.tree() == before  # a replay says nothing anew
    film.ends("branch-from-here")


def export(film: Film) -> None:
    hand, file = film.hand, film.folder / "harbour.md"
    hand.key("ctrl+shift+e", opens="Export")
    hand.do("key", "M", "Tab", "Tab", "ctrl+a")  # Markdown; its part stays; the file
    hand.type(str(file))
    film.ends("export-asked")
    hand.do("key", "Return")
    hand.until(file.exists, "the file")
    hand.quiet(where=PAGE)
    film.ends("exported")
    export, stands = ("export", film.play, "--format", "markdown"), film.stands()["lanes"][0][0]
    assert file.read_text() == hand.run(*export, "--at", stands), "the branch on stage"
    whole = hand.run(*export)
    assert all(words in whole for words in (*TYPED, "(stage-base, take 9)"))


def other_pixels(one: bytes, other: bytes) -> float:
    """The share of pixels that differ by more than the edge of a letter between two pixels."""
    images = [QImage.fromData(each).convertToFormat(QImage.Format.Format_Grayscale8)
              for each in (one, other)]  # fmt: skip
    pairs = list(zip(*(bytes(each.constBits()) for each in images), strict=True))
    return sum(abs(a - b) > 48 for a, b in pairs) / len(pairs)


def close_and_reopen(film: Film) -> None:
    hand = film.hand
    hand.do("key", "ctrl+alt+1", "ctrl+l")
    hand.type("To be continued")
    hand.quiet()
    film.ends("before")
    before, tree = hand.picture("-crop", SAID), film.tree()
    hand.close()
    left = hand.kept()
    assert film.stands()["draft"] == "To be continued"
    assert (len(film.stands()["lanes"]), film.stands()["lanes"][1][1]) == (2, "chat")
    hand.open()
    hand.quiet(3)
    film.ends("after")
    assert other_pixels(hand.picture("-crop", SAID), before) < 0.02
    hand.close()
    assert hand.kept() == left
    assert film.tree() == tree
    assert hand.rows("check", "--deep")[-1]["sound"]
