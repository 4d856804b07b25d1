"""stage compare: branches of a play side by side, with what differs and what was measured."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from stage.app.command import Command, Output, clean
from stage.app.house import House, existing, open_house
from stage.app.loading import loading
from stage.director.compared import (
    LETTERS,
    cell,
    facts,
    figures,
    heading,
    markdown,
    rows,
    spreadsheet,
)
from stage.director.comparing import Comparison, Weight, compare, lacking, weigh, weighed
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
    async with open_house(existing(args.library), mode="read", note=out.note) as house:
        play_id = await house.library.play_of(args.lines[0])
        for each in args.lines[1:]:
            if await house.library.play_of(each) != play_id:
                raise BadInput(f"{each} belongs to another play; compare branches of one play.")
        play = await house.director.open(play_id)
        comparison = await compare(house.director, play, args.lines)
        if args.score:
            comparison = await _scored(house, comparison, out)
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


async def _scored(house: House, comparison: Comparison, out: Output) -> Comparison:
    house.director.told.connect(hear := loading(out))
    models, known = list(comparison.play.scene.models), dict[tuple[str, str], Weight]()
    wanted = lacking(comparison.columns, models, {})
    async for weight in weigh(house.director, comparison.play, wanted):
        known[weight.line, weight.model] = weight
        out.progress(f"{len(known)} of {len(wanted)} lines scored")
    house.director.told.disconnect(hear)
    for sentence in dict.fromkeys(each.error for each in known.values() if each.error):
        out.note(f"Note: {sentence}")
    columns = [await weighed(each, models, known) for each in comparison.columns]
    return replace(comparison, columns=tuple(columns))


def _words(comparison: Comparison, *, blind: bool) -> str:
    columns, cast = comparison.columns, comparison.play.scene.cast
    said = [f"{len(comparison.aligned.common)} lines in common; words that differ stand in [ ]"]
    if not blind:
        said += [f"{LETTERS[at]}  {facts(column)}" for at, column in enumerate(columns)]
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
    models = list(comparison.play.scene.models)
    for figure in figures(columns, models, blind=blind):
        found = [f"{LETTERS[at]} {cell(figure, at)}" for at in range(len(columns))]
        said.append(f"{heading(figure)}: {', '.join(found)}")
    return "\n".join(said)


def _marked(text: str) -> str:
    """Put brackets around words, not around the blanks after them."""
    words = text.strip()
    return text.replace(words, f"[{words}]", 1) if words else text


ENTRY = Command("compare", "put branches side by side, with measures", _arguments, _run)
