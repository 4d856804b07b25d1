"""Steps: a new library is the one that an empty file would be migrated to."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from stage.store.file import migrations, schema, steps


def _told(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    asked = (
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
        "SELECT id, migration_set, name FROM _sqlite_migrations ORDER BY id",
        "SELECT * FROM state",
        "PRAGMA user_version",
        "PRAGMA application_id",
        "PRAGMA foreign_key_check",
    )
    return [connection.execute(each).fetchall() for each in asked]


def test_a_new_library_is_what_migrations_make_of_none() -> None:
    new, migrated = (sqlite3.connect(":memory:", isolation_level=None) for _ in range(2))
    steps.take_all(new)
    migrations.apply(migrated)
    assert _told(new) == _told(migrated)
    assert [name for _, _, name in _told(new)[1]] == list(schema.MIGRATIONS)
    migrations.apply(new)  # nothing is due
    assert _told(new) == _told(migrated)
    when = new.execute("SELECT applied_at FROM _sqlite_migrations").fetchall()
    assert all(datetime.fromisoformat(each).tzinfo for (each,) in when)
    new.close()
    migrated.close()


def test_a_new_library_waits_for_no_sqlite_utils(tmp_path: Path) -> None:
    made = (
        "import sys; from pathlib import Path; from stage.store.file.connection import for_writing;"
        f"for_writing(Path({str(tmp_path / 'new.db')!r}), 'a test');"
        "assert 'sqlite_utils' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", made], check=True, timeout=60)


def test_statements_are_split_where_sql_ends_them() -> None:
    script = "CREATE TABLE a (x); -- why; not\nCREATE TABLE b (\n y\n);\n"
    assert len(list(steps.statements(script))) == 2
