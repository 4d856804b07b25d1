from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from stage.director.opened import OpenPlay
from stage.director.wardrobe import text_scene
from stage.play.line import Kind, Line
from stage.play.tree import Tree
from stage.ui.desk.desk import Desk
from stage.ui.pacing.slices import Slices
from stage.ui.views import path
from stage.ui.views.path import PathView, passage, passages
from stage.ui.widgets.page import Passage
from tests.ui import looking
from tests.ui.helpers import Part, line, play


@pytest.fixture
def view(desk: Desk, shown: Any, loop: Any) -> PathView:
    made = shown(PathView(desk), 900, 600)
    loop.until(lambda: not made.page._slices.busy)
    return made


def ids(view: PathView) -> list[str]:
    return [each.id for each in view.page.passages]


def test_it_reads_the_branch_of_the_current_lane(view: PathView, desk: Desk, loop: Any) -> None:
    assert ids(view) == ["a", "b1"]
    desk.session.move(0, "c")
    loop.until(lambda: ids(view) == ["a", "b2", "c"])
    assert view.heading._counted.text() == "3 lines, 5 words"


def test_small_print_says_where_words_came_from() -> None:
    made = play(
        line("a", "r", "First.", order=1),
        line("b", "a", "The lamp.", "ben", kind=Kind.NARRATION, order=2, model=None, reason=None,
             generated=0, labels={"chapter": "Two"}),
    )  # fmt: skip
    first, second = (passage(made, each) for each in made.path("b"))
    assert (first.name, first.facts) == ("Ada", "stage-base")
    assert (second.name, second.quiet, second.chapter) == ("", True, "Two")


def test_a_text_is_read_as_one_text_parted_by_its_chapters() -> None:
    scene = text_scene("", {"base": "stage-base"})
    me = scene.cast.members[0].id
    lines = [
        line("a", "r", "The ship", me, order=1),
        line("b", "a", "s came in.", me, order=2, model=None, reason=None, generated=0),
        line("c", "b", " Then", me, order=3, labels={"chapter": "Two"}),
        line("d", "c", " nothing.", me, order=4),
    ]
    made = OpenPlay("p", scene, "", 7, Tree([line("r", None, speaker=None), *lines]), {})
    found = list[Passage]()
    read = Slices()
    read.start(passages(made, made.path("d")), found.extend)
    assert found == [
        Passage("a", "", "", "The ships came in."),
        Passage("c", "", "", " Then nothing.", chapter="Two"),
    ]


def test_what_is_said_meanwhile_is_read_after_what_was_there(
    view: PathView, desk: Desk, loop: Any, monkeypatch: pytest.MonkeyPatch, in_slices: None
) -> None:
    held, made_of = [True], path.passages

    def slowly(play: OpenPlay, lines: Sequence[Line]) -> Generator[None, None, list[Passage]]:
        while held[0]:
            yield
        return (yield from made_of(play, lines))

    monkeypatch.setattr(path, "passages", slowly)
    desk.session.move(0, "c")
    desk.session.move(0, "b1")
    assert view._slices.busy
    held[0] = False
    loop.until(lambda: not view._slices.busy and not view.page._slices.busy)
    assert ids(view) == ["a", "b1"]


def test_nothing_is_written_while_nobody_looks(view: PathView, desk: Desk, loop: Any) -> None:
    view.hide()
    desk.session.move(0, "c")
    loop.settle()
    assert ids(view) == ["a", "b1"]
    view.show()
    loop.until(lambda: ids(view) == ["a", "b2", "c"])


def test_read_or_verbatim_is_kept(view: PathView, desk: Desk, shown: Any) -> None:
    assert view.heading.read.isChecked()
    view.heading.verbatim.click()
    assert view.heading.verbatim.isChecked()
    assert not shown(PathView(desk), 700, 400).heading.read.isChecked()
    view.switch()
    assert view.heading.read.isChecked()


def test_the_size_is_that_of_spoken_text(view: PathView, desk: Desk) -> None:
    desk.prefs.set("spoken_size", 20.0)
    assert view.page._size == 20.0


def test_without_a_play_or_a_line_there_is_a_sentence(
    view: PathView, part: Part, desk: Desk
) -> None:
    desk.session.show(None)
    assert view.body.nothing.isVisible()
    assert view.body.nothing.act.text() == "New play"
    desk.session.show(play())
    assert not view.body.nothing.isVisible()


def test_nothing_is_cut_in_the_smallest_window(view: PathView) -> None:
    view.resize(690, 560)
    assert not list(looking.clipped(view))
    assert not list(looking.out_of_sight(view))
    assert not list(looking.overlapping(view))


@pytest.mark.parametrize(
    ("form", "begins"), [("markdown", "# A test"), ("html", "<!DOCTYPE html>")]
)
def test_the_branch_is_saved_where_one_says(
    view: PathView, desk: Desk, part: Part, loop: Any, tmp_path: Path, form: str, begins: str
) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    view.heading.exports[form].click()
    (chooser,) = view.findChildren(QFileDialog)
    assert chooser.selectedFiles()[0].endswith(f"A test.{chooser.defaultSuffix()}")
    target = tmp_path / "out"
    desk.session.show(None)  # while the file was chosen
    chooser.filesSelected.emit([str(target)])
    chooser.close()
    loop.until(lambda: bool(said))
    assert said == ["The path is saved in out."]
    assert target.read_text().startswith(begins)
    view._save(part.play, "b1", form, str(tmp_path / "no" / "out"))
    loop.until(lambda: len(said) == 2)
    assert "cannot be written" in said[1]
