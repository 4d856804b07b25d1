"""Files of other programs become plays: read, looked at, then planted, with what was lost."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stage.formats import FORMATS, HEAD, recognised
from stage.formats.format import Format
from stage.formats.neutral import SOMEBODY, Found, Loss
from stage.kit import clock
from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.provenance import LineRecord
from stage.store.library import Library


@dataclass(frozen=True, slots=True)
class Taken:
    """A play that an import made, or would make.

    Attributes:
        play: its id, None when nothing was stored.
        lines: how many it has; None for a lossless import.
    """

    format: str
    title: str
    play: str | None
    lines: int | None
    losses: tuple[Loss, ...] = ()


def sha256(file: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with _opened(file) as opened:
        while block := opened.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise BadInput(f"The file {file} cannot be read ({error.strerror}).") from error


def format_of(file: Path) -> Format:
    """The format of a file, by its content. Raises BadInput when nobody knows it."""
    with _opened(file) as opened:
        found = recognised(opened.read(HEAD))
    if found is None:
        titles = ", ".join(each.title for each in FORMATS if each.read or each.find)
        raise BadInput(f"{file} is in no format that Stage reads ({titles}); convert it first.")
    return found


async def take_in(library: Library | None, file: Path) -> list[Taken]:
    """Import a file. All or nothing for each of its plays.

    Args:
        library: None: only look, store nothing.

    Raises:
        BadInput: it cannot be read, with the reason.
    """
    form = format_of(file)
    with _opened(file) as opened:
        if form.read is not None:
            rows = list(form.read(opened))
            title = next((str(row.get("title")) for row in rows if row.get("type") == "play"), "")
            play = await library.restore(rows) if library else None
            return [Taken(form.id, title, play, None)]
        found = list(form.find(opened)) if form.find else []
    return [await _planted(library, form, each) for each in found]


async def _planted(library: Library | None, form: Format, found: Found) -> Taken:
    scene, members = found.scene()
    play = None
    if library is not None:
        ids = {node.id: new_id() for node in found.nodes}
        records = []
        for node in found.nodes:
            speaker = members[node.speaker or SOMEBODY]
            version = scene.cast[speaker].persona.version
            parent = ids.get(str(node.parent), "")
            records.append(
                LineRecord(ids[node.id], "", parent, node.kind, speaker, node.text,
                           persona_version=version)
            )  # fmt: skip
        tip = ids.get(str(found.at))
        play = await library.plant(scene, date=clock.today(), lines=records, tip=tip)
    return Taken(form.id, scene.title, play, len(found.nodes), found.losses)
