"""A log written anew: events from 1, and what of labels and places can be trusted."""

import json
from dataclasses import dataclass, field
from typing import Any

from stage.kit import clock
from stage.play.changes import KINDS
from stage.store import lines

Row = dict[str, Any]


@dataclass
class Log:
    """Events being written, with labels that name them."""

    play: str
    now: float
    rows: list[Row] = field(default_factory=list)
    seq: int = 0
    seen: set[tuple[str, str, str]] = field(default_factory=set)

    def event(self, kind: str, line: str | None, after: Any) -> int:
        """Write an event; returns its number."""
        self.seq += 1
        self.rows.append({
            "type": "event", "seq": self.seq, "time": self.now, "play": self.play, "kind": kind,
            "line": line, "before": None, "after": lines.text_of(after), "undoes": None,
        })  # fmt: skip
        return self.seq

    def label(self, line: str, kind: str, name: str, value: Any) -> None:
        """Write a label with the event that tells of it; the first value of a label stays."""
        if (line, kind, name) in self.seen:
            return
        self.seen.add((line, kind, name))
        seq = self.event("label", line, {"kind": kind, "name": name, "value": value})
        self.rows.append({
            "type": "label", "play": self.play, "message": line, "kind": kind, "name": name,
            "value": lines.text_of(value), "event": seq,
        })  # fmt: skip

    def pointers(self, places: list[Row], shown: list[Row], above: dict[str, str | None]) -> None:
        """Write the pointers that fit; `above` says what each line stands under, and follows."""
        for row in places:
            if fits(row, above):
                above[row["line"]] = row["parent"]
                self.event("place", row["line"], [row["parent"], float(row["position"])])
                self.rows.append({**row, "play": self.play})
        for row in shown:
            if row["parent"] in above and above.get(row["child"]) == row["parent"]:
                self.event("select", row["parent"], row["child"])
                self.rows.append({**row, "play": self.play})


def begun(play: str, title: str, kept: list[Row]) -> Log:
    """A log that says when each line came to be; the first of them is the scene."""
    log, first = Log(play, clock.now()), json.loads(kept[0]["payload"])["title"]
    log.event("play", kept[0]["id"], {"title": first})
    for row in kept[1:]:
        log.event("line", row["id"], None)
    if title != first:
        log.event("title", None, title)
    if empty := [row["id"] for row in kept if lines.purged(row)]:
        after = {"operation": "purge", "words": "purge before the salvage", "of": 1}
        log.event("purge", None, {**after, "lines": empty})
    return log


def fits(place: Row, above: dict[str, str | None]) -> bool:
    """Whether a line can stand where it was moved to; above: what each line stands under."""
    at: str | None = place["parent"]
    if not {place["line"], at} <= {*above} or above[place["line"]] is None:
        return False
    while at is not None and at != place["line"]:
        at = above[at]
    return at is None and isinstance(place["position"], int | float)


def value(row: Row) -> Any:
    """The value of a label that can be trusted to be one; None for another."""
    kind, name = row["kind"], row["name"]
    if kind not in KINDS or not isinstance(name, str):
        return None
    try:
        value = True if row["value"] is None else json.loads(row["value"])
    except (ValueError, TypeError, RecursionError):
        return None
    return value if type(value) is KINDS[kind] else None


def number(tail: list[Row]) -> None:
    """Number the events of a play from 1, and name them so in what refers to them."""
    numbers = {row["seq"]: number for number, row in enumerate(
        (row for row in tail if row["type"] == "event"), 1)}  # fmt: skip
    for row in tail:
        if row["type"] == "event":
            row["seq"], row["undoes"] = numbers[row["seq"]], numbers.get(row["undoes"])
        elif row["type"] == "label":
            row["event"] = numbers.get(row["event"])
