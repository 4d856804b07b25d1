"""stage backup: a verified copy of the library, and which ones there are."""

import argparse
from pathlib import Path

from stage.app.command import Command, Output
from stage.app.reading import reading
from stage.kit import clock
from stage.kit.errors import BadInput
from stage.store.care import keeping, recovering


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=Path, metavar="FILE",
        help="write this new file (default: in backups/ beside the library, the newest 10 kept)",
    )  # fmt: skip
    parser.add_argument(
        "--restore", nargs="?", const="", metavar="FILE",
        help="put this backup (default: the newest sound one) in the place of the library, which "
        "is kept under another name",
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="only list the backups there are")


async def _run(args: argparse.Namespace, out: Output) -> int:
    if args.list:
        return _list(args.library, out)
    if args.restore is not None:
        return _restore(args.library, args.restore, out)
    async with reading(args.library, out.note) as library:
        target = args.to
        if target is None:
            target = await library.backup()
        else:
            await library.snapshot(target)
    size = target.stat().st_size
    row = {"file": str(target), "bytes": size, "verified": True}
    out.row(row, f"{target}  {size / 2**20:.1f} MiB, verified")
    return 0


def _restore(path: Path, name: str, out: Output) -> int:
    copy = Path(name) if name else keeping.newest_sound(path)
    if copy is None:
        raise BadInput(
            f"The library {path} has no sound backup beside it; see stage backup --list."
        )
    aside = recovering.put_back(path, copy)
    row = {"file": str(path), "from": str(copy), "aside": str(aside) if aside else None}
    kept = f"; what was there is {aside}" if aside else ""
    out.row(row, f"{path} is {copy.name} now{kept}")
    return 0


def _list(path: Path, out: Output) -> int:
    for file in keeping.backups(path):
        made, size = clock.iso(keeping.made(file)), file.stat().st_size
        row = {"file": str(file), "bytes": size, "made": made}
        out.row(row, f"{file}  {made}  {size / 2**20:.1f} MiB")
    return 0


ENTRY = Command("backup", "make a verified copy of the library", _arguments, _run)
