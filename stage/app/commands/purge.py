"""stage purge: empty the bin of a play for good. It asks first: nobody can undo it."""

import argparse
import asyncio
import sys

from stage.app.command import Command, Output
from stage.app.house import existing, open_house
from stage.kit.errors import BadInput
from stage.store.library import Purged

_END = "No step made in the play before can be undone after it."


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument("--line", metavar="LINE", help="only this deleted line and what follows")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be purged")


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with open_house(existing(args.library)) as house:
        found = await house.library.marked(args.play, args.line)
        if args.dry_run or not found.lines:
            _tell(out, found)
            return 0
        if not args.yes and not await _asked(len(found.lines)):
            out.note("Nothing was purged.")
            return 1
        _tell(out, await house.director.purge(args.play, args.line))
    return 0


async def _asked(count: int) -> bool:
    if not sys.stdin.isatty():
        raise BadInput(
            f"This would purge {count} lines for good. {_END} Say so with --yes, or look first "
            "with --dry-run."
        )
    sys.stderr.write(f"Purge {count} lines for good? Nobody can undo it. {_END} Type yes: ")
    sys.stderr.flush()
    answer: str = await asyncio.to_thread(sys.stdin.readline)
    return answer.strip() == "yes"


def _tell(out: Output, purged: Purged) -> None:
    count = len(purged.lines)
    row = {
        "event": "purged" if purged.backup else "marked",
        "lines": list(purged.lines),
        "kept": list(purged.kept),
        "backup": str(purged.backup) if purged.backup else None,
    }
    said = f"{'Purged' if purged.backup else 'To be purged'}: {count} lines."
    if purged.kept:
        said += f" {len(purged.kept)} stay, because another play builds on them."
    if purged.lines and not purged.backup:
        said += f" {_END}"
    if purged.backup:
        said += (
            f"\nThe backup {purged.backup} still holds them, and so do older ones (stage backup "
            "--list); remove them when you are sure."
        )
    out.row(row, said)


ENTRY = Command("purge", "empty the bin of a play for good", _arguments, _run)
