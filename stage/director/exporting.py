"""A play written in another form: chosen, its losses told, put into a new file or handed on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from stage.director.importing import sha256
from stage.director.opened import OpenPlay
from stage.director.operating import reach
from stage.director.weighing.accounting import accounts
from stage.director.working import Work
from stage.engine.worker.aside import aside
from stage.formats import FORMATS
from stage.formats.format import Format, Source
from stage.formats.leaving import losses
from stage.formats.neutral import Loss
from stage.kit.errors import BadInput, KnownError
from stage.kit.ids import new_id
from stage.play.tree import Tree
from stage.store.library import Library

MOST = 100_000  # lines of a search


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written.

    Attributes:
        form: id of a format.
        leaf: the path down to this line; None: the path that counts, else the one last visited,
            or the whole play where the form writes it whole.
        top: this line and all that stands under it.
        only: of that only the lines with these ids; for detailed forms.
        prompts: with the whole prompts; for detailed forms.
    """

    play: str
    form: str
    leaf: str | None = None
    top: str | None = None
    only: frozenset[str] | None = None
    prompts: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A file that an export made, and what is not in it."""

    file: Path
    sha256: str
    losses: tuple[Loss, ...]


def forms() -> list[Format]:
    """The formats that can be written."""
    return [each for each in FORMATS if each.write]


async def chosen(library: Library, wanted: Wanted) -> tuple[Format, Source]:
    """Read what is to be written. Raises BadInput for a line that is not there."""
    form, leaf, top = FORMATS[wanted.form], wanted.leaf, wanted.top
    if form.write is None:
        raise BadInput(f"{form.title} can only be read; choose another format.")
    if top is not None and (leaf is not None or form.lossless):
        raise BadInput("--under goes without --at, and not with the form that keeps everything.")
    scene, date, seed = await library.scene(wanted.play)
    tree = await library.tree(wanted.play)
    for each in (leaf, top):
        if each is not None and each not in tree:
            raise BadInput(f"The play has no line {each}; see stage tree {wanted.play}.")
    whole = (form.whole and leaf is None) or top is not None
    leaf = leaf if whole else leaf or tree.canonical
    source = Source(wanted.play, scene, tree, leaf, whole=whole, top=top, only=wanted.only)
    if form.lossless:
        return form, replace(source, records=[row async for row in library.dump(wanted.play)])
    source = replace(source, scored=await library.scored(wanted.play))
    if form.detailed:
        play = OpenPlay(wanted.play, scene, date, seed, tree)
        return form, replace(source, accounts=await accounts(library, play, prompts=wanted.prompts))
    if wanted.only is not None or wanted.prompts:
        raise BadInput(f"{form.title} has no place for that; use the form tokens.")
    return form, replace(source, accounts=library.accounts()) if form.timed else source


async def hits(library: Library, words: str) -> dict[str, frozenset[str]]:
    """The lines that fit what a user looks for, by play. Raises BadInput."""
    found: dict[str, set[str]] = {}
    for hit in await library.search(words, limit=MOST):
        found.setdefault(hit.play, set()).add(hit.id)
    return {play: frozenset(ids) for play, ids in found.items()}


def pieces(form: Format, source: Source) -> Iterator[str]:
    """The text of the file, piece by piece."""
    if form.write is None:
        raise BadInput(f"{form.title} can only be read; choose another format.")
    return form.write(source)


async def write_out(library: Library, wanted: Wanted, target: Path, work: Work) -> Written:
    """Write a play into a new file.

    Raises:
        BadInput: it cannot be chosen so, or the file exists.
        KnownError: it cannot be written, or it was stopped; no file is left.
    """
    work.begin("reading")
    form, source = await chosen(library, wanted)
    lost = await aside(partial(losses, source, form))
    work.begin("writing", _lines(source, source.tree))
    await aside(partial(save, _told(pieces(form, source), work), target))
    return Written(target, await aside(partial(sha256, target)), lost)


async def save_path(play: OpenPlay, leaf: str, form: str, target: Path) -> None:
    """Write the path down to a line of an open play; a file of that name is replaced.

    Args:
        leaf: a line whose whole path is known.
        form: id of a format.

    Raises:
        KnownError: it cannot be written; what was there is still there.
    """
    # A tree of its own: the play may grow while this is written.
    source = Source(play.id, play.scene, Tree(play.tree.path(leaf)), leaf)
    await aside(partial(save, pieces(FORMATS[form], source), target, replace=True))


async def takes_source(library: Library, play: OpenPlay, takes: Sequence[str]) -> Source:
    """Some takes of an open play, for detailed forms; of the play nothing else is read."""
    await reach(library, play, takes)
    lines = {line.id: line for each in takes if each in play.tree for line in play.tree.path(each)}
    only = frozenset(each for each in takes if each in lines)
    tree = Tree(lines.values())  # of its own: the play may grow while this is written
    alone = OpenPlay(play.id, play.scene, play.date, play.seed, tree, dict(play.models))
    read = await accounts(library, alone)
    return Source(play.id, play.scene, tree, whole=True, accounts=read, only=only)


async def save_takes(
    library: Library, play: OpenPlay, takes: Sequence[str], form: str, target: Path
) -> None:
    """Write takes of an open play in a detailed form; a file of that name is replaced.

    Raises:
        KnownError: it cannot be written; what was there is still there.
    """
    source = await takes_source(library, play, takes)
    await aside(partial(save, pieces(FORMATS[form], source), target, replace=True))


async def takes_text(library: Library, play: OpenPlay, takes: Sequence[str], form: str) -> str:
    """The same as text. Raises KnownError."""
    source = await takes_source(library, play, takes)
    return await aside(lambda: "".join(pieces(FORMATS[form], source)))


def _lines(source: Source, tree: Tree) -> int:
    return len(tree) if source.whole else len(source.path())


def _told(written: Iterator[str], work: Work) -> Iterator[str]:
    for piece in written:
        work.on()
        yield piece


def save(written: Iterator[str], target: Path, *, replace: bool = False) -> None:
    """Write pieces of text into a file, whole or not at all.

    Args:
        replace: whether a file of that name may go; it stays until the new one is whole.

    Raises:
        BadInput: the file exists and is to stay.
        KnownError: it cannot be written.
    """
    draft = target.with_name(f".stage-{new_id()}")  # its own: others may write there at once
    try:
        if target.exists() and not replace:
            raise FileExistsError
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(written)
        if not replace:
            target.touch(exist_ok=False)
        draft.replace(target)
    except FileExistsError as error:
        raise BadInput(f"The file {target} exists already; name a new one.") from error
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(f"{target} cannot be written ({reason}); name another file.") from error
    finally:
        draft.unlink(missing_ok=True)
