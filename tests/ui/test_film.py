"""A film: the real program in a real window under Xvfb and a window manager, by mouse and keys."""

from __future__ import annotations

import time
from typing import Any

import pytest

from stage.app.main import ID
from stage.director.wardrobe import shipped
from tests.ui.stagehand import Stagehand

pytestmark = [pytest.mark.xvfb, pytest.mark.models, pytest.mark.slow, pytest.mark.timeout(600)]


def offered_before(scene: str) -> int:
    """How many shipped scenes are offered before this one."""
    return [path.stem for path in shipped("scenes")].index(scene)


def test_an_evening(hand: Stagehand) -> None:
    hand.open()
    assert hand.known_as(ID), "the desktop's entry would not be found"
    hand.do("key", "ctrl+n")  # a new play: the scene of both models, wherever it stands
    hand.do("key", "Right", "Right", "Tab", "Home", *["Down"] * offered_before("3-both"), "Return")
    hand.quiet()
    hand.do("key", "ctrl+l")
    hand.do("type", "--delay", "20", "Good evening, all of you.")
    hand.do("key", "ctrl+Return")
    hand.quiet()
    hand.do("key", "alt+2")
    hand.do("key", "ctrl+Return")  # whoever is next speaks, on both models
    hand.quiet()
    hand.do("key", "ctrl+space")  # fan out 4 on both
    hand.quiet()
    hand.do("key", "ctrl+l", "alt+Down", "alt+Down")  # other siblings
    hand.quiet()
    hand.do("key", "ctrl+space")
    time.sleep(0.6)
    hand.do("key", "Escape")  # stop midway
    hand.quiet()
    hand.do("key", "ctrl+l")
    hand.do("type", "a draft")
    hand.quiet()
    hand.close()

    (play,) = [each for each in hand.rows("plays") if each["title"] == "The stairs"][:1]
    tree = hand.rows("tree", str(play["id"]))
    typed = [line for line in tree if line["text"] == "Good evening, all of you."]
    assert len(typed) == 1
    after = [line for line in tree if line["parent"] == typed[0]["id"]]
    assert {line["model"] for line in after} == {"base", "chat"}
    fans = [
        [line for line in tree if line["parent"] == each["id"] and line["model"]] for each in after
    ]
    assert any(len(fan) >= 4 for fan in fans)
    assert all(line["status"] in ("complete", "interrupted") for line in tree)
    _comes_back(hand, str(play["id"]), tree)


def _comes_back(hand: Stagehand, play: str, tree: list[dict[str, Any]]) -> None:
    """What was on stage stands there again, and the play is as it was."""
    state = hand.kept()
    kept = state["plays"][state["play"]]
    assert kept["draft"] == "a draft"
    assert len(kept["lanes"]) == 2
    before = kept["lanes"]
    hand.open()
    hand.close()
    again = hand.kept()
    assert again["plays"][again["play"]]["lanes"] == before
    assert hand.rows("tree", play) == tree
