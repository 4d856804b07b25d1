"""stage next: who a model expects to speak after a line."""

import argparse
from typing import Any

from stage.app.command import Command, Output, clean
from stage.app.house import existing, open_house
from stage.app.loading import loading
from stage.director.turns.expecting import OPEN, expect
from stage.director.wardrobe import model_file
from stage.kit.errors import BadInput
from stage.measures.spread import share
from stage.play.cast import Cast
from stage.play.chances import Chances


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument("--at", metavar="LINE", help="after this line (default: the last)")
    parser.add_argument(
        "--model",
        metavar="FILE",
        help="a model file, or the play's name of one (default: its first)",
    )
    parser.add_argument("--frame", choices=OPEN, help="instead of the default of the model's kind")
    parser.add_argument(
        "--newcomers", type=int, default=0, metavar="N", help="sample N continuations for new names"
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    if not 0 <= args.newcomers <= 1024:
        raise BadInput(f"--newcomers is {args.newcomers}; ask for 0 to 1024 continuations.")
    async with open_house(existing(args.library), mode="read", note=out.note) as house:
        house.director.told.connect(loading(out))
        play = await house.director.open(args.play)
        at = args.at or play.leaf
        if at not in play.tree:
            raise BadInput(f"The play has no line {at}; see stage tree {args.play}.")
        name = args.model or next(iter(play.models))
        file = play.models[name] if name in play.models else model_file(name)
        title = play.title_of(name) if name in play.models else file.stem
        model = await house.pool.load(file)
        chances = await expect(play, at, model, frame=args.frame, sampled=args.newcomers)
        row = {"play": play.id, "at": at, "model": name, "model_title": title, "file": str(file)}
        words = _words(chances, play.cast(at))
        out.row({**row, **_row(chances, play.cast(at))}, clean(f"{title} was asked.\n{words}"))
    return 0


def _row(chances: Chances, cast: Cast) -> dict[str, Any]:
    row: dict[str, Any] = {
        "candidates": [
            {"name": cast.label(each.member), "p": each.p, "logprob": each.logprob}
            for each in chances.candidates
        ],
        "someone_new": chances.someone_new,
        "ends": chances.ends,
        "goes_on": chances.goes_on,
        "notes": list(chances.notes),
    }
    if chances.newcomers is not None:
        found = sum(chances.newcomers.values())
        of = share(found, chances.sampled)
        row["newcomers"] = {
            "sampled": chances.sampled, "found": found, "share": of and of.to_json(),
            "names": dict(chances.newcomers),
        }  # fmt: skip
    return row


def _words(chances: Chances, cast: Cast) -> str:
    rows = [
        f"{_share(each.p):>8}  {cast.label(each.member)}  ({each.logprob:.3f} nats)"
        for each in chances.candidates
    ]
    rows.append(f"{_share(chances.someone_new):>8}  someone new, at most")
    rows.append(f"Of all: {_share(chances.ends)} ends, {_share(chances.goes_on)} goes on.")
    if chances.newcomers is not None:
        found = sum(chances.newcomers.values())
        of = share(found, chances.sampled)
        said = f"{of.value:.0%} [{of.low or 0.0:.0%}, {of.high or 1.0:.0%}]" if of else "unknown"
        names = ", ".join(f"{name} ({count})" for name, count in chances.newcomers.items())
        rows.append(
            f"{found} of {chances.sampled} continuations bring a newcomer, {said}"
            f"{': ' + names if names else ''}."
        )
    return "\n".join([*rows, *(f"note: {each}" for each in chances.notes)])


def _share(p: float) -> str:
    return "< 0.01%" if 0 < p < 0.00005 else f"{p:.2%}"


ENTRY = Command("next", "tell whom a model expects to speak next", _arguments, _run)
