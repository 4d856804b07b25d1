"""stage tree: every line of a play, parents before children."""

import argparse

from stage.app.command import Command, Output, clean
from stage.play.cast import Cast
from stage.play.line import Kind, Line
from stage.play.tree import Tree
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")


async def _run(args: argparse.Namespace, out: Output) -> int:
    library = await Library.open(args.library, mode="read")
    try:
        scene, _, _ = await library.scene(args.play)
        tree = await library.tree(args.play)
    finally:
        await library.close()
    depths: dict[str, int] = {}
    for line in tree:
        if line.kind is not Kind.SCENE:
            out.row(line_row(line, tree, scene.cast), _words(line, tree, scene.cast, depths))
    return 0


def line_row(line: Line, tree: Tree, cast: Cast) -> dict[str, object]:
    """One line as a JSON row; the scene root counts as no parent."""
    root = tree.root
    heard_by = None if line.heard_by is None else [cast.label(each) for each in line.heard_by]
    return {
        "id": line.id,
        "parent": None if root is not None and line.parent == root.id else line.parent,
        "speaker": cast.label(line.speaker),
        "model": line.model,
        "take": line.take,
        "text": line.text,
        "kind": str(line.kind),
        "heard_by": heard_by,
        "status": str(line.status),
        "hidden": line.hidden,
    }


def _words(line: Line, tree: Tree, cast: Cast, depths: dict[str, int]) -> str:
    several = len(tree.siblings(line.id)) > 1  # indent once a branch point, not once a line
    depth = depths.get(str(line.parent), 0) + several
    depths[line.id] = depth
    by = f" ({line.model} {line.take})" if line.model else ""
    mark = " [hidden]" if line.hidden else ""
    mark += " [interrupted]" if line.status == "interrupted" else ""
    text = " ".join(line.text.split())
    return clean(f"{line.id}  {'  ' * depth}{cast.label(line.speaker)}{by}{mark}: {text}")


ENTRY = Command("tree", "print every line of a play", _arguments, _run)
