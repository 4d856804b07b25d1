"""The cast view on a real house: edited, gone back, imported, undone, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from stage.play.sampling import PRESETS
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.views.cast import ENTRY, CastView
from tests.ui.helpers import Evening, Part, dropped, scene
from tests.ui.looking import OPEN, Pseudo, clipped, out_of_sight, overlapping, said

# Somebody's own words, names, numbers.
DATA = {"Ada", "Ben", "Guest", "base", "chat", "0.5", "temperature t=0.8", *PRESETS}
CARD = (
    '{"spec": "chara_card_v2", "spec_version": "2.0", "data": {"name": "Nell", '
    '"description": "You mend nets.", "first_mes": "Who is there?", "extensions": {}}}'
)


def tabs_to(view: CastView, wanted: QWidget) -> None:
    """Go on with Tab until a widget has the keyboard."""
    for _ in range(60):
        if wanted.hasFocus():
            return
        QTest.keyClick(view.window().focusWidget() or view, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.accessibleName()}")


def test_a_card_is_edited_and_gone_back_to_by_keyboard_alone(evening: Evening, loop: Any) -> None:
    evening.begin(scene())
    window, play = evening.window, evening.play
    window.activateWindow()
    window.menus.do("view-cast")
    loop.settle()
    view = window.panes.view("cast")
    assert isinstance(view, CastView)
    assert [view.rows.index(at).data() for at in range(3)] == ["Ada", "Ben", "Guest"]
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    assert view._name.text() == "Ben"
    field = view.card.fields["description"]
    tabs_to(view, field)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "You ask.")
    tabs_to(view, view.card.keep)
    QTest.keyClick(view.card.keep, Qt.Key.Key_Space)
    leaf = play.leaf
    loop.until(lambda: play.cast(leaf)["ben"].persona.private == "You ask.")
    assert play.scene.cast["ben"].persona.private == "You answer.", "earlier lines keep theirs"
    tabs_to(view, view.sides[1])
    QTest.keyClick(view.sides[1], Qt.Key.Key_Space)
    loop.until(lambda: view.versions.rows.rowCount() == 2)
    loop.until(lambda: "[+ask+]" in view.versions.text.toPlainText())
    view.versions.list.setFocus()
    QTest.keyClick(view.versions.list, Qt.Key.Key_Down)
    tabs_to(view, view.versions.revert)
    QTest.keyClick(view.versions.revert, Qt.Key.Key_Space)
    loop.until(lambda: play.cast(leaf)["ben"].persona.private == "You answer.")
    for wanted in ("You ask.", "You answer."):
        evening.desk.steps.undo()
        loop.until(lambda now=wanted: play.cast(leaf)["ben"].persona.private == now)


def test_a_card_dropped_takes_part_and_a_second_is_a_new_version(
    evening: Evening, loop: Any, tmp_path: Any
) -> None:
    evening.begin(scene())
    window, said = evening.window, list[str]()
    evening.desk.wishes.said.connect(said.append)
    window.menus.do("view-cast")
    view = window.panes.view("cast")
    (tmp_path / "nell.json").write_text(CARD)
    dropped(window, tmp_path / "nell.json")
    loop.until(lambda: any("Entrance of Nell" in each for each in said), 30)
    member = view.casting.member
    assert member is not None
    assert (member.label, member.actor.model) == ("Nell", "base")
    assert view._name.text() == "Nell"
    loop.until(lambda: view.add.findText("Marlow") >= 0 and view.add.findText("Nell") < 0)
    view.add.activated.emit(view.add.findText("Marlow"))
    loop.until(lambda: any("Entrance of Marlow" in each for each in said), 30)
    assert view.casting.member.label == "Marlow"
    (tmp_path / "ada.json").write_text(CARD.replace("Nell", "Ada"))
    loop.run(view.bring([str(tmp_path / "ada.json")]), 30)
    assert view.casting.member.label == "Ada"
    assert view.casting.member.persona.private == "You mend nets."
    (tmp_path / "bad.json").write_text("[]")
    (tmp_path / "pell.json").write_text(CARD.replace("Nell", "Pell"))
    loop.run(view.bring([str(tmp_path / each) for each in ("bad.json", "pell.json")]), 30)
    assert "no character card" in said[-1]
    assert view.casting.member.label == "Pell", "one that is broken keeps no other out"


def test_without_a_play_nobody_is_there_and_cards_come_in_all_the_same(
    desk: Desk, part: Part, shown: Any, loop: Any, tmp_path: Any
) -> None:
    desk.session.show(None)
    view = shown(ENTRY.build(desk), 900, 500)
    assert "no play is open" in view.body.nothing.accessibleName()
    assert view.body.nothing.isVisible()
    assert view._whole.isHidden()
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    (tmp_path / "nell.json").write_text(CARD)
    loop.run(view.bring([str(tmp_path / "nell.json")]), 30)
    assert said == ["The card is kept as nell."]
    desk.session.show(part.play)
    assert view._name.text() == "Ada"
    assert view._where.text() == "as of line 2, Ben: One."


def test_hidden_it_does_no_work(desk: Desk, shown: Any) -> None:
    view = shown(CastView(desk), 900, 500)
    for at in range(4):
        view.show_side(at)
    view.hide()
    view.rows.follow = lambda *_: (_ for _ in ()).throw(AssertionError("it worked while hidden"))
    desk.session.choose("a")
    assert view.mapToGlobal(QPoint()) is not None


@pytest.mark.parametrize("how", ["usual", "longer", "doubled"])
def test_nothing_is_cut_off_in_any_side_and_all_is_translated(
    how: str, desk: Desk, shown: Any, loop: Any, qapp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pseudo = Pseudo()
    if how == "longer":
        qapp.installTranslator(pseudo)
    if how == "doubled":
        monkeypatch.setattr(fonts, "POINTS", 2 * fonts.POINTS)
        qapp.setFont(fonts.interface())
    try:
        view = shown(CastView(desk), 940, 560)
        for at in range(4):
            view.show_side(at)
            loop.settle()
            found = [each for look in (clipped, out_of_sight, overlapping) for each in look(view)]
            assert found == []
            plain = {text for _, text in said(view) if OPEN not in text}
            known = {view.add.itemText(each) for each in range(view.add.count())}
            known |= {*desk.session.play.titles.values()}
            assert how != "longer" or plain <= DATA | known, at
    finally:
        qapp.removeTranslator(pseudo)
        monkeypatch.undo()
        qapp.setFont(fonts.interface())
