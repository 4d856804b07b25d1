"""Migrations: backed up first, whole or not at all, never from the future."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.migrations import Migrations

from stage.kit.errors import BadInput, BugError
from stage.store.file import migrations, schema
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.file.test_schema import state
from tests.store.making import stock

NEXT = schema.VERSION + 1


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """The next schema, as a later Stage would have it."""
    plan = Migrations(schema.SET)
    plan._migrations = list(migrations.migrations._migrations)
    monkeypatch.setattr(schema, "VERSION", NEXT)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "add_colour"))
    monkeypatch.setattr(migrations.apply, "__defaults__", (plan,))
    return plan


def test_an_older_library_is_backed_up_and_migrated(
    path: Path, opened: Open, request: pytest.FixtureRequest
) -> None:
    play = opened(stock).play
    plan = request.getfixturevalue("next_schema")

    @plan()
    def add_colour(db: Any) -> None:
        db.execute("ALTER TABLE play ADD COLUMN colour TEXT")

    async def look(library: Library) -> list[str]:
        assert await library._desk.read(lambda c: c.execute("PRAGMA user_version").fetchone()) == (
            NEXT,
        )
        await library._desk.read(lambda c: c.execute("SELECT colour FROM play").fetchall())
        assert await library.check() == []
        return [row.id for row in await library.plays()]

    assert opened(look) == [play]
    (copy,) = path.parent.glob(f"stage.pre-v{NEXT}.*.db")
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
    assert connection.execute("SELECT id FROM play").fetchall() == [(play,)]
    connection.close()


def test_reading_an_older_library_migrates_it_first(
    path: Path, opened: Open, request: pytest.FixtureRequest
) -> None:
    opened(stock)
    plan = request.getfixturevalue("next_schema")

    @plan()
    def add_colour(db: Any) -> None:
        db.execute("ALTER TABLE play ADD COLUMN colour TEXT")

    opened(lambda library: library.plays(), mode="read")
    assert schema.peek(path).version == NEXT


def test_a_migration_that_fails_changes_nothing(
    path: Path, opened: Open, request: pytest.FixtureRequest
) -> None:
    opened(stock)
    before = state(path)[0]
    plan = request.getfixturevalue("next_schema")

    @plan()
    def add_colour(db: Any) -> None:
        db.execute("ALTER TABLE play ADD COLUMN colour TEXT")
        db.execute("SELECT * FROM nothing_of_that_name")

    with pytest.raises(BugError, match="nothing_of_that_name"):
        opened(stock)
    assert state(path)[0] == before
    assert len(list(path.parent.glob(f"stage.pre-v{NEXT}.*.db"))) == 1


def test_a_migration_that_breaks_references_is_told(
    path: Path, opened: Open, request: pytest.FixtureRequest
) -> None:
    opened(stock)
    plan = request.getfixturevalue("next_schema")

    @plan()
    def add_colour(db: Any) -> None:
        db.execute("DELETE FROM persona")

    with pytest.raises(BugError, match="broken reference"):
        opened(stock)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM persona").fetchone() == (2,)
    connection.close()


def test_without_a_sound_backup_nothing_is_migrated(
    path: Path, opened: Open, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(stock)
    before = state(path)[0]
    request.getfixturevalue("next_schema")
    monkeypatch.setattr("stage.store.care.backup._differs", lambda *_: "it differs")
    with pytest.raises(Exception, match="it differs"):
        opened(stock)
    assert state(path)[0] == before


def test_schema_1_needs_no_newer_sqlite_and_is_strict_about_order(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    migrations.apply(connection)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    wanted = "message place take take_chunk take_end prompt model persona persona_version play " \
        "selection probe probe_answer label event run run_item message_fts vocabulary"  # fmt: skip
    assert set(wanted.split()) <= tables
    play = "INSERT INTO play (id, title, date, seed, made) VALUES ('p', '', '', 0, 0)"
    connection.execute(play)
    line = (
        "INSERT INTO message (rid, id, hash, play, parent, kind, status, made, text) "
        "VALUES (?, ?, ?, 1, ?, 'speech', 'complete', 0, '')"
    )
    connection.execute(line, (1, "a", "h1", None))
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(line, (2, "b", "h2", 2))
    connection.close()


ERAS = Path(__file__).resolve().parents[2] / "eras"


@pytest.mark.parametrize("era", sorted(ERAS.glob("v*.db")), ids=lambda era: era.stem)
def test_a_library_of_any_schema_opens_with_all_its_data(
    tmp_path: Path, opened: Open, era: Path
) -> None:
    copy = tmp_path / era.name
    copy.write_bytes(era.read_bytes())

    async def look(library: Library) -> None:
        assert await library.check() == []
        (play,) = await library.plays()
        assert (play.title, play.lines) == ("The lighthouse", 3)
        scene, date, seed = await library.scene(play.id)
        assert ([each.label for each in scene.cast], date, seed) == (["Ada", "Bo"], "2026-11-20", 7)
        tree = await library.tree(play.id)
        texts = [line.text for line in tree]
        assert texts == ["", "Who is there?", "the light turns", ",", "the light"]
        root = tree.root
        assert root is not None
        assert tree.leaf_under(root.id).text == "the light"
        assert [line.hidden for line in tree] == [False, False, False, True, False]
        assert [str(line.status) for line in tree][-1] == "interrupted"
        detail = await library.line(list(tree)[2].id)
        assert [token["text"] for token in detail.tokens] == [" the", " light", " turns"]
        assert detail.model is not None
        assert detail.model["identity"] == "id:1"

    opened(look, at=copy)
    assert schema.peek(copy).version == schema.VERSION
    kept = [*tmp_path.glob("*.pre-v*.db")]
    assert len(kept) == (era.stem != f"v{schema.VERSION}")
    assert [each.read_bytes()[60:64] == era.read_bytes()[60:64] for each in kept] == [True] * len(
        kept
    )


def test_schema_2_seals_what_had_no_hash(tmp_path: Path, opened: Open) -> None:
    copy = tmp_path / "v1.db"
    copy.write_bytes((ERAS / "v1.db").read_bytes())
    connection = sqlite3.connect(copy)
    events = connection.execute("SELECT count(*) FROM event").fetchone()
    connection.close()

    async def look(library: Library) -> None:
        count = "SELECT count(hash) FROM event"
        (sealed,) = await library._desk.read(lambda c: c.execute(count).fetchone())
        assert sealed == events[0] + 1  # the line that was being spoken is closed
        made = await stock(library)
        await made.take(made.root, 0, 1)
        assert await library.check() == []

    opened(look, at=copy)
    for statement in ("UPDATE event SET time = 1 WHERE seq = 3", "UPDATE model SET name = 'Two'"):
        connection = sqlite3.connect(copy)
        connection.execute(statement)
        connection.commit()
        connection.close()
    (event, model) = opened(lambda library: library.check(), at=copy)
    assert "event 3" in event
    assert "model id:1" in model


def test_a_file_that_another_program_made_newer_is_not_migrated(path: Path, opened: Open) -> None:
    opened(stock)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(BadInput, match="schema 99"):
        opened(stock)


def test_schema_5_keeps_what_models_made_of_lines(tmp_path: Path, opened: Open) -> None:
    copy = tmp_path / "v5.db"
    copy.write_bytes((ERAS / "v5.db").read_bytes())

    async def look(library: Library) -> None:
        (play,) = await library.plays()
        lines = [line.id for line in await library.tree(play.id) if line.text == "Who is there?"]
        (found,) = await library.scores(lines)
        assert (found.record.model, found.record.how) == ("id:1", "own frame")
        assert found.record.tokens.values() == [-1.5, -0.25]
        assert [found.piece(each.id) for each in found.record.tokens] == [b" the", b" turns"]

    opened(look, at=copy)


def test_a_library_of_schema_4_has_no_scores(tmp_path: Path, opened: Open) -> None:
    copy = tmp_path / "v4.db"
    copy.write_bytes((ERAS / "v4.db").read_bytes())

    async def look(library: Library) -> None:
        (play,) = await library.plays()
        lines = [line.id for line in await library.tree(play.id)]
        assert await library.scores(lines) == []

    opened(look, at=copy)
