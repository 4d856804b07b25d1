"""How one's own words are meant."""

from __future__ import annotations

import json
from typing import Any

from stage.play.cast import Actor, ActorKind, Member
from stage.play.line import Kind
from stage.play.persona import persona
from stage.ui.composer.composer import Composer
from stage.ui.composer.meant import types_now
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part


def test_a_kind_and_who_hears_it_go_with_the_words(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 200)
    assert not composer.meant.ears.isVisible()
    composer.meant.kinds.setCurrentIndex(composer.meant.kinds.findData(Kind.THOUGHT))
    composer._refresh()
    assert not composer.meant.ears.isVisible(), "a thought is heard by nobody else"
    composer.meant.kinds.setCurrentIndex(composer.meant.kinds.findData(Kind.WHISPER))
    composer._refresh()
    assert composer.meant.ears.isVisible()
    assert composer.meant.ears.currentData() == "ada", "a whisper is for one other"
    composer.meant.ears.setCurrentIndex(composer.meant.ears.findData("ben"))
    composer.words.setPlainText("Come here.")
    composer.act()
    said = ("say", "b1", "guest", "Come here.", Kind.WHISPER, ("ben",))
    loop.until(lambda: said in part.asked)


def test_the_kind_goes_with_the_draft_and_is_plain_again_once_it_was_said(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 200)
    composer.words.setPlainText("Come here.")
    composer.meant.begin(Kind.WHISPER, "ben")
    composer.meant.changed.emit()
    saved = json.loads(json.dumps(desk.session.saved.of_play("p")))
    desk.session.saved.put_play("p", **saved)  # as it is read from its file
    again = shown(Composer(desk), 900, 200)
    assert (again.meant.kind, again.meant.to) == (Kind.WHISPER, "ben")
    again.act()
    loop.until(lambda: not again.words.toPlainText())
    assert (again.meant.kind, again.meant.to) == (None, None)
    assert desk.session.saved.of_play("p")["draft kind"] is None


def whispers(part: Part) -> list[tuple[Any, ...]]:
    return [each[3:] for each in part.asked if each[0] == "say"]


def test_a_whisper_that_is_kept_so_goes_on_for_the_lines_to_come(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    composer = shown(Composer(desk), 900, 200)
    meant = composer.meant
    assert not meant.kept.isVisible(), "plain speech is usual already"
    meant.begin(Kind.WHISPER, "ben")
    meant.changed.emit()
    assert meant.kept.isVisible()
    meant.kept.click()
    for said in ("One.", "Two."):
        composer.words.setPlainText(said)
        composer.act()
        loop.until(lambda: not composer.words.toPlainText())
    assert whispers(part) == [(each, Kind.WHISPER, ("ben",)) for each in ("One.", "Two.")]
    assert composer.words.placeholderText() == "Whisper to Ben as Guest"
    again = shown(Composer(desk), 900, 200)
    assert (again.meant.to, again.meant.kept.isChecked()) == ("ben", True), "after a restart, too"
    meant.kept.click()
    composer.words.setPlainText("Three.")
    composer.act()
    loop.until(lambda: not composer.words.toPlainText())
    assert (meant.kind, meant.kept.isChecked()) == (None, False)


def test_what_is_kept_for_one_who_is_gone_is_told_to_nobody_else(desk: Desk, shown: Any) -> None:
    composer = shown(Composer(desk), 900, 200)
    composer.meant.begin(Kind.WHISPER, "ben", kept=True)
    composer.meant.offer([each for each in desk.session.cast if each.id != "ben"])
    assert (composer.meant.kind, composer.meant.kept.isChecked()) == (None, False)


def test_whoever_one_plays_from_now_on_is_typed_as() -> None:
    def cast(*humans: str) -> list[Member]:
        by = {True: Actor(ActorKind.HUMAN), False: Actor(ActorKind.MODEL, "base")}
        return [Member(each, each, persona(each), by[each in humans]) for each in ("a", "b", "c")]

    assert types_now(cast("a"), cast("b"), "a") == "b", "recast from one to the other"
    assert types_now(cast("a"), cast(), "a") == "a", "nobody else to type as"
    assert types_now(cast(), cast("c"), "a") == "c"
    assert types_now(cast("a"), cast("a", "b"), "a") == "a"
    assert types_now(cast("a"), cast("a"), "c") == "c", "chosen by hand, and nobody was recast"
