"""stage check: the certificate of a library. Exit 0 when it is sound, 1 when it is not."""

import argparse

from stage.app.command import Command, Output, clean
from stage.app.reading import reading


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--deep", action="store_true", help="compare all token data with texts and hashes, too"
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with reading(args.library, out.note) as library:
        problems = await library.check(deep=args.deep)
        counted = {} if problems else await library.count()
    for problem in problems:
        out.row({"problem": problem}, clean(problem))
    if problems:
        out.note(
            f"{len(problems)} problems; keep the file, and see stage backup --restore and salvage."
        )
        return 1
    shown = {name: number for name, number in counted.items() if number or name != "deleted"}
    said = ", ".join(
        f"{number} {_NAMES.get(name) or (name.removesuffix('s') if number == 1 else name)}"
        for name, number in shown.items()
    )
    out.row({"problem": None, "sound": True, "deep": args.deep, **counted}, f"Sound: {said}.")
    return 0


_NAMES = {"deleted": "in the bin"}
ENTRY = Command("check", "look for damage in the library", _arguments, _run)
