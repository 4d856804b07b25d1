"""stage models: what model files are, from their headers; no weights are loaded."""

import argparse
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.engine.shelf import ModelCard, describe, scan
from stage.kit import paths
from stage.kit.errors import BadInput


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
            for path, found in scan(place):
                _row(path, found, out)
        else:
            _row(place, describe(place), out)
    return 0


def _row(path: Path, found: ModelCard | BadInput, out: Output) -> None:
    if isinstance(found, BadInput):
        out.row({"path": str(path), "error": found.sentence}, clean(found.sentence))
        return
    card = found
    kind = f"{card.kind} ({'; '.join(card.reasons)})"
    words = (
        f"{path}\n    {card.name}: {card.architecture}, {kind}\n    {card.parameters:,} parameters,"
        f" {card.quantisation}, context {card.context_length:,}, vocabulary {card.vocabulary:,},"
        f" {card.size_bytes / 1e6:.1f} MB, {'with' if card.has_template else 'no'} chat template"
    )
    out.row({"path": str(path), **card.to_json()}, clean(words))


ENTRY = Command("models", "describe model files", _arguments, _run)
