"""A scene put together from one's own cards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from stage.director.cards import known
from stage.director.shelving import Shelved
from stage.engine.shelf.card import Card
from stage.kit import paths
from stage.ui.dialogs.new_play import NewPlay

MIRA = {"name": "Mira", "first_mes": "Come in, {{user}}.", "alternate_greetings": ["Who is it?"]}
TOBIN = {"name": "Tobin", "first_mes": "Is the kettle on?"}


def card(folder: Path, data: dict[str, Any]) -> str:
    file = folder / f"{data['name']}.json"
    file.write_text(json.dumps({"spec": "chara_card_v2", "spec_version": "2.0", "data": data}))
    return str(file)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE_HOME", str(tmp_path / "home"))


def test_cards_from_files_become_a_play_with_oneself_in_it(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    made = shown(NewPlay())
    own = made.own
    assert own._nobody.isVisible()
    loop.run(own.bring_in([card(tmp_path, MIRA), card(tmp_path, TOBIN)]))
    assert not own._nobody.isVisible()
    assert paths.personas().joinpath("mira.json").is_file()
    own.cast("tobin", "stage-base")
    own.you.setText("Rowan")
    made.try_to_begin()
    scene = made.scene
    assert scene is not None, made.error.text()
    assert (scene.title, scene.params) == ("Mira, Tobin", {})
    actors = [(each.label, each.actor.model or "human") for each in scene.cast]
    assert actors == [("Mira", "stage-chat"), ("Tobin", "stage-base"), ("Rowan", "human")]
    (opening,) = scene.opening
    assert (opening.speaker, opening.others) == ("mira", ("Who is it?",))


def test_everybody_greets_and_whoever_is_taken_out_does_not(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    made = shown(NewPlay())
    own = made.own
    loop.run(own.bring_in([card(tmp_path, MIRA), card(tmp_path, TOBIN)]))
    own.greeting.setCurrentIndex(own.greeting.findText("everybody's greeting"))
    assert [each.speaker for each in own.made().opening] == ["mira", "tobin"]
    own.take_out("mira")
    assert [each.label for each in own.made().cast] == ["Tobin", "Guest"]
    assert own.made().params == {"allow_self": True}, "one alone goes on"
    assert own.add.findText("Mira") >= 0, "and may be added again"


def test_nobody_in_the_cast_is_one_sentence(shown: Any, tmp_path: Path) -> None:
    made = shown(NewPlay())
    made.try_to_begin()
    assert made.scene is None
    assert made.error.text() == "Nobody is in the cast; add somebody first."
    made.own.said.emit("")
    assert not made.error.isVisible()


def test_ones_own_model_is_offered_and_preferred(shown: Any, loop: Any, tmp_path: Path) -> None:
    own = shown(NewPlay()).own
    own.offer(loop.run(known()))
    file = tmp_path / "stage-chat.gguf"
    made = Card(str(file), "mine", "llama", "chat", (), 1, "F16", 64, 9, True, 1, "")
    own.offer_models([Shelved(file, made), Shelved(tmp_path / "none.gguf")])
    own.cast("iris")
    own.title.setText("Two of a name")
    scene = own.made()
    assert scene.models == {"stage-chat-2": str(file)}
    assert scene.title == "Two of a name"


def test_a_card_that_cannot_be_read_is_said(shown: Any, loop: Any, tmp_path: Path) -> None:
    made = shown(NewPlay())
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    loop.run(made.own.bring_in([str(broken)]))
    assert "broken.json" in made.error.text()


def test_the_rule_is_chosen_and_a_group_is_greeted_as_one(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    own = shown(NewPlay()).own
    mira = {**MIRA, "first_mes": "", "group_only_greetings": ["Hello all."]}
    loop.run(own.bring_in([card(tmp_path, mira), card(tmp_path, TOBIN)]))
    assert own.made().rule == "natural"
    own.rule.setCurrentIndex(own.rule.findText("natural order, as SillyTavern draws it"))
    assert (own.made().rule, own.made().params) == ("natural", {"preset": "st"})
    own.rule.setCurrentIndex(own.rule.findData("manual"))
    own.greeting.setCurrentIndex(own.greeting.findData("mira"))
    (opening,) = own.made().opening
    assert (own.made().rule, opening.text) == ("manual", "Hello all.")
    own.cast("tobin", "human")
    assert own.made().opening[0].text == "Who is it?"


def test_a_play_of_prose_and_the_keyboard_comes_to_whoever_was_cast(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    made = shown(NewPlay())
    own = made.own
    loop.run(own.bring_in([card(tmp_path, TOBIN)]))
    own.frame.setCurrentIndex(own.frame.findData("prose"))
    cast = own.made().cast
    assert [each.actor.frame for each in cast] == ["prose", "prose"]
    actor = own._cast["tobin"].actor
    loop.settle()
    made.kinds[0].setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
    assert made.focusWidget() is actor
    for stop in (own.add, own.write, own.bring, own.more, own.you, own.about, own.frame):
        while made.focusWidget() is not stop:
            QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
            assert made.focusWidget() not in (made.begin, made.kinds[0])


def test_a_card_that_is_broken_keeps_no_other_out(shown: Any, loop: Any, tmp_path: Path) -> None:
    made = shown(NewPlay())
    (tmp_path / "broken.json").write_text('{"spec": "chara_card_v2", "data": {"name": "Bro')
    loop.run(made.own.bring_in([str(tmp_path / "broken.json"), card(tmp_path, TOBIN)]))
    assert [each.label for each in made.own.made().cast] == ["Tobin", "Guest"]
    assert "broken.json is not readable JSON" in made.error.text()
    seen = made.own.setting
    loop.until(lambda: made.own.rect().contains(seen.geometry()))


def test_a_card_is_cast_where_it_is_dropped(shown: Any, loop: Any, tmp_path: Path) -> None:
    made = shown(NewPlay())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(card(tmp_path, TOBIN))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    made.own.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, button, keys))
    loop.until(lambda: "tobin" in made.own._cast)


def test_a_long_description_makes_the_dialog_no_wider(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    made = shown(NewPlay())
    wide = made.width()
    loop.run(made.own.bring_in([card(tmp_path, MIRA | {"description": "You sweep stairs. " * 60})]))
    loop.until(lambda: made.own.rect().contains(made.own.setting.geometry()))
    assert made.width() == wide
    assert made.rect().contains(made.begin.geometry())


def test_what_everybody_may_know_of_oneself_is_in_the_play(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    own = shown(NewPlay()).own
    loop.run(own.bring_in([card(tmp_path, MIRA)]))
    own.be("Rowan", "a deserter with a limp")
    (_, me) = own.made().cast
    assert (me.label, me.human, me.persona.public) == ("Rowan", True, "a deserter with a limp")


def test_who_plays_one_of_the_cast_is_nobody_else_beside_it(
    shown: Any, loop: Any, tmp_path: Path
) -> None:
    own = shown(NewPlay()).own
    loop.run(own.bring_in([card(tmp_path, MIRA), card(tmp_path, TOBIN)]))
    actor = own._cast["tobin"].actor
    actor.setCurrentIndex(actor.findData("human"))
    actor.activated.emit(actor.currentIndex())
    assert [each.label for each in own.made().cast] == ["Mira", "Tobin"]
    own.you.setText("Rowan")
    actor.activated.emit(actor.currentIndex())
    assert [each.label for each in own.made().cast] == ["Mira", "Tobin", "Rowan"]
