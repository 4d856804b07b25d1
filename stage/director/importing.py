"""Files of other programs become plays: read, looked at, then planted, with what was lost."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from stage.director.players import cards_for, model_for
from stage.director.wardrobe import text_scene
from stage.director.working import Counted, Work, stoppable, undivided
from stage.engine.worker.aside import aside
from stage.formats import FORMATS, HEAD, recognised
from stage.formats.format import Format
from stage.formats.neutral import SOMEBODY, Found, Loss
from stage.kit import clock
from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.cast import fold
from stage.play.line import Kind
from stage.play.persona import Persona
from stage.play.provenance import LineRecord
from stage.play.scene import Scene
from stage.store.library import Library

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """A play that an import made, or would make.

    Attributes:
        play: its id, None when nothing was stored.
        lines: how many it has; None for a lossless import.
        model: the title of the model that goes on with it, or plays whom one had played.
        cards: names of the cast whose cards were known, and are what they are played from.
    """

    format: str
    title: str
    play: str | None
    lines: int | None
    losses: tuple[Loss, ...] = ()
    model: str = ""
    cards: tuple[str, ...] = ()


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
        titles = "; ".join(each.title for each in FORMATS if each.read or each.find)
        raise BadInput(f"{file} is in no format that Stage reads ({titles}); convert it first.")
    return found


async def take_in(library: Library | None, file: Path, work: Work | None = None) -> list[Taken]:
    """Import a file. All or nothing for each of its plays; read away from the loop.

    Args:
        library: None: only look, store nothing.
        work: told how far it is; may stop it.

    Raises:
        BadInput: it cannot be read, with the reason.
        Stopped: it was stopped; of several plays those that were stored stay.
    """
    work = work or Work()
    form = await aside(partial(format_of, file))
    if form.read is not None:
        rows = await _read(partial(_rows, form.read, file, work), work)
        title = next((str(row.get("title")) for row in rows if row.get("type") == "play"), "")
        store = partial(library.restore, rows, work.on) if library else None
        play = await _stored(store, len(rows), work) if store else None
        return [Taken(form.id, title, play, None)]
    find = form.find
    found = await _read(partial(_rows, find, file, work), work) if find else []
    called = [replace(each, title=each.title or file.stem) for each in found]
    return [await _planted(library, form, each, work) for each in called]


async def _read(rows: Callable[[], list[T]], work: Work) -> list[T]:
    """Read a file; whoever stops it need not wait until what was read is understood."""
    reading = asyncio.get_running_loop().create_task(aside(rows), name="read a file")
    return await stoppable(reading, work)


def _rows(read: Callable[[BinaryIO], Iterable[T]], file: Path, work: Work) -> list[T]:
    with _opened(file) as opened:
        work.begin("reading", file.stat().st_size)
        return list(read(cast(BinaryIO, Counted(opened, work))))


async def _planted(library: Library | None, form: Format, found: Found, work: Work) -> Taken:
    if found.nameless:
        cards = dict[str, Persona]()
        scene, members = _prose(found, await model_for(library, "base"))
    else:
        models = await model_for(library, "chat") if found.people else {}
        cards = await cards_for(library, found.labels)
        scene, members = found.scene(models, cards)
    play = None
    if library is not None:
        records, tip, marks = await aside(partial(_records, scene, members, found))
        store = partial(
            library.plant, scene, date=clock.today(), lines=records, tip=tip, marks=marks
        )
        play = await _stored(partial(store, heard=work.on), len(records), work)
    known = tuple(each.label for each in scene.cast if fold(each.label) in cards)
    model = next(iter(scene.models), "")
    return Taken(form.id, scene.title, play, len(found.nodes), found.losses, model, known)


def _prose(found: Found, models: Mapping[str, str]) -> tuple[Scene, dict[str, str]]:
    """A scene for nothing but text, and the member of it: a model goes on with it, as in a loom."""
    scene = text_scene("", models, " ".join(found.title.split())[:200])
    return scene, {SOMEBODY: scene.cast.members[0].id}


async def _stored(store: Callable[[], Coroutine[Any, Any, str]], count: int, work: Work) -> str:
    """Store a play, whole or not at all; its id."""
    work.begin("storing", count)
    return await undivided(store(), work)


def _records(
    scene: Scene, members: Mapping[str, str], found: Found
) -> tuple[list[LineRecord], str | None, list[tuple[str, str]]]:
    """The lines of a tree, the one to stand on, and the marks of lines."""
    ids = {node.id: new_id() for node in found.nodes}
    records = []
    for node in found.nodes:
        speaker = members[node.speaker or SOMEBODY]
        version = scene.cast[speaker].persona.version
        parent = ids.get(str(node.parent), "")
        told = found.nameless and node.kind is Kind.NARRATION  # a text has no narrator
        records.append(
            LineRecord(ids[node.id], "", parent, Kind.SPEECH if told else node.kind,
                       speaker, node.text,
                       persona_version=version, made=node.made or 0.0)
        )  # fmt: skip
    marks = [(ids[node.id], mark) for node in found.nodes for mark in node.marks]
    return records, ids.get(str(found.at)), marks
