"""stage bin: what was deleted from a play. `stage do restore --line LINE` takes it out again."""

import argparse

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.director.librarian import names_of
from stage.kit import clock


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with reading(args.library, out.note) as library:
        names = await names_of(library, args.play)
        found = await library.bin(args.play)
    for each in found:
        who = names.who(each.speaker) or None
        deleted = clock.iso(each.deleted)
        row = {
            "id": each.id, "speaker": who, "model": each.model, "kind": each.kind,
            "text": each.text, "below": each.below, "under": each.under, "deleted": deleted,
            "words": each.words,
        }  # fmt: skip
        by = f" ({names.model(each.model)})" if each.model else ""
        below = f" [{each.below} below]" if each.below else ""
        text = " ".join(each.text.split())
        out.row(row, clean(f"{each.id}  {deleted}  {each.words}\n    {who}{by}{below}: {text}"))
    if found:
        out.note("stage do restore --line LINE takes a line out of the bin again.")
    else:
        out.note("The bin is empty.")
    return 0


ENTRY = Command("bin", "list what was deleted from a play", _arguments, _run)
