"""A comparison as rows for machines, as Markdown, as CSV: what is shown, and nothing more.

With `blind`, branches are called by their letters and what would give a model away is left out.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from stage.director.opened import OpenPlay
from stage.director.operations.prefer import TAG
from stage.director.weighing.comparing import Column, Comparison
from stage.director.weighing.figures import (
    FEW,
    Figure,
    cell,
    figures,
    heading,
    readings,
    told,
)
from stage.engine.worker.aside import aside
from stage.formats.markdown import in_cell, table
from stage.kit.errors import KnownError
from stage.measures.measure import Reading
from stage.measures.wording import differences
from stage.play.line import Line

LETTERS = "ABCDEF"


def facts(column: Column, play: OpenPlay) -> str:
    """Models, frame, seed and title of a branch in one row."""
    seed = None if column.seed is None else f"seed {column.seed}"
    models = ", ".join(map(play.title_of, column.models))
    parts = (models, column.frame, seed, column.title)
    return " · ".join(part for part in parts if part)


def shared(comparison: Comparison) -> str:
    """How many lines all branches have: "1 line"."""
    count = len(comparison.aligned.common)
    return f"{count} {'line' if count == 1 else 'lines'}"


def rating(comparison: Comparison, at: int) -> int | None:
    """What somebody gave a branch: the rating of the line it ends at."""
    return comparison.play.tree[comparison.columns[at].leaf].rating


def preferred(comparison: Comparison, at: int) -> bool:
    """Whether somebody preferred a branch: the line it ends at."""
    return TAG in comparison.play.tree[comparison.columns[at].leaf].tags


# forms


def rows(comparison: Comparison, *, blind: bool = False) -> Iterator[dict[str, Any]]:
    """Yield objects for JSON: what is common, branches, turns with their pieces, measures."""
    play = comparison.play
    yield {"event": "comparison", "play": play.id,
           "common": [line.id for line in comparison.aligned.common]}  # fmt: skip
    for at, column in enumerate(comparison.columns):
        which = {"leaf": column.leaf, "models": list(column.models), "frame": column.frame,
                "seed": column.seed, "title": column.title}  # fmt: skip
        given = rating(comparison, at)
        yield {"event": "branch", "label": LETTERS[at], **({} if blind else which), "rating": given,
               "preferred": preferred(comparison, at)}  # fmt: skip
    for turn, row in enumerate(comparison.aligned.rows, 1):
        yield {"event": "turn", "turn": turn, "cells": list(_cells(comparison, row, blind=blind))}
    for figure in measured(comparison, blind=blind):
        yield {"event": "measure", **told(figure, play),
               "branches": [readings(each) for each in figure.cells]}  # fmt: skip


def measured(comparison: Comparison, *, blind: bool = False) -> list[Figure]:
    """Every figure of a comparison."""
    found = [each.readings for each in comparison.columns]
    return figures(found, list(comparison.play.scene.models), blind=blind)


def _cells(
    comparison: Comparison, row: Sequence[Line | None], *, blind: bool
) -> Iterator[dict[str, Any] | None]:
    pieces = iter(differences([line.text for line in row if line is not None]))
    for line in row:
        if line is None:
            yield None
            continue
        cut = [{"text": piece.text, "same": piece.same} for piece in next(pieces)]
        own = {} if blind else {"id": line.id, "model": line.model}
        yield {**own, "speaker": comparison.play.scene.cast.label_of(line), "pieces": cut}


def markdown(comparison: Comparison, *, blind: bool = False) -> str:
    """Two tables under a title: turns, then measures; what was said shows verbatim."""
    play, columns = comparison.play, comparison.columns
    labels = [
        f"{LETTERS[at]}" if blind else f"{LETTERS[at]}: {in_cell(facts(column, play))}"
        for at, column in enumerate(columns)
    ]
    turns = [
        [str(turn), *(_said(comparison, line) for line in row)]
        for turn, row in enumerate(comparison.aligned.rows, 1)
    ]
    numbers = [  # our own words and numbers
        [in_cell(heading(figure, play)), *(cell(figure, at) for at in range(len(columns)))]
        for figure in measured(comparison, blind=blind)
    ]
    rated = [str(rating(comparison, at) or "none") for at in range(len(columns))]
    liked = ["yes" if preferred(comparison, at) else "no" for at in range(len(columns))]
    judged = [["Rating of 5, last line", *rated], ["Preferred", *liked]]
    return "\n".join([
        f"# {in_cell(play.scene.title)}: {len(columns)} branches", "",
        f"{shared(comparison)} in common.", "",
        *table([["", *labels], *turns]), "",
        *table([["", *LETTERS[: len(columns)]], *numbers, *judged]), "", FEW, "",
    ])  # fmt: skip


def _said(comparison: Comparison, line: Line | None) -> str:
    if line is None:
        return ""
    who = comparison.play.scene.cast.label_of(line) or "Scene"
    return f"**{in_cell(who)}:** {in_cell(line.text)}"


def spreadsheet(comparison: Comparison, *, blind: bool = False) -> str:
    """CSV, one row for a line in a branch or for a number of it; columns as the first row says."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["what", "branch", "leaf", "turn", "speaker", "model", "text", "name",
                     "value", "n", "low", "high", "level", "method", "unit"])  # fmt: skip
    for turn, row in enumerate(comparison.aligned.rows, 1):
        for at, line in enumerate(row):
            if line is not None:
                who = comparison.play.scene.cast.label_of(line)
                named = ["", turn, who, ""] if blind else [
                    comparison.columns[at].leaf, turn, who, line.model]  # fmt: skip
                writer.writerow(["line", LETTERS[at], *named, line.text, *[""] * 8])
    for figure in measured(comparison, blind=blind):
        for at, found in enumerate(figure.cells):
            leaf = "" if blind else comparison.columns[at].leaf
            begin = [figure.measure.id, LETTERS[at], leaf, "", "", figure.name, ""]
            writer.writerows([*begin, *each, figure.measure.unit] for each in _numbers(found))
    for at, column in enumerate(comparison.columns):
        leaf = "" if blind else column.leaf
        given = rating(comparison, at)
        if given is not None:
            writer.writerow(["rating", LETTERS[at], leaf, *[""] * 5, given, *[""] * 6])
        if preferred(comparison, at):
            writer.writerow(["preferred", LETTERS[at], leaf, *[""] * 5, 1, *[""] * 6])
    return out.getvalue()


def _numbers(found: Sequence[Reading]) -> Iterator[list[Any]]:
    """Name and number of each reading; what is unknown has a row with nothing in it."""
    for each in found:
        yield [each.name, *each.number.to_json().values()]
    if not found:
        yield [""] * 7


async def in_words(comparison: Comparison, *, blind: bool = False) -> str:
    """As Markdown; long branches hold nobody up."""
    return await aside(partial(markdown, comparison, blind=blind))


async def write_out(comparison: Comparison, file: Path, *, blind: bool = False) -> None:
    """As `save`; long branches hold nobody up."""
    await aside(partial(save, comparison, file, blind=blind))


def save(comparison: Comparison, file: Path, *, blind: bool = False) -> None:
    """Write a file: Markdown, .csv, or .jsonl with one object a line. Raises KnownError."""
    ending = file.suffix.lower()
    if ending == ".csv":
        text = spreadsheet(comparison, blind=blind)
    elif ending in (".json", ".jsonl"):
        made = rows(comparison, blind=blind)
        text = "".join(f"{json.dumps(row, allow_nan=False)}\n" for row in made)
    else:
        text = markdown(comparison, blind=blind)
    try:
        file.write_text(text.encode("utf-8", "replace").decode(), "utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(f"{file} cannot be written ({reason}); name another file.") from error
