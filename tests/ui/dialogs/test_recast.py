"""Who plays a member from here on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stage.director.records import Version
from stage.director.shelving import Shelved
from stage.engine.shelf.card import Card
from stage.play.cast import Actor, ActorKind, Member
from stage.play.persona import persona
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.recast import HUMAN, Recast, operations
from stage.ui.window.window import Window
from tests.ui.dialogs.test_opening import open_dialog
from tests.ui.helpers import Part

OLD, NEW = persona("Ada", description="old"), persona("Ada", description="new")
ADA = Member("ada", "Ada", OLD, Actor(ActorKind.MODEL, "base", frame="raw"))
GUEST = Member("guest", "Guest", persona("Guest"), Actor(ActorKind.HUMAN))
SAME = {"actor": "base", "frame": "raw", "sampler": None, "persona": OLD.version}


@pytest.mark.parametrize(
    ("member", "chosen", "keys"),
    [
        (ADA, {}, None),
        (ADA, {"frame": None}, None),
        (ADA, {"frame": "own"}, {"frame": "own"}),
        (ADA, {"actor": "chat"}, {"model": "chat"}),
        (ADA, {"actor": HUMAN}, {"human": True}),
        (ADA, {"actor": HUMAN, "frame": "prose"}, {"frame": "prose", "human": True}),
        (ADA, {"actor": "big"}, {"model": "big", "file": "/models/big.gguf"}),
        (ADA, {"frame": "self", "sampler": "wild"}, {"frame": "self", "sampler": "wild"}),
        (ADA, {"persona": NEW.version}, {"persona": NEW.version}),
        (GUEST, {"actor": HUMAN, "persona": None, "frame": None}, None),
        (GUEST, {"actor": "base", "frame": None, "persona": None}, {"model": "base"}),
    ],
)
def test_what_is_left_as_it_is_changes_nothing(
    member: Member, chosen: dict[str, Any], keys: dict[str, Any] | None
) -> None:
    wanted = [] if keys is None else [("recast", {"member": member.label, **keys})]
    assert operations(member, SAME | chosen, {"big": "/models/big.gguf"}) == wanted


def test_choices_show_how_a_member_is_played_and_ask_for_operations(shown: Any) -> None:
    versions = {"ada": [Version(each.version, None, 0.0, each) for each in (OLD, NEW)]}
    made = shown(
        Recast((ADA, GUEST), {"base": "stage-base", "chat": "stage-chat"}, {"ada"}, versions),
        480,
        360,
    )
    assert (made.actor.currentText(), made.frame.currentText()) == ("stage-base", "raw transcript")
    made.choose("guest")
    assert (made.actor.currentText(), made.on_stage.isChecked()) == ("you type", False)
    made.choose("ada")
    assert made.card.count() == 2
    made.card.setCurrentIndex(1)
    made.muted.setChecked(True)
    made.on_stage.setChecked(False)
    made.apply()
    assert made.asked == [
        ("recast", {"member": "Ada", "persona": NEW.version}),
        ("mute", {"member": "Ada", "off": False}),
        ("exit", {"member": "Ada"}),
    ]


def test_the_action_asks_the_director_at_the_line_one_stands_on(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    window = shown(Window(desk), 1100, 700)
    desk.session.pick("ada")
    window.menus.do("recast")
    dialog = open_dialog(window, Recast, loop)
    assert isinstance(dialog, Recast)
    assert dialog.member.currentText() == "Ada"
    dialog.actor.setCurrentIndex(dialog.actor.findData(HUMAN))
    dialog.apply()
    leaf = desk.session.lanes[0].leaf
    asked = ("do", "recast", {"member": "Ada", "human": True, "line": leaf})
    loop.until(lambda: asked in part.asked)
    loop.until(lambda: not window.findChildren(Recast))


def test_every_model_of_the_shelf_may_play_a_member(
    desk: Desk, part: Part, shown: Any, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scan(work: Any) -> Any:
        for name in ("big", "chat"):
            card = Card(
                f"/models/{name}.gguf", name, "llama", "base", (), 1, "F16", 64, 9, True, 1, ""
            )
            yield [Shelved(Path(f"/models/{name}.gguf"), card)]

    monkeypatch.setattr(part.shelving, "scan", scan)
    window = shown(Window(desk), 1100, 700)
    window.menus.do("recast")
    dialog = open_dialog(window, Recast, loop)
    assert isinstance(dialog, Recast)
    dialog.choose("ada")
    loop.until(lambda: dialog.actor.findData("chat-2") >= 0)
    dialog.actor.setCurrentIndex(dialog.actor.findData("chat-2"))
    dialog.apply()
    wanted = {"member": "Ada", "model": "chat-2", "file": "/models/chat.gguf", "line": "b1"}
    loop.until(lambda: ("do", "recast", wanted) in part.asked)
    loop.until(lambda: not window.findChildren(Recast))
