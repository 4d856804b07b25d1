from __future__ import annotations

from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from stage.play.persona import BOOK, EDITABLE
from stage.ui.desk.desk import Desk
from stage.ui.members.card import FIELDS, CardEditor
from stage.ui.members.casting import Casting
from stage.ui.widgets.paragraph import MOST, Paragraph
from stage.ui.widgets.typed import ROW
from tests.ui.helpers import Part


def made_for(desk: Desk, shown: Any) -> CardEditor:
    made: CardEditor = shown(CardEditor(Casting(desk, desk.session)), 700, 500)
    made.refresh()
    return made


def test_every_text_of_a_card_can_be_edited_and_only_what_changed_is_kept(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    assert set(FIELDS) == set(EDITABLE)
    made = made_for(desk, shown)
    assert made.texts()["description"] == "You count things."
    assert not made.keep.isEnabled()
    QTest.keyClicks(made.fields["tags"], "sums, <b>")
    made.fields["alternate_greetings"].setPlainText("One.\n---\nTwo.")  # type: ignore[union-attr]
    assert made.keep.isEnabled()
    assert made._state.text() == "Changed: Tags; Other greetings."
    made.keep.click()
    loop.settle()
    (asked,) = [each for each in part.asked if each[:2] == ("do", "edit_persona")]
    assert asked[2]["member"] == "Ada"
    assert asked[2]["fields"] == {
        "tags": "sums, <b>", "alternate_greetings": "One.\n---\nTwo.",
    }  # fmt: skip


def test_what_was_typed_stays_with_the_member_it_was_typed_for(desk: Desk, shown: Any) -> None:
    made = made_for(desk, shown)
    made.fields["nickname"].setText("A")  # type: ignore[union-attr]
    made._casting.choose("ben")
    made.refresh()
    assert (made.texts()["nickname"], made.changed()) == ("", {})
    made._casting.choose("ada")
    made.refresh()
    assert made.changed() == {"nickname": "A"}
    made.back.click()
    assert made.changed() == {}
    made._put_book({"entries": [{"content": "x"}]})
    made._typed()
    assert made._entries.text() == "1 entry"
    assert list(made.changed()) == [BOOK]
    desk.session.show(None)
    made.refresh()
    assert not made.isEnabled()


def test_a_page_grows_up_to_a_limit(shown: Any) -> None:
    page = shown(Paragraph("x", None), 300)  # type: ignore[arg-type]
    low = page.height()
    page.setPlainText("row\n" * 3)
    middle = page.height()
    page.setPlainText("row\n" * 40)
    assert low < middle < page.height() <= MOST * page.fontMetrics().lineSpacing() + 22


def test_a_row_keeps_what_it_does_not_show_until_it_is_typed_in(desk: Desk, shown: Any) -> None:
    made, long = made_for(desk, shown), "x" * (3 * ROW)
    made._fill({**made.texts(), "nickname": long})
    assert made.texts()["nickname"] == long
    row = made.fields["nickname"]
    assert isinstance(row, QLineEdit)
    assert len(row.text()) == ROW
    row.setText("y")
    assert made.texts()["nickname"] == "y"
