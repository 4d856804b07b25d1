"""stage history: what happened to a play, in order; `stage tree --when` looks at any moment."""

import argparse

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.director.librarian import names_of
from stage.kit import clock
from stage.play.naming import Names
from stage.store.library import Happened


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument(
        "--all", action="store_true", help="every single change, and where one stood, too"
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with reading(args.library, out.note) as library:
        names = await names_of(library, args.play)
        found = await library.history(args.play, elements=args.all)
    for each in found:
        row = {
            "event": each.event,
            "time": clock.iso(each.time),
            "kind": each.kind,
            "line": each.line,
            "speaker": names.who(each.speaker) or None,
            "model": each.model,
            "operation": each.operation or None,
            "words": _words(each, names),
        }
        out.row(row, clean(f"{each.event:>6}  {row['time']}  {row['words']}"))
    return 0


def _words(each: Happened, names: Names) -> str:
    who = names.who(each.speaker) or "nobody"
    if each.kind == "play":
        return "the play begins"
    if each.kind == "line":
        by = f" ({names.model(each.model)})" if each.model else ""
        text = " ".join(each.text.split())
        return f"{who}{by}: {text}" if text else f"line of {who}{by}"
    if each.kind in ("do", "undo", "redo", "purge"):
        said = each.words or _plain(each.operation, who)
        return said if each.kind in ("do", "purge") else f"{each.kind} {said}"
    return f"{each.kind} {each.line or ''}".rstrip()


def _plain(operation: str, who: str) -> str:
    return f"line of {who}" if operation == "line" else operation


ENTRY = Command("history", "tell what happened to a play, in order", _arguments, _run)
