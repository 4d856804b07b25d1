"""stage purge: it asks, and in a pipe it wants --yes."""

from tests.app.commands.test_bin import deleted


def test_a_purge_wants_a_word_for_it_and_leaves_a_sound_library(stage, tmp_path):
    path = tmp_path / "library.db"
    play, (kept, gone, below) = deleted(path)
    before = path.read_bytes()
    said = stage("purge", play)
    assert said.code == 2
    assert "--yes" in said.err
    assert "can be undone after it" in said.err
    looked = stage("purge", play, "--dry-run").out
    assert "To be purged: 2 lines" in looked
    assert "can be undone after it" in looked
    assert path.read_bytes() == before
    said = stage("purge", play, "--yes", "--json")
    assert said.code == 0, said.err
    (row,) = said.rows
    assert (row["event"], row["lines"], row["kept"]) == ("purged", [gone, below], [])
    assert b"gone for now" not in path.read_bytes()
    assert stage("check", "--deep").out.startswith("Sound")
    assert [row["id"] for row in stage("tree", play, "--json").rows if not row["hidden"]] == [kept]
    assert "[hidden] [purged]" in stage("tree", play).out
    assert "To be purged: 0 lines." in stage("purge", play, "--yes").out
    assert stage("undo", play).code == 2
