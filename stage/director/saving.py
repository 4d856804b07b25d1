"""One branch of an open play written into a file, away from the loop."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from stage.director.opened import OpenPlay
from stage.engine.aside import aside
from stage.formats import FORMATS
from stage.formats.format import Source
from stage.kit.errors import BadInput, KnownError
from stage.play.tree import Tree


async def save_path(play: OpenPlay, leaf: str, form: str, target: Path) -> None:
    """Write the path down to a line; a file of that name is replaced.

    Args:
        leaf: a line whose whole path is known.
        form: id of a format.

    Raises:
        KnownError: it cannot be written; what was there is still there.
    """
    write = FORMATS[form].write
    if write is None:
        raise BadInput(f"{FORMATS[form].title} can only be read; choose another format.")
    # A tree of its own: the play may grow while this is written.
    source = Source(play.id, play.scene, Tree(play.tree.path(leaf)), leaf)
    await aside(partial(_save, write(source), target))


def _save(pieces: Iterator[str], target: Path) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        draft.replace(target)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(f"{target} cannot be written ({reason}); name another file.") from error
    finally:
        draft.unlink(missing_ok=True)
