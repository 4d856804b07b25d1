"""The steps from no library to one of this schema, in order.

An older library takes those that it lacks through sqlite-utils, see migrations.py. A new one takes
all of them here: the first evening need not wait the 100 ms that importing sqlite-utils costs.

Each says why it exists, needs no dialog, and has a test and an era file. Their names stand in
`schema.MIGRATIONS` too; a released one is never changed.
"""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from stage.kit import clock
from stage.store.care import seals
from stage.store.file import schema
from stage.store.file.connection import writing

Step = Callable[[sqlite3.Connection], None]


def create_library(connection: sqlite3.Connection) -> None:
    """Schema 1: every table of the first design, so that later issues need no early moves."""
    _run(connection, "schema_1")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    connection.execute("INSERT INTO state VALUES ('indexed', '0')")


def seal_records(connection: sqlite3.Connection) -> None:
    """Schema 2: events, models, personas and vocabularies are hashed, so that damage shows."""
    _run(connection, "schema_2")
    seals.seal_all(connection)


def narrow_ids(connection: sqlite3.Connection) -> None:
    """Schema 3: no table is another; alternatives come in format 3, which older ones cannot read.

    Earlier takes stay as they are: nothing is rewritten.
    """


def know_lore(connection: sqlite3.Connection) -> None:
    """Schema 4: no table is another; a play's own book can be changed, by a label of its root.

    An older Stage does not know such a label, and would call it damage.
    """


def keep_scores(connection: sqlite3.Connection) -> None:
    """Schema 5: what models made of lines that they did not say is kept, to be found again."""
    _run(connection, "schema_5")


STEPS: tuple[Step, ...] = (create_library, seal_records, narrow_ids, know_lore, keep_scores)

# As sqlite-utils keeps its records, so that it goes on from there.
_RECORDS = (
    'CREATE TABLE "_sqlite_migrations" (\n   "id" INTEGER PRIMARY KEY,\n'
    '   "migration_set" TEXT,\n   "name" TEXT,\n   "applied_at" TEXT\n)',
    'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"\n'
    '    ON "_sqlite_migrations" ("migration_set", "name")',
)


def take_all(connection: sqlite3.Connection) -> None:
    """Make an empty file a library, in one transaction."""
    with writing(connection):
        for statement in _RECORDS:
            connection.execute(statement)
        for step in STEPS:
            step(connection)
            when = datetime.fromtimestamp(clock.now(), UTC)
            record = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            connection.execute(record + "VALUES (?, ?, ?)", (schema.SET, step.__name__, str(when)))
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")


def _run(connection: sqlite3.Connection, name: str) -> None:
    for statement in statements(schema.sql(name)):
        connection.execute(statement)


def statements(script: str) -> Iterator[str]:
    """Split SQL into statements; sqlite3's executescript would commit before it runs."""
    held = ""
    for row in script.splitlines(keepends=True):
        held += row
        if sqlite3.complete_statement(held):
            yield held
            held = ""
