"""Every operation at the end, in the middle and at the top of a very long chain."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from stage.director import operating
from stage.director.director import Director
from stage.director.operations import OPERATIONS
from stage.engine.pool import Pool
from stage.store.library import Library
from tests.store.chain import LENGTH, chain

TOP, SHALLOW, MIDDLE, DEEP, LAST = 1, 3, LENGTH // 2, LENGTH - 1500, LENGTH
# Where each is done, and with what; for scopes a subtree deeper than recursion is enough.
KEYS: dict[str, tuple[int, dict[str, Any]]] = {
    "add": (LAST, {"member": "Bo", "text": "One more."}),
    "takes": (LAST, {"member": "Ada"}),
    "edit": (MIDDLE, {"text": "Other words."}),
    "split": (MIDDLE, {"at": 4}),
    "merge": (MIDDLE, {}),
    "move": (MIDDLE, {"to": SHALLOW}),
    "reorder": (TOP, {"index": 2}),
    "delete": (TOP, {}),
    "restore": (TOP, {}),
    "archive": (TOP, {}),
    "bookmark": (LAST, {}),
    "tag": (TOP, {"name": "good", "scope": "subtree", "mode": "hide"}),
    "note": (LAST, {"text": "Mind this."}),
    "rate": (LAST, {"value": 5}),
    "canonical": (LAST, {}),
    "read": (DEEP, {"scope": "subtree"}),
    "hoist": (LAST, {}),
    "collapse": (DEEP, {"scope": "subtree"}),
    "rename": (0, {"title": "A long play"}),
    "chapter": (MIDDLE, {"text": "Two"}),
    "prune": (LAST, {}),
    "recast": (0, {"member": "Ada", "frame": "self"}),
    "lore": (0, {"book": '{"entries": [{"keys": ["light"], "content": "It turns."}]}'}),
    "rule": (0, {"rule": "list"}),
    "enter": (LAST, {"member": "Cid", "stub": True, "model": "base"}),
    "exit": (LAST, {"member": "Bo"}),
    "mute": (LAST, {"member": "Bo"}),
    "edit_persona": (LAST, {"member": "Bo", "field": "description", "text": "Older."}),
    "greet": (LAST, {"member": "Bo"}),
    "layer_on": (LAST, {"member": "Bo", "persona": "odile", "label": "King"}),
    "layer_off": (LAST, {"member": "King"}),
    "mask_off": (LAST, {"member": "King"}),
    "pin": (MIDDLE, {}),
    "prefer": (LAST, {"over": MIDDLE}),
    "discard": (0, {}),
    "bind": (0, {"model": "base", "file": "another.gguf"}),
    "summarise": (LAST, {"member": "Ada", "last": MIDDLE, "text": "Much was said."}),
}
ABOVE = {"to", "last", "over"}  # keys that name another line of the chain
READY: dict[str, tuple[str, dict[str, Any]]] = {  # what has to be done before
    "greet": ("edit_persona", {"member": "Bo", "field": "first_mes", "text": "Good evening."}),
    "layer_off": ("layer_on", KEYS["layer_on"][1]),
    "mask_off": ("layer_on", KEYS["layer_on"][1]),
}
OF_TAKES = {"ghost"}  # asks for a line that a model was cut in: see test_ghost
NOTHING = {"reorder", "restore", "prune"}  # there is nothing beside a chain, and nothing deleted


@pytest.mark.slow
def test_every_operation_is_done_undone_and_done_again(tmp_path: Path) -> None:
    assert KEYS.keys() == {*OPERATIONS.names} - OF_TAKES
    file = tmp_path / "library.db"
    play, ids = chain(file)

    async def work() -> None:
        library = await Library.open(file)
        director = Director(library, Pool())
        try:
            tree = (await director.open(play)).tree
            assert tree.leaf_under(ids[0]).id == ids[-1]
            for name, (at, keys) in KEYS.items():
                given = {key: ids[value] if key in ABOVE else value for key, value in keys.items()}
                given["line"] = ids[at] if at else None
                if name in READY:
                    first, with_ = READY[name]
                    await director.do(play, first, {**with_, "line": given["line"]})
                if name == "takes":  # what it would ask a model for
                    _, plan = await operating.plan(library, await director.open(play), name, given)
                    assert plan.turn is not None
                    continue
                done = await director.do(play, name, given)
                assert bool(done.words and (done.lines or at == 0)) == (name not in NOTHING), name
                if name not in NOTHING:
                    await director.undo(play)
                    await director.redo(play)
                    await director.undo(play)
                if name in READY:
                    await director.undo(play)
            assert len((await director.open(play)).path(ids[-1])) == LENGTH
            await director.stand(play, ids[-1])
        finally:
            await director.close()
            await director.pool.close()
            await library.close()

    asyncio.run(work())
