"""An older library takes the steps that it lacks, through sqlite-utils.

Imported only when one is due: it costs 100 ms.
"""

import sqlite3

from stage.kit.without import without

with without("numpy"):  # found, sqlite-utils would load it for columns that no library has
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

from stage.store.file import schema
from stage.store.file.connection import writing
from stage.store.file.steps import STEPS, Step

migrations = Migrations(schema.SET)


def _register(step: Step) -> None:
    @migrations(name=step.__name__)
    def take(db: Database) -> None:
        step(db.conn)


for each in STEPS:
    _register(each)


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
