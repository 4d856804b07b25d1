"""stage surprisal: how surprising a line was for models that were to say it themselves."""

import argparse

from stage.app.command import Command, Output, clean
from stage.app.house import House, existing, open_house
from stage.app.loading import loading
from stage.director.opened import OpenPlay
from stage.director.wardrobe import model_file
from stage.director.weighing.comparing import read
from stage.director.weighing.figures import UNDERS, value
from stage.director.weighing.looking import Look, in_own_frame
from stage.director.weighing.surprising import Surprisal, surprisal_of
from stage.kit import clock
from stage.measures.average import Average, average
from stage.measures.nats import own
from stage.play.line import Line
from stage.play.prompting import FRAMES


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", metavar="LINE", help="the id of a line, typed or said")
    parser.add_argument(
        "--model", nargs="+", metavar="FILE", default=[],
        help="model files, or the play's names of them (default: all of the play)",
    )  # fmt: skip
    parser.add_argument("--again", action="store_true", help="score anew what was scored before")
    parser.add_argument("--frame", choices=FRAMES.names, help="instead of the member's own")


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with open_house(existing(args.library), mode="keep", note=out.note) as house:
        house.director.told.connect(loading(out))
        play = await house.director.open(await house.library.play_of(args.line))
        for name in args.model or list(play.models):
            file = play.models[name] if name in play.models else model_file(name)
            seen = None if args.frame or args.again else await _known(house, play, args.line, name)
            if seen is None:
                model = await house.pool.load(file)
                seen = await in_own_frame(play, args.line, model, name, frame=args.frame)
                house.director.scoring.keep(play, seen, model)
            found = surprisal_of(seen, play.tree[args.line].text)
            speaker = play.cast(args.line).label_of(play.tree[args.line])
            title = play.title_of(name) if name in play.models else file.stem
            said = await _said(house, play.tree[args.line], name)
            row = {"line": args.line, "as": speaker, "model": name, "model_title": title,
                   "file": str(file), "condition": "own frame", "scored": seen.made}  # fmt: skip
            row["as_said"] = said and said.to_json()
            out.row({**row, **found.to_json()}, clean(f"{title}: {_words(found, seen, said)}"))
    return 0


async def _known(house: House, play: OpenPlay, line: str, name: str) -> Look | None:
    """What was scored before, where that still holds."""
    return await house.director.scoring.own_frame(play, line, name) if name in play.models else None


async def _said(house: House, line: Line, name: str) -> Average | None:
    """What its own tokens were to the model that said the line, before it became its text."""
    return average(own((await read(house.director, [line]))[0])) if line.model == name else None


def _words(found: Surprisal, seen: Look, said: Average | None) -> str:
    mean = found.per_token
    per = value(mean, UNDERS["own frame"]) if mean else "unknown"
    return (
        f"{found.nats:.3f} nats over {found.tokens} tokens, {found.bytes} bytes; "
        f"{per} nats per token, {found.bits_per_byte:.4f} bits per byte; "
        f"scored {clock.iso(seen.made)[:10] if seen.made else 'now'}, frame {found.frame}"
        + (f"; as it said it {value(said, UNDERS['own frame'])} of {said.n} tokens" if said else "")
    )


ENTRY = Command("surprisal", "tell how surprising a line was for each model", _arguments, _run)
