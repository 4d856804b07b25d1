"""stage check."""

import asyncio
import sqlite3

from stage.store.library import Library
from tests.store.making import forest


def test_sound_is_0_and_damage_is_1(stage, tmp_path):
    async def make() -> None:
        library = await Library.open(tmp_path / "library.db")
        await forest(library, [0, 0, 1, 2])
        await library.close()

    asyncio.run(make())
    said = stage("check", "--deep", "--json")
    assert (said.code, said.rows) == (
        0, [{"problem": None, "sound": True, "deep": True,
             "plays": 1, "lines": 4, "takes": 2, "deleted": 0}],
    )  # fmt: skip
    assert stage("check").out == "Sound: 1 play, 4 lines, 2 takes.\n"
    connection = sqlite3.connect(tmp_path / "library.db")
    connection.execute("UPDATE take SET seed = seed + 1 WHERE rid = 1")
    connection.execute("UPDATE message SET text = text || '.' WHERE rid = 2")
    connection.commit()
    (line,) = connection.execute("SELECT id FROM message WHERE rid = 2").fetchone()
    connection.close()
    said = stage("check")
    assert said.code == 1
    assert f"The line {line} was altered" in said.out
    said = stage("check", "--deep", "--json")
    assert said.code == 1
    assert any("how the line" in row["problem"] for row in said.rows)
