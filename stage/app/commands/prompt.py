"""stage prompt: the exact text and tokens a member would receive after a line."""

import argparse

from stage.app.command import Command, Output, clean
from stage.app.house import House, existing, open_house
from stage.app.loading import loading
from stage.director.opened import OpenPlay
from stage.director.prompts import WHY, View, difference, view
from stage.kit.errors import BadInput
from stage.play.prompting import FRAMES


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument("--at", metavar="LINE", help="speak after this line (default: the last)")
    parser.add_argument("--as", dest="member", metavar="PERSONA", required=True, help="who speaks")
    parser.add_argument("--frame", choices=FRAMES.names, help="instead of the persona's own")
    parser.add_argument("--model", metavar="NAME", help="the scene's name of another model")
    parser.add_argument("--diff", metavar="OTHER", help="compare with what OTHER would receive")


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with open_house(existing(args.library), mode="read", note=out.note) as house:
        house.director.told.connect(loading(out))
        play = await house.director.open(args.play)
        own = await _view(house, play, args, args.member)
        if args.diff is None:
            out.row(own.to_json(), _words(own, play.title_of(own.model)))
            return 0
        other = await _view(house, play, args, args.diff)
        rows = difference(own, other)
        both = {"one": own.to_json(), "other": other.to_json(), "diff": rows}
        out.row(both, clean("\n".join(rows)) if rows else "Both receive the same.")
    return 0


async def _view(house: House, play: OpenPlay, args: argparse.Namespace, label: str) -> View:
    if args.at is not None and args.at not in play.tree:
        raise BadInput(f"The play has no line {args.at}; see stage tree {args.play}.")
    cast = play.cast(args.at or play.leaf)
    member = cast.named(label)
    if member is None:
        known = ", ".join(each.label for each in cast)
        raise BadInput(f"Nobody in the play is called {label}; it has {known}.")
    if args.model is not None and args.model not in play.models:
        known = ", ".join(play.models)
        raise BadInput(f"The play has no model called {args.model}; it has {known}.")
    return await view(
        house.pool, play, args.at or play.leaf, member.id, frame=args.frame, model=args.model
    )


def _words(own: View, model: str) -> str:
    prepared = own.received.prepared
    rows = [prepared.text, "", f"{len(prepared.tokens)} tokens for {model}, frame "]
    rows[-1] += f"{own.received.frame.id}:"
    rows.append(" ".join(str(token) for token in prepared.tokens))
    for each in own.left_out:
        what = f"{each.what} {each.line}" if each.line else each.what
        rows.append(f"left out: {what} ({each.tokens} tokens), {WHY[each.why]}")
    rows += [f"lore: {each['entry']}, for {each['key']}" for each in own.received.lore()]
    rows += [f"macro: {each['macro']} is {each['value']!r}" for each in own.received.macros()]
    rows += [f"repaired: {each}" for each in prepared.repairs]
    rows += [f"note: {each}" for each in prepared.warnings]
    return clean("\n".join(rows))


ENTRY = Command("prompt", "print the exact prompt a persona would receive", _arguments, _run)
