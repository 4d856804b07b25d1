"""Who plays in a play that comes from another program: a model of the right kind, known cards."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

from stage.director.wardrobe import own_persona, places, read_text, shipped
from stage.engine.shelf import notes
from stage.engine.shelf.card import describe
from stage.engine.shelf.finding import files
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput
from stage.play.cast import fold
from stage.play.persona import Persona, read_card
from stage.store.library import Library

PLAYS = 30  # changed last, whose models are asked about
LOOKED = 60  # files of the folders watched that are looked into


async def model_for(library: Library | None, kind: str) -> dict[str, str]:
    """A model of a kind, "base" or "chat", by the name a scene has for it.

    The one a play had last, else one of the folders watched, else the shipped one; one's own
    models come before those. Where no model is of that kind, the shipped one of the other.
    """
    used = await _used(library) if library is not None else []
    return await aside(partial(_chosen, used, kind))


async def cards_for(library: Library | None, names: Iterable[str]) -> dict[str, Persona]:
    """Cards known by some names, folded: an imported one, else the newest that a play had."""
    wanted = list(dict.fromkeys(names))
    own = await aside(partial(_own, wanted))
    left = [each for each in wanted if fold(each) not in own]
    return {**(await library.newest(left) if library is not None else {}), **own}


async def _used(library: Library) -> list[str]:
    """The model files of the plays changed last."""
    rows = [row.id for row in await library.plays() if not row.discarded][:PLAYS]
    facts = await library.facts(rows)
    found = (file for id_ in rows if id_ in facts for file in facts[id_].models)
    return list(dict.fromkeys(found))


def _chosen(used: Sequence[str], kind: str) -> dict[str, str]:
    ours = shipped("models")
    names = {each.stem for each in ours}
    file = next(_of_kind((Path(each) for each in used if each not in names), kind), None)
    watched = (path for place in places()[1:] for path in files(place))
    file = file or next(_of_kind(islice(watched, LOOKED), kind), None)
    if file is not None:
        return {file.stem: str(file.absolute())}
    found = next(_of_kind(ours, kind), ours[0] if ours else None)
    return {} if found is None else {found.stem: found.stem}


def _of_kind(found: Iterable[Path], kind: str) -> Iterator[Path]:
    for path in found:
        with suppress(BadInput, OSError):
            if notes.applied(describe(path)).kind == kind:
                yield path


def _own(names: Iterable[str]) -> dict[str, Persona]:
    found = {}
    for name in names:
        with suppress(BadInput):  # told where the card itself is asked for
            file = own_persona(name)
            card = file and read_card(read_text(file, "persona"), where=str(file))
            if card and fold(card.name) == fold(name):
                found[fold(name)] = card
    return found
