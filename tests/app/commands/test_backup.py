"""stage backup."""

import asyncio

from stage.store.library import Library
from tests.store.making import stock


def test_a_library_is_backed_up(stage, tmp_path):
    async def make() -> None:
        library = await Library.open(tmp_path / "library.db")
        await stock(library)
        await library.close()

    asyncio.run(make())
    (row,) = stage("backup", "--json").rows
    assert row["verified"]
    assert row["file"].startswith(str(tmp_path / "backups" / "library."))
    named = stage("backup", "--to", tmp_path / "copy.db")
    assert named.code == 0
    assert "verified" in named.out
    assert stage("plays", library=tmp_path / "copy.db").code == 0
    again = stage("backup", "--to", tmp_path / "copy.db")
    assert (again.code, again.out) == (1, "")
    (listed,) = stage("backup", "--list", "--json").rows
    assert listed["file"] == row["file"]
    (tmp_path / "library.db").write_bytes(b"\0" * 5000)
    lost = stage("plays")
    assert lost.code == 1
    assert row["file"] in lost.err
    back = stage("backup", "--restore", "--json")
    assert back.code == 0, back.err
    (kept,) = tmp_path.glob("library.db.damaged-*")
    assert back.rows[0]["aside"] == str(kept)
    assert kept.read_bytes() == b"\0" * 5000
    assert stage("check", "--deep").code == 0
    assert stage("backup", "--restore", tmp_path / "none.db").code == 2
    assert stage("backup", "--restore", library=tmp_path / "other.db").code == 2
