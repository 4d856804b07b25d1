"""stage tree: every line of a play, parents before children."""

import argparse

from stage.app.command import Command, Output, clean
from stage.formats.jsonl import row
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
    root = tree.root.id if tree.root else None
    for line in tree.parents_first():
        if line.kind is not Kind.SCENE:
            out.row(row(line, scene.cast, root), _words(line, tree, scene.cast, depths))
    return 0


def _words(line: Line, tree: Tree, cast: Cast, depths: dict[str, int]) -> str:
    several = len(tree.siblings(line.id)) > 1  # indent once a branch point, not once a line
    depth = depths.get(str(line.parent), 0) + several
    depths[line.id] = depth
    by = f" ({line.model} {line.take})" if line.model else ""
    mark = " [hidden]" if line.hidden else ""
    mark += " [interrupted]" if line.status == "interrupted" else ""
    text = " ".join(line.text.split())
    return clean(f"{line.id}  {'  ' * depth}{cast.label_of(line)}{by}{mark}: {text}")


ENTRY = Command("tree", "print every line of a play", _arguments, _run)
