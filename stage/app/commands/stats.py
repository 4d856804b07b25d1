"""stage stats: many takes measured together, by model, persona or the line they follow."""

import argparse
from collections.abc import Sequence
from typing import Any

from stage.app.command import Command, Output, clean
from stage.app.commands.weights import weights
from stage.app.house import Mode, existing, open_house
from stage.director.opened import OpenPlay
from stage.director.runs.log import named as of_log
from stage.director.weighing.figures import FEW, Figure, cell, figures, heading, readings, told
from stage.director.weighing.since import since
from stage.director.weighing.tallying import (
    BY,
    Group,
    named,
    persona,
    takes_of,
    tally,
    under_line,
    weighed,
)
from stage.kit.errors import BadInput


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument("--line", metavar="LINE", help="only the takes beside this line")
    parser.add_argument("--under", metavar="LINE", help="only this line and all under it")
    parser.add_argument("--run", metavar="RUN", help="only the takes of this run, see stage runs")
    parser.add_argument(
        "--by", nargs="+", choices=BY, default=["model"], help="what is told apart (default: model)"
    )
    parser.add_argument(
        "--score", action="store_true",
        help="let every model of the play score the lines that others said (takes a while)",
    )  # fmt: skip


async def _run(args: argparse.Namespace, out: Output) -> int:
    if sum(map(bool, (args.line, args.under, args.run))) > 1:
        raise BadInput("--line, --under and --run name different lines; choose one.")
    mode: Mode = "keep" if args.score else "read"
    async with open_house(existing(args.library), mode=mode, note=out.note) as house:
        play = await house.director.open(args.play)
        top = args.line or args.under or play.start
        if top not in play.tree:
            raise BadInput(f"The play has no line {top}; see stage tree {args.play}.")
        tree = await house.library.tree(play.id)  # whole, in one read
        lines = takes_of(tree, top) if args.line else under_line(tree, top)
        if args.run:
            run = await of_log(house.library, play.id, args.run)
            lines = [tree[each.line] for each in run.takes if not tree.is_gone(each.line)]
        groups = await tally(house.director, play, lines, args.by)
        models = list(play.scene.models)
        takes = [each for group in groups for each in group.takes]
        known = await weights(house, play, takes, out, anew=args.score)
        recarded = await since(house.director.library, play, takes)
        groups = [await weighed(each, models, known, recarded) for each in groups]
    found = figures([each.readings for each in groups], models, of="takes")
    for at, group in enumerate(groups):
        rows = "\n".join(_figure(each, at, play) for each in found)
        out.row(
            _row(play, group, found, at),
            clean(f"{_head(play, group)}\n    Sampler: {group.drawn()}\n{rows}\n"),
        )
    out.row({}, FEW) if not out.json else None
    return 0


def _head(play: OpenPlay, group: Group) -> str:
    count = len(group.takes)
    begun = f", {group.begun} of them begun with tokens of another" if group.begun else ""
    return f"{named(play, group)}: {count} {'take' if count == 1 else 'takes'}{begun}"


def _figure(figure: Figure, at: int, play: OpenPlay) -> str:
    return f"    {heading(figure, play)}: {cell(figure, at)}"


def _row(play: OpenPlay, group: Group, found: Sequence[Figure], at: int) -> dict[str, Any]:
    key = dict(group.key)
    return {
        "play": play.id,
        "group": named(play, group),
        "model": key.get("model"),
        "model_title": play.title_of(key["model"]) if "model" in key else None,
        "persona": persona(play, group) if "persona" in key else None,
        "prefix": key.get("prefix"),
        "n": len(group.takes),
        "begun": group.begun,
        "lines": [each.line.id for each in group.takes],
        "seeds": [each.record and each.record.seed for each in group.takes],
        "samplers": [{"sampler": how, "n": many} for how, many in group.samplers],
        "measures": [
            {**told(each, play), "found": readings(each.cells[at]),
             "card_changed": each.changed(at)} for each in found
        ],
    }  # fmt: skip


ENTRY = Command("stats", "measure many takes together, by model or persona", _arguments, _run)
