"""stage models: what model files are, from their headers; no weights are loaded."""

import argparse
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.engine.shelf import Card, describe, scan
from stage.kit import paths


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "places",
        nargs="*",
        type=Path,
        metavar="FILE|FOLDER",
        help="model files or folders (default: the shipped models)",
    )


def _run(args: argparse.Namespace, out: Output) -> int:
    for place in args.places or [paths.resources() / "models"]:
        if place.is_dir():
            for found in scan(place):
                _row(found, out)
        else:
            _row(describe(place), out)
    return 0


def _row(found: Card | tuple[Path, str], out: Output) -> None:
    if isinstance(found, tuple):
        path, sentence = found
        out.row({"path": str(path), "error": sentence}, clean(sentence))
        return
    card = found
    kind = f"{card.kind} ({'; '.join(card.reasons)})"
    context = "unknown" if card.context_length is None else f"{card.context_length:,}"
    template = "with" if card.has_template else "no"
    words = (
        f"{card.path}\n    {card.name}: {card.architecture}, {kind}\n"
        f"    {card.parameters:,} parameters, {card.quantisation}, context {context}, "
        f"vocabulary {card.vocabulary:,}, {card.size_bytes / 1e6:.1f} MB, {template} chat template"
    )
    out.row(card.to_json(), clean(words))


ENTRY = Command("models", "describe model files", _arguments, _run)
