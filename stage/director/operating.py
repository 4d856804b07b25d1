"""Operations done, undone and done again on an open play; its tree follows each of them."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from stage.director.events import Changed, Changes
from stage.director.opened import OpenPlay
from stage.director.operations import OPERATIONS
from stage.director.operations.operation import Operation, Plan, View
from stage.director.wardrobe import load_persona, model_file
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.growth import PAGE
from stage.play.line import Line
from stage.play.persona import Persona
from stage.play.spoken import Spoken
from stage.store.library import Library, Outcome, Step


def named(name: str) -> Operation:
    """An operation by its name. Raises BadInput with the names there are."""
    if name not in OPERATIONS:
        raise BadInput(f"There is no operation {name}; there are {', '.join(OPERATIONS.names)}.")
    return OPERATIONS[name]


async def reach(library: Library, play: OpenPlay, lines: Iterable[Any]) -> None:
    """Read the paths down to lines that the tree does not know, so that nothing waits for them."""
    for line in lines:
        if isinstance(line, str) and line and not play.tree.reaches(line):
            play.tree.learn(*await library.around(play.id, line))


async def surround(library: Library, play: OpenPlay, leaf: str) -> bool:
    """Read the siblings of all lines of a path, the last ones first, a page at a time.

    What they say is read beside typed lines only, which may be takes that were worded anew.

    Returns:
        whether anything was new, so that places among siblings are known now.
    """
    lacking = play.tree.lacking(leaf)
    for at in range(0, len(lacking), PAGE):
        play.tree.learn(await library.families(play.id, lacking[at : at + PAGE]))
    unread = play.tree.unread(play.tree.path(leaf)[::-1])
    for at in range(0, len(unread), PAGE):
        wanted = unread[at : at + PAGE]
        play.tree.learn_lines(wanted, await library.lines(play.id, wanted))
    return bool(lacking)


async def plan(
    library: Library, play: OpenPlay, name: str, given: Mapping[str, Any]
) -> tuple[Step, Plan]:
    """Work out what an operation would do; nothing is changed.

    Args:
        given: its keys and `line`; without a line it is about the scene itself.

    Raises:
        BadInput: it cannot be done, in words.
    """
    operation = named(name)
    line_id = str(given.get("line") or play.start)
    others = [given.get(key) for key, told in operation.keys.items() if told.form == "line"]
    await reach(library, play, (line_id, *others))
    if line_id not in play.tree:
        raise BadInput(f"There is no line {line_id} in the play {play.id}; check the id.")
    arguments = operation.arguments({key: given[key] for key in given if key != "line"})
    line = play.tree[line_id]
    spoken = await _spoken(library, line) if operation.reads else {}
    cards, find = await _cards(library, play, str(arguments.get("persona") or ""))
    view = View(
        play.tree, play.scene, line, new_id, spoken, play.cast(line_id), cards,
        find, play.date, str(play.seed),
    )  # fmt: skip
    work = partial(operation.plan, view, arguments)
    made = await aside(work) if operation.long else work()
    words = made.words or f"{operation.title} of {view.whose()}"
    return Step(name, None if line.parent is None else line_id, words), made


async def _cards(
    library: Library, play: OpenPlay, wanted: str
) -> tuple[dict[str, Persona], Callable[[str], Persona]]:
    """The cards that a plan may name by their hashes, and what finds others by name or file."""
    read = partial(load_persona, beside=Path())
    if wanted.startswith("b2:"):
        known = await library.versions(wanted)
        return {**play.cards, **{each.hash: each.persona for each in known}}, read
    with suppress(BadInput):  # told by the plan, if it asks
        found = await aside(partial(read, wanted)) if wanted else None
        if found is not None:
            card = found
            return dict(play.cards), lambda name: card if name == wanted else read(name)
    return dict(play.cards), read


async def _spoken(library: Library, line: Line) -> dict[str, Spoken]:
    found = {}
    for each in (line.id, line.parent):
        said = await library.spoken(each) if each is not None else None
        if each is not None and said is not None:
            found[each] = said
    return found


async def follow(library: Library, play: OpenPlay, outcome: Outcome) -> Changed:
    """Bring an open play up to date with what was done to it."""
    scene = (await library.scene(play.id))[0] if outcome.recast else play.scene
    cards = await library.cards(play.id) if outcome.recast else play.cards
    # From here on nothing waits: whoever looks finds lines with the cards that they name.
    for line in outcome.lines:
        play.tree.add(line)
    for parent, child in outcome.turned:
        play.tree.turn(parent, child)
    old, play.scene, play.cards = play.scene, scene, cards
    for name, file in play.scene.models.items() if outcome.recast else ():
        if old.models.get(name) != file:
            play.models[name] = model_file(file, must_exist=False)
    changes = Changes.TREE
    changes |= Changes.SELECTION if outcome.turned else Changes(0)
    whole = outcome.recast or any(line.parent is None for line in outcome.lines)
    changes |= Changes.PLAYS if whole else Changes(0)
    ids = dict.fromkeys([line.id for line in outcome.lines] + [each for each, _ in outcome.turned])
    return Changed(changes, play.id, tuple(ids), outcome.made, words(play, outcome.step))


def words(play: OpenPlay, step: Step) -> str:
    """Say what a step was, to follow "undo" or "redo"."""
    if step.words or step.line is None or step.line not in play.tree:
        return step.words or step.operation
    line = play.tree[step.line]
    label = play.scene.cast.label_of(line) or "the scene"
    if step.operation in OPERATIONS:
        return f"{OPERATIONS[step.operation].title} of {label}'s line"
    if line.model is None:
        return f"line of {label}"
    return f"take of {label}" if step.count == 1 else f"{step.count} takes of {label}"
