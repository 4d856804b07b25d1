"""stage models: what model files are, from their headers; which are watched; what is settled."""

import argparse
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from stage.app.command import Command, Output, clean
from stage.director.shelving import judged
from stage.director.wardrobe import places
from stage.engine.shelf import notes
from stage.engine.shelf.card import Card, describe
from stage.engine.shelf.finding import scan
from stage.kit import paths, settings
from stage.kit.errors import BadInput, KnownError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "places",
        nargs="*",
        type=Path,
        metavar="FILE|FOLDER",
        help="model files or folders (default: the shipped models and what is watched)",
    )
    parser.add_argument(
        "--watch", action="append", type=Path, default=[], metavar="PLACE",
        help="look for models in this folder, at any depth, or this file from now on",
    )  # fmt: skip
    parser.add_argument(
        "--unwatch", action="append", type=Path, default=[], metavar="PLACE",
        help="no longer look there",
    )  # fmt: skip
    parser.add_argument(
        "--set", nargs="+", default=[], metavar="KEY=VALUE",
        help="settle something about one model, wherever its file lies: "
        f"{', '.join(notes.ENTRIES)}; auto forgets it",
    )  # fmt: skip
    parser.add_argument(
        "--memory", action="store_true", help="estimate what each would take, without loading it"
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    if args.watch or args.unwatch:
        _watch(args.watch, args.unwatch)
    if args.set:
        _settle(args.places, args.set)
    asked, none = [*args.places, *args.watch], True
    for found in _found(asked or places()):
        none = False
        await _row(found, out, estimated=args.memory)
    if none and asked:
        out.note(f"No GGUF model in {', '.join(map(str, asked))}, at any depth.")
    return 0


def _watch(more: list[Path], fewer: list[Path]) -> None:
    file = paths.settings()
    kept = settings.load(file)
    gone = {os.path.abspath(each.expanduser()) for each in fewer}
    if unknown := sorted(gone - set(kept.watched)):
        raise BadInput(f"{unknown[0]} is not watched; stage models lists what is.")
    added = [os.path.abspath(each.expanduser()) for each in more]
    if missing := [each for each in added if not os.path.exists(each)]:
        raise BadInput(f"There is no {missing[0]}; check the name.")
    whole = dict.fromkeys([*kept.watched, *added])
    settings.save(replace(kept, watched=[each for each in whole if each not in gone]), file)


def _settle(files: list[Path], words: list[str]) -> None:
    if len(files) != 1:
        raise BadInput("--set is for one model: name its file before --set.")
    card = describe(files[0])
    notes.settle(card, words)


def _found(given: list[Path]) -> Iterator[Card | tuple[Path, str]]:
    """What is there, each file once; a file that was named must be a model."""
    seen: set[str] = set()
    for place in given:
        found = scan(place) if place.is_dir() else iter([describe(place)])
        for each in found:
            real = os.path.realpath(each[0] if isinstance(each, tuple) else each.path)
            if real not in seen:
                seen.add(real)
                yield each


async def _row(found: Card | tuple[Path, str], out: Output, *, estimated: bool) -> None:
    if isinstance(found, tuple):
        path, sentence = found
        out.row({"path": str(path), "error": sentence}, clean(sentence))
        return
    card = notes.applied(found)
    kind = f"{card.kind} ({'; '.join(card.reasons)})"
    context = "unknown" if card.context_length is None else f"{card.context_length:,}"
    template = "with" if card.has_template else "no"
    words = (
        f"{card.path}\n    {card.name}: {card.architecture}, {kind}\n"
        f"    {card.parameters:,} parameters, {card.quantisation}, context {context}, "
        f"vocabulary {card.vocabulary:,}, {card.size_bytes / 1e6:.1f} MB, {template} chat template"
    )
    settled = {key: value for key, value in notes.noted(card).items() if key in notes.ENTRIES}
    row = {**card.to_json(), "settings": settled}
    if settled:
        words += "\n    set: " + ", ".join(f"{key}={value}" for key, value in settled.items())
    if estimated:
        row["estimate"] = estimate = await _estimate(card)
        words += f"\n    {_in_words(estimate)}"
    out.row(row, clean(words))


async def _estimate(card: Card) -> dict[str, Any]:
    try:
        made = await judged(card)
    except KnownError as error:
        return {"error": error.sentence}
    told = {"free": made.free, "fits": made.fits, "advice": made.advice or None}
    return {**made.estimate.to_json(), **told}


def _in_words(told: dict[str, Any]) -> str:
    if "error" in told:
        return str(told["error"])
    names = ("process", "weights", "cache", "recurrent", "compute", "output", "scoring")
    parts = ", ".join(f"{name} {told[name] / 1e6:.0f}" for name in names if told[name])
    words = (
        f"{told['total'] / 1e6:.0f} MB with {told['cells']} cells of {told['kv']} and "
        f"{told['takes']} takes ({parts})"
    )
    if told["branches"]:
        words += f", up to {told['branches'] / 1e6:.0f} MB more for branches put aside"
    if told["long_text"]:
        words += f", {told['long_text'] / 1e6:.0f} MB more while a text of full length is scored"
    return words + (f"; {told['advice']}" if told["advice"] else "")


ENTRY = Command(
    "models", "describe model files, watch folders, settle how one is used", _arguments, _run
)
