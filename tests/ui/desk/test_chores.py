"""Chores go on beside everything else, tell how far they are, and end in words."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from stage.director.exporting import Wanted
from stage.formats import FORMATS
from stage.ui.desk.chores import Chore


def ended(stacks: Any, loop: Any) -> Chore:
    chores = stacks.desk.chores
    loop.until(lambda: all(each.state in ("done", "failed") for each in chores.all))
    found: Chore = chores.all[0]
    return found


def test_an_export_comes_in_again_with_its_losses(stacks: Any, loop: Any, tmp_path: Path) -> None:
    chores, made = stacks.desk.chores, stacks.made
    taken: list[str] = []
    chores.taken.connect(taken.append)
    file = tmp_path / "loom.json"
    chores.export(Wanted(made.play, "loomsidian"), "The lighthouse", file)
    assert chores.all[0].state == "running"
    written = ended(stacks, loop)
    assert (written.state, written.said.startswith(f"Written: {file}")) == ("done", True)
    assert any("tokens" in row for row in written.rows)
    chores.take_in(file)
    read = ended(stacks, loop)
    assert "2 lines" in read.said
    assert taken == [read.play]
    chores.dismiss(read)
    assert chores.all == []


def test_a_file_of_nobody_is_refused_in_words(stacks: Any, loop: Any, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("words")
    stacks.desk.chores.take_in(file)
    assert "no format that Stage reads" in ended(stacks, loop).said


def test_check_and_backup_end_in_words(stacks: Any, loop: Any) -> None:
    chores = stacks.desk.chores
    chores.check()
    assert ended(stacks, loop).said == "Sound: 1 play, 2 lines, 1 take."
    chores.back_up()
    assert "backups" in ended(stacks, loop).said
    made = stacks.made

    def spoil(connection: Any) -> None:
        connection.execute("UPDATE message SET text = 'x' WHERE text LIKE 'The lamp%'")

    loop.run(made.library._desk.write(spoil))
    chores.check()
    found = ended(stacks, loop)
    assert found.state == "failed"
    assert "was altered" in found.rows[0]


def test_an_import_can_be_stopped_while_it_reads(
    stacks: Any, loop: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    chores, going, go_on = stacks.desk.chores, threading.Event(), threading.Event()
    real = FORMATS["loomsidian"].find

    def slow(file: Any) -> Any:
        going.set()
        go_on.wait(60)
        return real(file)  # type: ignore[misc]

    file = tmp_path / "loom.json"
    chores.export(Wanted(stacks.made.play, "loomsidian"), "x", file)
    ended(stacks, loop)
    object.__setattr__(FORMATS["loomsidian"], "find", slow)
    try:
        chores.take_in(file)
        loop.until(going.is_set)
        chores.stop(chores.all[0])
        assert chores.all[0].state == "stopping"
        go_on.set()
        assert ended(stacks, loop).said == "It was stopped; nothing was changed."
    finally:
        object.__setattr__(FORMATS["loomsidian"], "find", real)
    assert len(loop.run(made_plays(stacks))) == 1


async def made_plays(stacks: Any) -> Any:
    return await stacks.director.plays()
