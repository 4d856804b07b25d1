"""stage bin."""

import asyncio

from stage.store.library import Library
from tests.store.making import stock


def deleted(path) -> tuple[str, list[str]]:
    """A play with one line kept, and two in the bin; their ids."""

    async def make() -> tuple[str, list[str]]:
        library = await Library.open(path)
        made = await stock(library)
        kept = await made.say(made.root, "kept")
        gone = await made.say(kept.id, "gone for now")
        below = await made.say(gone.id, "gone with it")
        await library.hide(made.play, gone.id)
        await library.close()
        return made.play, [kept.id, gone.id, below.id]

    return asyncio.run(make())


def test_what_was_deleted_is_listed_and_comes_back(stage, tmp_path):
    play, (kept, gone, below) = deleted(tmp_path / "library.db")
    said = stage("bin", play, "--json")
    assert said.code == 0, said.err
    (row,) = said.rows
    assert (row["id"], row["below"], row["speaker"]) == (gone, 1, "Bo")
    assert "[1 below]: gone for now" in stage("bin", play).out
    rows = {row["id"]: row["hidden"] for row in stage("tree", play, "--json").rows}
    assert rows == {kept: False, gone: True, below: True}
    assert stage("plays", "--json").rows[0]["lines"] == 1
    assert stage("do", "restore", "--line", gone).code == 0
    assert "The bin is empty." in stage("bin", play).err
    assert stage("plays", "--json").rows[0]["lines"] == 3
