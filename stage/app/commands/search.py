"""stage search: lines of all plays by their words, and by who said them, when and how."""

import argparse
from dataclasses import asdict

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.director.librarian import names_of
from stage.kit import clock
from stage.kit.errors import BadInput
from stage.store.library import Hit

_HELP = (
    'words, "phrases in quotes", beginnings such as lamp*, and speaker:NAME model:NAME kind:KIND '
    "tag:TAG (what the tag's scope reaches) date:2026-11-20 before:DATE after:DATE stop:REASON "
    "is:kept|hidden|any|interrupted|typed|generated play:TITLE; dates are in UTC. Without is: and "
    "tag: only what is kept and no tag hides"
)

_NAMES = ("speaker", "model", "tag", "play")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help=_HELP)
    parser.add_argument("--play", metavar="PLAY", help="only this play")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many lines")
    parser.add_argument("--rank", action="store_true", help="the best first, not the newest")


async def _run(args: argparse.Namespace, out: Output) -> int:
    if args.limit < 1:
        raise BadInput("--limit must be at least 1.")
    words = [_quoted(word) for word in args.words]
    async with reading(args.library, out.note) as library:
        if args.play:
            await library.scene(args.play)  # an unknown play is bad input
            words.append(f'play:"{args.play}"')
        hits = await library.search(" ".join(words), limit=args.limit, ranked=args.rank)
        plays = dict.fromkeys(hit.play for hit in hits)
        names = {play: await names_of(library, play) for play in plays}
    for hit in hits:
        said = _words(hit, names[hit.play].model(hit.model))
        out.row({**asdict(hit), "made": clock.iso(hit.made)}, said)
    if not hits:
        out.note("No line fits.")
    return 0


def _quoted(word: str) -> str:
    """Give a name back the quotation marks that the shell has eaten.

    Other fields have values without spaces: what follows one is more of the query.
    """
    field, colon, value = word.partition(":")
    if (
        colon
        and field.casefold() in _NAMES
        and any(each.isspace() for each in value)
        and not value.startswith('"')
    ):
        return f'{field}:"{value}"'
    return word


def _words(hit: Hit, model: str) -> str:
    by = f" ({model})" if model else ""
    mark = " [hidden]" if hit.hidden else " [hidden by a tag]" if hit.tagged else ""
    head = f"{hit.id}  {clock.iso(hit.made)[:10]}  {hit.title}"
    return clean(f"{head}\n    {hit.speaker}{by}{mark}: {hit.text}")


ENTRY = Command("search", "find lines in all plays", _arguments, _run)
