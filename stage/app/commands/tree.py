"""stage tree: every line of a play, each under the one it was said after."""

import argparse
from datetime import UTC, datetime

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.formats.format import Source
from stage.formats.jsonl import row
from stage.kit.errors import BadInput
from stage.play.line import Kind, Line
from stage.play.naming import model_title
from stage.play.scene import Scene
from stage.play.tags import cut
from stage.play.tree import Tree
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument(
        "--when", metavar="EVENT|TIME",
        help="as it stood after an event (see stage history) or at a time such as "
        "2026-11-20T18:30 (UTC)",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="what tags hide, too")


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with reading(args.library, out.note) as library:
        scene, _, _ = await library.scene(args.play)
        tree = await _tree(library, args.play, args.when)
    depths: dict[str, int] = {}
    source = Source(args.play, scene, tree)
    root, deleted = tree.root.id if tree.root else None, tree.deleted()
    tagged = tree.under(cut(tree)) - deleted
    for line in tree.subtree(root, hidden=True) if root else ():
        if line.kind is not Kind.SCENE and (args.all or line.id not in tagged):
            gone = line.id in deleted
            words = _words(line, tree, scene, depths, gone)
            shown = row(line, source, root, gone)
            out.row({**shown, "tagged": line.id in tagged}, words)
    if tagged and not args.all:
        count = "1 line is" if len(tagged) == 1 else f"{len(tagged)} lines are"
        out.note(f"{count} hidden by tags; --all shows them.")
    return 0


async def _tree(library: Library, play: str, when: str | None) -> Tree:
    if when is None:
        return await library.tree(play)
    if when.isascii() and when.isdecimal() and len(when) < 16:
        return (await library.tree_after(play, int(when)))[0]
    try:
        time = datetime.fromisoformat(when)
    except ValueError as error:
        raise BadInput(
            f"--when {when} is no event and no time; write a number of stage history, or a time "
            "such as 2026-11-20T18:30."
        ) from error
    stamp = time.replace(tzinfo=time.tzinfo or UTC).timestamp()
    return (await library.tree_after(play, await library.moment(play, stamp)))[0]


def _words(line: Line, tree: Tree, scene: Scene, depths: dict[str, int], hidden: bool) -> str:
    several = len(tree.siblings(line.id)) > 1  # indent once a branch point, not once a line
    depth = depths.get(str(line.parent), 0) + several
    depths[line.id] = depth
    by = f" ({model_title(line.model, scene.models)} {line.take})" if line.model else ""
    mark = f" [{line.kind}]" if line.kind is not Kind.SPEECH else ""
    mark += " [hidden]" if hidden else ""
    mark += "".join(f" #{name}" for name in line.tags)
    mark += f" [{line.status}]" if line.status in ("interrupted", "purged") else ""
    text = " ".join(line.text.split())
    who = scene.cast.label_of(line) or "nobody"
    return clean(f"{line.id}  {'  ' * depth}{who}{by}{mark}: {text}")


ENTRY = Command("tree", "print every line of a play", _arguments, _run)
