"""What is done to whole plays is said, with the way back."""

from __future__ import annotations

from typing import Any

import pytest

from stage.director.repertoire import Repertoire
from stage.ui.library.keeper import Keeper


class Heard:
    def __init__(self, keeper: Keeper) -> None:
        self.done: list[tuple[str, str]] = []
        self.failed: list[str] = []
        keeper.done.connect(lambda said, play: self.done.append((said, play)))
        keeper.failed.connect(self.failed.append)


@pytest.fixture
def keeper(stacks: Any) -> Keeper:
    return Keeper(stacks.desk, stacks.desk.session)


def row(stacks: Any, loop: Any) -> Any:
    return loop.run(stacks.director.librarian.plays())[0]


def test_a_play_is_renamed_archived_discarded_and_taken_back(
    keeper: Keeper, stacks: Any, loop: Any
) -> None:
    heard, play = Heard(keeper), stacks.made.play
    stacks.desk.session.show(loop.run(stacks.director.open(play)))
    keeper.rename(play, "  The   sea ")
    loop.until(lambda: len(heard.done) == 1)
    assert heard.done[0] == ("The play is called “The sea” now.", play)
    keeper.archive(play, "The sea", on=True)
    loop.until(lambda: len(heard.done) == 2)
    assert row(stacks, loop).archived
    keeper.discard(play, "The sea")
    assert stacks.desk.session.play is None
    loop.until(lambda: len(heard.done) == 3)
    assert row(stacks, loop).discarded
    keeper.undo(play)
    loop.until(lambda: len(heard.done) == 4)
    assert not row(stacks, loop).discarded
    assert heard.done[-1] == ("Undone: deletion of the play.", "")
    keeper.redo(play)
    loop.until(lambda: row(stacks, loop).discarded)
    keeper.take_out(play, "The sea")
    loop.until(lambda: not row(stacks, loop).discarded)
    keeper.rename(play, " ")
    loop.until(lambda: heard.failed == ["The title is empty; write title=TITLE."])


def test_lines_come_back_or_go_for_good(keeper: Keeper, stacks: Any, loop: Any) -> None:
    heard, made = Heard(keeper), stacks.made
    (hit,) = loop.run(made.library.search("lamp"))
    loop.run(stacks.director.do(made.play, "delete", {"line": hit.id}))
    keeper.restore(made.play, hit.id)
    loop.until(lambda: len(heard.done) == 1)
    assert row(stacks, loop).lines == 2
    loop.run(stacks.director.do(made.play, "delete", {"line": hit.id}))
    keeper.purge_line(made.play, hit.id)
    loop.until(lambda: len(heard.done) == 2)
    assert heard.done[-1][0].startswith("2 lines purged.")
    loop.run(made.say(made.root, "More."))
    stacks.director._repertoire = Repertoire()
    keeper.purge_all(made.play)
    loop.until(lambda: len(heard.done) == 3)
    assert loop.run(made.library.search("more is:any")) == []
