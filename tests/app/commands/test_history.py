"""stage history and stage tree --when."""

from tests.app.commands.test_bin import deleted


def test_what_happened_is_told_and_any_moment_can_be_looked_at(stage, tmp_path):
    path = tmp_path / "library.db"
    play, (kept, gone, below) = deleted(path)
    before = path.read_bytes()
    said = stage("history", play, "--json")
    assert said.code == 0, said.err
    assert [row["kind"] for row in said.rows] == ["play", "line", "line", "line", "hide"]
    assert said.rows[1]["words"] == "Bo: kept"
    events = [row["event"] for row in said.rows]
    assert len(stage("history", play, "--all").out.splitlines()) >= len(events)
    rows = stage("tree", play, "--when", events[2], "--json").rows
    assert [row["id"] for row in rows] == [kept, gone]
    rows = stage("tree", play, "--when", events[3], "--json").rows
    assert {row["id"]: row["hidden"] for row in rows} == {kept: False, gone: False, below: False}
    rows = stage("tree", play, "--when", "2999-01-01T10:00", "--json").rows
    assert [row["hidden"] for row in rows] == [False, True, True]
    for when in ("1999-01-01", "yesterday", 99):
        assert stage("tree", play, "--when", when).code == 2
    assert path.read_bytes() == before
