"""stage replay."""

import asyncio
import time

from stage.store.library import Library
from tests.store.making import stock


def test_a_branch_is_replayed(stage, tmp_path):
    async def make() -> str:
        library = await Library.open(tmp_path / "library.db")
        made = await stock(library)
        first = await made.say(made.root, "Who?", made=1.0)
        line = await made.take(first.id, 0, 1, 7)
        await library.close()
        return line.id

    line = asyncio.run(make())
    said = stage("replay", line, "--speed", "0", "--json")
    assert said.code == 0, said.err
    kinds = [row["event"] for row in said.rows]
    assert kinds == ["line", "end", "line", "token", "token", "token", "end"]
    assert (said.rows[0]["text"], said.rows[2]["speaker"]) == ("Who?", "Ada")
    assert said.rows[-1]["text"] == "the light."
    assert "".join(row["text"] for row in said.rows[3:6]) == " the light."
    began = time.monotonic()
    assert stage("replay", line, "--speed", "2").out == "Bo: Who?\nAda (stage-base): the light.\n"
    assert time.monotonic() - began > 0.5  # half a second of pause, a second of speech
    assert stage("replay", line, "--speed", "-1").code == 2
    at = stage("replay", line, "--at", "5", "--json").rows[0]
    assert (at["beat"], at["of"], at["number"], at["count"]) == (5, 7, 2, 2)
    assert (at["speaker"], at["text"]) == ("Ada", " the light")
    back = stage("replay", line, "--from", "6", "--to", "3", "--speed", "0", "--json").rows
    assert [row["beat"] for row in back] == [5, 4, 3]
    assert [row["text"] for row in back] == [".", " light", " the"]
    assert stage("replay", line, "--from", "6", "--to", "3").code == 2
    assert stage("replay", line, "--from", "4", "--speed", "0").out == " light.\n"
    assert stage("replay", "nobody").code == 2


def test_a_branch_is_performed_again_with_one_thing_changed(stage, played):
    line = next(row["id"] for row in reversed(played) if row["event"] == "line")
    play = played[-1]["play"]
    who = stage("line", line, "--json").rows[0]
    said = stage("replay", line, "--recast", who["label"], "sampler=greedy", "--json")
    assert said.code == 0, said.err
    *rows, last = said.rows
    assert [row["event"] for row in rows] == ["line"] * len(rows)
    assert (last["event"], last["complete"]) == ("replayed", True)
    parted = next(row for row in rows if row["difference"])
    assert (last["parted"], last["index"]) == (parted["id"], parted["difference"]["index"])
    assert stage("undo", play).out.startswith("undo: replay with")
    assert stage("replay", line, "--recast", who["label"], "sampler").code == 2
    assert stage("replay", line, "--recast", "Nobody", "seed=1").code == 2
