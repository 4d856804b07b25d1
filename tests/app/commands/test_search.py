"""stage search."""

import asyncio

from stage.store.library import Library
from tests.store.making import forest


def test_lines_are_found(stage, tmp_path):
    async def make() -> str:
        library = await Library.open(tmp_path / "library.db")
        made = await forest(library, [0, 0, 1, 2])
        await library.close()
        return made.play

    play = asyncio.run(make())
    said = stage("search", "line", "speaker:Bo", "--play", play, "--json")
    assert said.code == 0, said.err
    assert [row["speaker"] for row in said.rows] == ["Bo"] * 2
    assert set(said.rows[0]) >= {"id", "play", "title", "speaker", "model", "text", "made"}
    assert "The lighthouse" in stage("search", "line 2").out
    whole = stage("search", "kind:speech line", "--json").rows  # one word to the shell
    assert [row["kind"] for row in whole] == ["speech"] * 2
    assert stage("search", "play:The lighthouse", "--json").rows[0]["play"] == play
    assert "No line fits" in stage("search", "speaker:Nobody At All").err
    for bad in (("!",), ("line", "--play", "x"), ("line", "--limit", "0")):
        assert stage("search", *bad).code == 2
