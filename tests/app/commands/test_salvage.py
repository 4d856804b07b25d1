"""stage salvage: a damaged library gives what it still holds."""

import asyncio

from stage.store.library import Library
from tests.store.making import stock


def test_what_a_damaged_library_holds_is_copied(stage, tmp_path):
    path = tmp_path / "library.db"

    async def make() -> list[str]:
        library = await Library.open(path)
        made = await stock(library)
        ids = []
        for number in range(30):
            ids.append((await made.say(made.root, f"line {number} " + "x" * 500)).id)
        await library.close()
        return ids

    ids = asyncio.run(make())
    data = bytearray(path.read_bytes())
    page = data.index(b"line 12 xx") // 4096 * 4096
    data[page : page + 8] = b"\xff" * 8
    path.write_bytes(data)
    checked = stage("check")
    assert checked.code == 1
    assert "salvage" in checked.err
    said = stage("salvage", path, "--into", tmp_path / "new.db", "--json")
    assert said.code == 0, said.err
    play, whole = said.rows
    assert whole["problems"] == []
    assert 15 < play["lines"] == whole["lines"] < 30
    assert play["lost"] == 30 - play["lines"]
    (row,) = stage("plays", "--json", library=tmp_path / "new.db").rows
    rows = stage("tree", row["id"], "--json", library=tmp_path / "new.db").rows
    assert {each["id"] for each in rows} < {*ids}
    assert stage("salvage", path, "--into", tmp_path / "new.db").code == 2
    assert path.read_bytes() == data
