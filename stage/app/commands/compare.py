"""stage compare: branches of a play side by side, with what differs and what was measured."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from stage.app.command import Command, Output, clean
from stage.app.commands.weights import weights
from stage.app.house import House, Mode, existing, open_house
from stage.director.weighing.compared import (
    LETTERS,
    facts,
    markdown,
    measured,
    rating,
    rows,
    shared,
    spreadsheet,
)
from stage.director.weighing.comparing import Comparison, compare, weighed
from stage.director.weighing.figures import FEW, cell, heading
from stage.director.weighing.since import since
from stage.kit.errors import BadInput
from stage.measures.wording import differences

_FORMS: dict[str, Callable[..., str]] = {"markdown": markdown, "csv": spreadsheet}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "lines", nargs="+", metavar="LINE", help="two to six lines at which branches end"
    )
    parser.add_argument("--format", choices=list(_FORMS), help="as a file of this form")
    parser.add_argument(
        "--score", action="store_true",
        help="let every model of the play score the lines that others said (takes a while)",
    )  # fmt: skip
    parser.add_argument("--blind", action="store_true", help="name no models and no branches")


async def _run(args: argparse.Namespace, out: Output) -> int:
    if args.json and args.format:
        raise BadInput("--json and --format are two forms of the same thing; choose one.")
    mode: Mode = "keep" if args.score else "read"
    async with open_house(existing(args.library), mode=mode, note=out.note) as house:
        play_id = await house.library.play_of(args.lines[0])
        for each in args.lines[1:]:
            if await house.library.play_of(each) != play_id:
                raise BadInput(f"{each} belongs to another play; compare branches of one play.")
        play = await house.director.open(play_id)
        comparison = await compare(house.director, play, args.lines)
        comparison = await _scored(house, comparison, out, anew=args.score)
    if args.format:
        text = _FORMS[args.format](comparison, blind=args.blind)
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    elif args.json:
        for row in rows(comparison, blind=args.blind):
            out.row(row, "")
    else:
        out.row({}, clean(_words(comparison, blind=args.blind)))
    return 0


async def _scored(house: House, comparison: Comparison, out: Output, *, anew: bool) -> Comparison:
    lines = [said for each in comparison.columns for said in each.branch]
    known = await weights(house, comparison.play, lines, out, anew=anew)
    models = list(comparison.play.scene.models)
    recarded = await since(house.director.library, comparison.play, lines)
    columns = [await weighed(each, models, known, recarded) for each in comparison.columns]
    return replace(comparison, columns=tuple(columns))


def _words(comparison: Comparison, *, blind: bool) -> str:
    columns, play = comparison.columns, comparison.play
    cast = play.scene.cast
    said = [f"{shared(comparison)} in common; words that differ stand in [ ]"]
    if not blind:
        said += [f"{LETTERS[at]}  {facts(column, play)}" for at, column in enumerate(columns)]
    for turn, row in enumerate(comparison.aligned.rows, 1):
        said += ["", f"turn {turn}"]
        pieces = iter(differences([line.text for line in row if line is not None]))
        for at, line in enumerate(row):
            if line is not None:
                text = "".join(
                    each.text if each.same else _marked(each.text) for each in next(pieces)
                )
                said.append(f"{LETTERS[at]}  {cast.label_of(line) or 'Scene'}: {text}")
    said.append("")
    for figure in measured(comparison, blind=blind):
        found = [f"{LETTERS[at]} {cell(figure, at)}" for at in range(len(columns))]
        said.append(f"{heading(figure, play)}: {', '.join(found)}")
    rated = [f"{LETTERS[at]} {rating(comparison, at) or 'none'}" for at in range(len(columns))]
    return "\n".join([*said, f"Rating of 5: {', '.join(rated)}", "", FEW])


def _marked(text: str) -> str:
    """Put brackets around words, not around the blanks after them."""
    words = text.strip()
    return text.replace(words, f"[{words}]", 1) if words else text


ENTRY = Command("compare", "put branches side by side, with measures", _arguments, _run)
