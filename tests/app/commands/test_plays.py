from tests.app.commands.conftest import started


def test_plays_are_listed(played, stage):
    rows = stage("plays", "--json").rows
    assert [(row["id"], row["title"], row["lines"]) for row in rows] == [
        (played[-1]["play"], "The stairs", 10)
    ]
    assert "The stairs" in stage("plays").out


def test_reading_never_makes_a_library(tmp_path):
    said = started(("plays",), tmp_path / "library.db", tmp_path)
    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1
    assert list(tmp_path.glob("library*")) == []


def test_a_read_only_library_is_read_but_not_written(played, stage, shipped, tmp_path):
    library = tmp_path / "library.db"
    library.chmod(0o444)
    before = library.read_bytes()
    assert stage("plays").code == 0
    said = stage("play", shipped / "scenes" / "1-base.toml", "--turns", 1)
    assert said.code == 2
    assert "read-only" in said.err
    assert library.read_bytes() == before
