"""The form of an entry: filled without saying so, and saying what is changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtTest import QTest

from stage.ui.dialogs.lore_entry import EntryForm


def test_it_says_which_field_was_changed_and_nothing_while_it_is_filled(shown: Any) -> None:
    made, said = shown(EntryForm(), 500, 500), list[tuple[str, object]]()
    made.changed.connect(lambda name, value: said.append((name, value)))
    made.more.click()
    made.show_entry({"name": "lamp", "keys": ["oil"], "content": "Out.", "priority": 2.5})
    assert said == []
    assert (made.value("keys"), made.value("priority"), made.value("place")) == (
        "oil", "2.5", "before",
    )  # fmt: skip
    QTest.keyClicks(made.fields["priority"], "1")
    made.fields["whole"].click()
    assert said == [("priority", "12.5"), ("whole", True)]
    made.show_entry(None)
    assert not any(each.isEnabled() for each in made.fields.values())
