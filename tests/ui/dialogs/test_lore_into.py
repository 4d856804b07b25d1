"""A lorebook from a file goes where it is wanted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stage.formats.lorebooks import Lorebook
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.lore import LoreEditor
from stage.ui.dialogs.lore_into import LoreInto
from stage.ui.widgets.labels import Elided
from stage.ui.window.window import Window
from tests.ui.dialogs.test_opening import open_dialog
from tests.ui.helpers import Part

ENTRIES = [{"keys": ["lamp"], "content": "<b>oil</b>", "comment": "The <b>lamp</b>"}]
WORLD = {"entries": {"0": {"key": ["lamp"], "content": "It burns oil.", "comment": "The lamp"}}}


def test_it_is_for_the_play_unless_a_member_is_chosen(desk: Desk, shown: Any) -> None:
    found = Lorebook("Harbour", {"entries": ENTRIES}, ("recursion",))
    made = shown(LoreInto(found, "world.json", desk.session.cast), 480, 300)
    assert made.keys == {"book": {"entries": ENTRIES}}
    said = [each.text() for each in made.findChildren(Elided)]
    assert said == ["1 entry of Harbour", "The <b>lamp</b>"]
    made.into.setCurrentIndex(made.into.findText("Ben"))
    assert made.keys["member"] == "Ben"


def test_a_file_that_arrives_is_asked_about_and_added(
    desk: Desk, part: Part, shown: Any, loop: Any, tmp_path: Path
) -> None:
    window = shown(Window(desk), 1100, 700)
    file = tmp_path / "world.json"
    file.write_text(json.dumps(WORLD))
    desk.wishes.file.emit(str(file))
    dialog = open_dialog(window, LoreInto, loop)
    dialog.into.setCurrentIndex(dialog.into.findText("Ada"))
    dialog.accept()
    loop.until(lambda: any(each[:2] == ("do", "lore") for each in part.asked))
    (given,) = [each[2] for each in part.asked if each[:2] == ("do", "lore")]
    assert (given["member"], given["line"]) == ("Ada", "b1")
    assert given["book"]["entries"][0]["keys"] == ["lamp"]
    desk.session.show(None)
    desk.wishes.file.emit(str(file))
    loop.until(lambda: "open the play that it is for first" in window.foot.notice.text())


def test_the_plays_own_book_is_edited_where_something_was_changed(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    window = shown(Window(desk), 1100, 700)
    for adds in (False, True):
        window.menus.do("lore")
        editor = open_dialog(window, LoreEditor, loop)
        if adds:
            editor.add.click()
            editor.form.fields["content"].setPlainText("The harbour is closed.")
        editor.accept()
        loop.until(lambda: not window.findChildren(LoreEditor))
        assert any(each[:2] == ("do", "lore") for each in part.asked) is adds
    (given,) = [each[2] for each in part.asked if each[:2] == ("do", "lore")]
    assert (given["replace"], given["line"]) == (True, "r")
    assert given["book"]["entries"][0]["content"] == "The harbour is closed."
