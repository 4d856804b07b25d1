"""A comparison as rows for machines, as Markdown, as CSV: what is shown, and nothing more.

With `blind`, branches are called by their letters and what would give a model away is left out.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stage.director.comparing import UNDER, Column, Comparison
from stage.director.operations.prefer import TAG
from stage.formats.markdown import verbatim
from stage.kit.errors import KnownError
from stage.measures import MEASURES
from stage.measures.average import Average
from stage.measures.measure import Measure, Reading
from stage.measures.wording import differences
from stage.play.line import Line

LETTERS = "ABCDEF"
TELLING = frozenset({"nats", "first_token", "speed", "stops", "tokens", "length"})


UNDER_MODEL = Measure(
    UNDER, 1, "Under", "nats/token", "lines", lambda branch: (),
    "Every line of a model, after the prompt this model would receive there in its own frame; one "
    "it said itself counts as stored. Unknown until all are scored.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of every branch.

    Attributes:
        name: the play's name of the model it is under, "" for what needs none.
        cells: for each branch what was found; empty where it is not known.
    """

    measure: Measure
    name: str
    cells: tuple[tuple[Reading, ...], ...]


def figures(
    columns: Sequence[Column], models: Sequence[str], *, blind: bool = False
) -> list[Figure]:
    """Every measure of every branch, and nats per token under every model of the play."""
    wanted: list[tuple[Measure, str]] = []
    for measure in MEASURES:
        if not (blind and measure.id in TELLING):
            wanted.append((measure, ""))
        if not blind and measure.id == "nats":
            wanted += [(UNDER_MODEL, name) for name in models]
    return [
        Figure(measure, name, tuple(each.readings.get((measure.id, name), ()) for each in columns))
        for measure, name in wanted
    ]


def value(number: Average, measure: Measure) -> str:
    """A number with its interval: "2.31 [2.02, 2.60]"."""
    if measure.count:
        return f"{number.value:.0f}"
    scale, sign = (100.0, " %") if measure.share else (1.0, "")
    figure = "{:.3g}" if measure.share else "{:#.3g}"  # of shares 100 %, of others 2.60
    said = f"{figure.format(number.value * scale).rstrip('.')}{sign}"
    if number.low is None or number.high is None:
        return said
    ends = (figure.format(each * scale).rstrip(".") for each in (number.low, number.high))
    return f"{said} [{', '.join(ends)}]"


def cell(figure: Figure, at: int) -> str:
    """What a measure found for one branch, in words; "unknown" where nothing is known."""
    measure, said = figure.measure, []
    for each in figure.cells[at]:
        unit = measure.of_what.removesuffix("s") if each.number.n == 1 else measure.of_what
        n = "" if measure.id == "lines" else f" of {each.number.n} {unit}"
        name = f"{each.name.replace('_', ' ')} " if each.name else ""
        said.append(f"{name}{value(each.number, measure)}{n}")
    return "; ".join(said) or "unknown"


def heading(figure: Figure) -> str:
    """A measure with its model and unit."""
    measure = figure.measure
    named = f"{measure.title} {figure.name}".rstrip()
    return f"{named}, {measure.unit}" if measure.unit else named


def facts(column: Column) -> str:
    """Models, frame, seed and title of a branch in one row."""
    seed = None if column.seed is None else f"seed {column.seed}"
    parts = (", ".join(column.models), column.frame, seed, column.title)
    return " · ".join(part for part in parts if part)


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
        told = {"leaf": column.leaf, "models": list(column.models), "frame": column.frame,
                "seed": column.seed, "title": column.title}  # fmt: skip
        given = rating(comparison, at)
        yield {"event": "branch", "label": LETTERS[at], **({} if blind else told), "rating": given,
               "preferred": preferred(comparison, at)}  # fmt: skip
    for turn, row in enumerate(comparison.aligned.rows, 1):
        yield {"event": "turn", "turn": turn, "cells": list(_cells(comparison, row, blind=blind))}
    models = list(play.scene.models)
    for figure in figures(comparison.columns, models, blind=blind):
        yield {
            "event": "measure", "id": figure.measure.id, "version": figure.measure.version,
            "unit": figure.measure.unit, "of": figure.measure.of_what,
            "model": figure.name or None,
            "branches": [[_reading(each) for each in cell] for cell in figure.cells],
        }  # fmt: skip


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


def _reading(reading: Reading) -> dict[str, Any]:
    number = reading.number
    return {"name": reading.name or None, "value": number.value, "n": number.n,
            "low": number.low, "high": number.high}  # fmt: skip


def markdown(comparison: Comparison, *, blind: bool = False) -> str:
    """Two tables under a title: turns, then measures; what was said shows verbatim."""
    play, columns = comparison.play, comparison.columns
    labels = [
        f"{LETTERS[at]}" if blind else f"{LETTERS[at]}: {_row(facts(column))}"
        for at, column in enumerate(columns)
    ]
    out = [f"# {_row(play.scene.title)}: {len(columns)} branches", ""]
    out += [f"{len(comparison.aligned.common)} lines in common.", "", *_head(["", *labels])]
    for turn, row in enumerate(comparison.aligned.rows, 1):
        out.append(_table([str(turn), *(_said(comparison, line) for line in row)]))
    out += ["", *_head(["", *LETTERS[: len(columns)]])]
    for figure in figures(columns, list(play.scene.models), blind=blind):
        cells = [cell(figure, at) for at in range(len(columns))]  # our own words and numbers
        out.append(_table([_row(heading(figure)), *cells]))
    rated = [str(rating(comparison, at) or "none") for at in range(len(columns))]
    out.append(_table(["Rating of 5", *rated]))
    liked = ["yes" if preferred(comparison, at) else "no" for at in range(len(columns))]
    return "\n".join([*out, _table(["Preferred", *liked]), ""])


def _said(comparison: Comparison, line: Line | None) -> str:
    if line is None:
        return ""
    who = comparison.play.scene.cast.label_of(line) or "Scene"
    return f"**{_row(who)}:** {_row(line.text)}"


def _row(text: str) -> str:
    return "<br>".join(verbatim(text))


def _head(labels: Sequence[str]) -> list[str]:
    return [_table(labels), _table(["---"] * len(labels))]


def _table(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def spreadsheet(comparison: Comparison, *, blind: bool = False) -> str:
    """CSV, one row for a line in a branch or for a number of it; columns as the first row says."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["what", "branch", "leaf", "turn", "speaker", "model", "text", "name",
                     "value", "n", "low", "high", "unit"])  # fmt: skip
    for turn, row in enumerate(comparison.aligned.rows, 1):
        for at, line in enumerate(row):
            if line is not None:
                who = comparison.play.scene.cast.label_of(line)
                named = ["", turn, who, ""] if blind else [
                    comparison.columns[at].leaf, turn, who, line.model]  # fmt: skip
                writer.writerow(["line", LETTERS[at], *named, line.text, *[""] * 6])
    models = list(comparison.play.scene.models)
    for figure in figures(comparison.columns, models, blind=blind):
        for at, found in enumerate(figure.cells):
            leaf = "" if blind else comparison.columns[at].leaf
            begin = [figure.measure.id, LETTERS[at], leaf, "", "", figure.name, ""]
            for each in found:
                got = each.number
                numbers = [each.name, got.value, got.n, got.low, got.high, figure.measure.unit]
                writer.writerow([*begin, *numbers])
    for at, column in enumerate(comparison.columns):
        leaf = "" if blind else column.leaf
        given = rating(comparison, at)
        if given is not None:
            writer.writerow(["rating", LETTERS[at], leaf, *[""] * 5, given, *[""] * 4])
        if preferred(comparison, at):
            writer.writerow(["preferred", LETTERS[at], leaf, *[""] * 5, 1, *[""] * 4])
    return out.getvalue()


def save(comparison: Comparison, file: Path, *, blind: bool = False) -> None:
    """Write a file: Markdown, .csv, or .jsonl with one object a line. Raises KnownError."""
    if file.suffix == ".csv":
        text = spreadsheet(comparison, blind=blind)
    elif file.suffix in (".json", ".jsonl"):
        told = rows(comparison, blind=blind)
        text = "".join(f"{json.dumps(row, allow_nan=False)}\n" for row in told)
    else:
        text = markdown(comparison, blind=blind)
    try:
        file.write_text(text.encode("utf-8", "replace").decode(), "utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(f"{file} cannot be written ({reason}); name another file.") from error
