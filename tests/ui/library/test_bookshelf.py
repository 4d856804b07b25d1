"""What the pages of the library ask for is read and done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from stage.kit.errors import KnownError
from stage.ui.dialogs.export import Export
from stage.ui.dialogs.sure import Sure
from stage.ui.dialogs.text import AskText
from stage.ui.views.library import Library


@pytest.fixture
def view(stacks: Any, loop: Any, shown: Any) -> Library:
    made: Library = shown(Library(stacks.desk), 1000, 600)
    loop.until(lambda: made.plays.rows.rowCount() == 1)
    return made


def dialog(view: Library, kind: type[QDialog], loop: Any) -> Any:
    found: Callable[[], list[Any]] = lambda: [  # noqa: E731
        each for each in view.findChildren(kind) if each.isVisible()
    ]
    loop.until(lambda: bool(found()))
    return found()[0]


def test_the_place_and_the_facts_are_read(view: Any, stacks: Any, loop: Any) -> None:
    assert view._folder.text() == str(stacks.made.library.path)
    loop.until(lambda: view.plays.rows.index(0, 2).data() == "1")
    assert view.plays.rows.index(0, 3).data() == "stage-base"


@pytest.mark.parametrize("page", ["plays", "bin", "history"])
def test_what_is_slow_or_cannot_be_read_is_said_and_tried_again(
    page: str, stacks: Any, loop: Any, shown: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    librarian, gate = stacks.director.librarian, asyncio.Event()
    asked, works = {"plays": "plays", "bin": "bin", "history": "history"}[page], list[bool]()
    real = getattr(librarian, asked)

    async def reads(*given: Any) -> Any:
        await gate.wait()
        if not works:
            raise KnownError("The disk has a fault; check it.")
        return await real(*given)

    monkeypatch.setattr(librarian, asked, reads)
    stacks.desk.session.show(loop.run(stacks.director.open(stacks.made.play)))
    view: Any = shown(Library(stacks.desk), 1000, 600)
    view.go(page)
    body = {"plays": view.plays, "bin": view.bin, "history": view.past}[page].body
    loop.until(lambda: "Reading" in body.nothing.accessibleName())
    gate.set()
    loop.until(lambda: "The disk has a fault" in body.nothing.accessibleName())
    works.append(True)
    body.nothing.act.click()
    loop.until(lambda: body.shows or "bin is empty" in body.nothing.accessibleName())


def test_a_play_is_renamed_after_asking(view: Any, stacks: Any, loop: Any) -> None:
    view.plays.choose(stacks.made.play)
    view.plays.buttons["rename"].click()
    asked = dialog(view, AskText, loop)
    asked.field.setText("The sea")
    asked.accept()
    loop.until(lambda: view.plays.rows.index(0, 0).data() == "The sea")
    assert "The sea" in view.notice.words.text()
    view.notice.act.click()
    loop.until(lambda: view.plays.rows.index(0, 0).data() == "The lighthouse")


def test_a_play_is_exported_after_asking(view: Any, stacks: Any, loop: Any, tmp_path: Path) -> None:
    view.plays.choose(stacks.made.play)
    view.plays.buttons["export"].click()
    asked = dialog(view, Export, loop)
    asked.file.setText(str(tmp_path / "out.md"))
    asked.write.click()
    loop.until(lambda: (tmp_path / "out.md").exists())
    loop.until(lambda: stacks.desk.chores.all[0].state == "done")


def test_the_bin_restores_and_purges_only_when_sure(view: Any, stacks: Any, loop: Any) -> None:
    made = stacks.made
    (hit,) = loop.run(made.library.search("lamp"))
    loop.run(stacks.director.do(made.play, "delete", {"line": hit.id}))
    view.go("bin")
    loop.until(lambda: view.bin.rows.rowCount() == 1)
    view.bin.gone.click()
    asked = dialog(view, Sure, loop)
    said = " ".join(each.text() for each in asked.findChildren(QLabel))
    assert "nor any step made in the play before" in said
    asked.reject()
    loop.settle()
    view.bin.back.click()
    loop.until(lambda: view.bin.rows.rowCount() == 0)
    loop.run(stacks.director.do(made.play, "discard", {}))
    loop.until(lambda: view.bin.rows.rowCount() == 1)
    view.bin.gone.click()
    dialog(view, Sure, loop).yes.click()
    loop.until(lambda: "purged" in view.notice.words.text())
    assert loop.run(made.library.search("lamp is:any")) == []


def test_history_is_of_the_chosen_play_and_its_past_can_be_read(
    view: Any, stacks: Any, loop: Any
) -> None:
    view.plays.choose(stacks.made.play)
    view.plays.buttons["history"].click()
    loop.until(lambda: view.past.rows.rowCount() == 3)
    loop.until(lambda: view.past.banner.text().startswith("As it is now: 2 lines"))
    view.past.list.setCurrentIndex(view.past.rows.index(1))
    loop.until(lambda: "1 line. Read only." in view.past.banner.text())
    assert "never gone out" in view.past.text.toPlainText()
    view.past.back.click()
    loop.until(lambda: view.past.rows.rowCount() == 4)
    assert view.past.rows.index(0).data() == "Undone: line of Ada"
    assert view.past.forth.isVisible()
