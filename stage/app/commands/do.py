"""stage do: one operation on a line or a play; `--list` names them all."""

import argparse
from collections.abc import Awaitable, Callable

from stage.app.command import Command, Output, clean
from stage.app.house import House, existing, open_house
from stage.director.director import Director
from stage.director.events import Changed
from stage.director.operations import OPERATIONS
from stage.director.operations.operation import Key, Operation
from stage.kit.errors import BadInput


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("operation", nargs="?", metavar="OPERATION", help="see --list")
    parser.add_argument("keys", nargs="*", metavar="KEY=VALUE", help="what it needs to know")
    parser.add_argument("--line", metavar="LINE", help="the line it is about")
    parser.add_argument("--play", metavar="PLAY", help="the play, where no line is named")
    parser.add_argument("--list", action="store_true", help="name every operation with its keys")


async def _run(args: argparse.Namespace, out: Output) -> int:
    if args.list:
        for operation in OPERATIONS:
            out.row(_row(operation), _help(operation))
        return 0
    _check(args)
    given = dict(_pair(word) for word in args.keys)
    async with open_house(existing(args.library)) as house:
        play = args.play or await house.library.play_of(args.line)
        done = await house.director.do(play, args.operation, {**given, "line": args.line})
        await report(house, done, args.operation, out)
    return 0


async def report(house: House, done: Changed, operation: str, out: Output) -> None:
    """Say what was done, and what undo and redo would do next."""
    back, forth = await house.director.undo_words(str(done.play))
    row = {
        "event": "changed",
        "operation": operation,
        "play": done.play,
        "lines": list(done.lines),
        "made": list(done.made),
        "words": done.words,
        "undo": back,
        "redo": forth,
    }
    count = f"; {len(done.lines)} {'line' if len(done.lines) == 1 else 'lines'} changed"
    made = f"\nnew: {' '.join(done.made)}" if done.made else ""
    out.row(row, clean(f"{operation}: {done.words}{count if done.changes else ''}{made}"))


def step(name: str, help_: str, move: Callable[[Director, str], Awaitable[Changed]]) -> Command:
    """A command that takes a play one step through what was done to it."""

    def arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")

    async def run(args: argparse.Namespace, out: Output) -> int:
        async with open_house(existing(args.library)) as house:
            await report(house, await move(house.director, args.play), name, out)
        return 0

    return Command(name, help_, arguments, run)


def _check(args: argparse.Namespace) -> None:
    if args.operation is None:
        raise BadInput("Name an operation, or ask for all with --list.")
    if args.operation not in OPERATIONS:
        known = ", ".join(OPERATIONS.names)
        raise BadInput(f"There is no operation {args.operation}; there are {known}.")
    if args.line is None and args.play is None:
        raise BadInput("Name the line with --line LINE, or the play with --play PLAY.")


def _pair(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals or not key or key == "line":
        raise BadInput(f"{word} is not KEY=VALUE; see stage do --list.")
    return key, value


def _row(operation: Operation) -> dict[str, object]:
    keys = {
        name: {
            "form": key.form,
            "help": key.help,
            "required": key.required,
            "default": key.default,
            "choices": list(key.choices),
        }
        for name, key in operation.keys.items()
    }
    return {"operation": operation.name, "help": operation.help, "keys": keys}


def _help(operation: Operation) -> str:
    keys = [f"\n    {_sign(name, key)}  {key.help}" for name, key in operation.keys.items()]
    return f"{operation.name}: {operation.help}{''.join(keys)}"


def _sign(name: str, key: Key) -> str:
    value = "|".join(key.choices) or {"count": "N", "flag": "true"}.get(key.form, key.form.upper())
    return f"{name}={value}" if key.required else f"[{name}={value}]"


ENTRY = Command("do", "do an operation on a line or a play", _arguments, _run)
