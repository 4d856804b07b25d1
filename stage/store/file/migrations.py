"""Migrations by name, through sqlite-utils. Imported only when one is due: it costs 80 ms.

Each says why it exists, needs no dialog, and has a test and an era file. Their names stand in
`schema.MIGRATIONS` too, in order; a released one is never changed.
"""

import sqlite3
from collections.abc import Iterator

from stage.kit.without import without

with without("numpy"):  # found, sqlite-utils would load it for columns that no library has
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

from stage.store.care import seals
from stage.store.file import schema
from stage.store.file.connection import writing

migrations = Migrations(schema.SET)


@migrations()
def create_library(db: Database) -> None:
    """Schema 1: every table of the first design, so that later issues need no early moves."""
    for statement in statements(schema.sql("schema_1")):
        db.conn.execute(statement)
    db.conn.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    db.conn.execute("INSERT INTO state VALUES ('indexed', '0')")


@migrations()
def seal_records(db: Database) -> None:
    """Schema 2: events, models, personas and vocabularies are hashed, so that damage shows."""
    for statement in statements(schema.sql("schema_2")):
        db.conn.execute(statement)
    seals.seal_all(db.conn)


@migrations()
def narrow_ids(db: Database) -> None:
    """Schema 3: no table is another; alternatives come in format 3, which older ones cannot read.

    Earlier takes stay as they are: nothing is rewritten.
    """


@migrations()
def know_lore(db: Database) -> None:
    """Schema 4: no table is another; a play's own book can be changed, by a label of its root.

    An older Stage does not know such a label, and would call it damage.
    """


@migrations()
def keep_scores(db: Database) -> None:
    """Schema 5: what models made of lines that they did not say is kept, to be found again."""
    for statement in statements(schema.sql("schema_5")):
        db.conn.execute(statement)


def apply(connection: sqlite3.Connection, plan: Migrations = migrations) -> None:
    """Apply what is due, with its records and the schema number, in one transaction.

    Foreign keys are off meanwhile and checked before it ends.

    Raises:
        sqlite3.IntegrityError: a migration left a broken reference; nothing was changed.
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    db = Database(connection, execute_plugins=False)
    with writing(connection):  # the library's own transactions nest in it as savepoints
        plan.apply(db)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError("a migration left a broken reference")
        connection.execute(f"PRAGMA user_version = {len(plan.applied(db))}")
    connection.execute("PRAGMA foreign_keys = ON")


def statements(script: str) -> Iterator[str]:
    """Split SQL into statements; sqlite3's executescript would commit before it runs."""
    held = ""
    for row in script.splitlines(keepends=True):
        held += row
        if sqlite3.complete_statement(held):
            yield held
            held = ""
