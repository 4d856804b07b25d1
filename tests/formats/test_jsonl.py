"""JSON lines: one object a line, labels of the cast, every branch."""

from __future__ import annotations

import json
from dataclasses import replace

from stage.formats.format import Source
from stage.formats.jsonl import write
from stage.play.line import Kind


def rows(source: Source) -> list[dict[str, object]]:
    return [json.loads(line) for line in "".join(write(source)).splitlines()]


def test_every_line_of_the_tree_is_a_row(small: Source) -> None:
    found = rows(replace(small, whole=True))
    assert [row["id"] for row in found] == list("abcdef")
    assert found[0] == {
        "id": "a", "parent": None, "speaker": "Ada", "model": None, "take": 1, "kind": "speech",
        "text": "Hello.", "heard_by": None, "status": "complete", "hidden": False,
    }  # fmt: skip
    assert (found[2]["take"], found[2]["status"], found[2]["parent"]) == (2, "interrupted", "a")
    assert (found[4]["heard_by"], found[4]["kind"]) == (["Ada", "Bo_b"], "whisper")
    assert found[5]["hidden"] is True


def test_a_path_is_a_path(small: Source) -> None:
    assert [row["id"] for row in rows(replace(small, leaf="c"))] == ["a", "c"]


def test_it_is_ascii_and_survives_line_separators(play) -> None:  # type: ignore[no-untyped-def]
    text = "a\u2028b\r\nc \U0001f600"
    written = "".join(write(play(("a", "root", text, {}))))
    assert written.isascii()
    assert written.count("\n") == 1
    assert json.loads(written)["text"] == text


def test_who_joined_later_is_called_by_name_as_on_the_path(play) -> None:  # type: ignore[no-untyped-def]
    def joins(name: str) -> dict[str, object]:
        return {"cast:cy": {"label": name}}

    ears = {"kind": Kind.WHISPER, "heard_by": ("ada", "cy", "nobody")}
    lines = [
        ("a", "root", "Hello.", {"labels": joins("Cy")}),
        ("b", "a", "Psst.", ears),
        ("c", "root", "Hello again.", {"labels": joins("Cyrus")}),
        ("d", "c", "Psst.", ears),
    ]
    whole = replace(play(*lines), whole=True)
    heard = {row["id"]: row["heard_by"] for row in rows(whole)}
    assert (heard["b"], heard["d"]) == (["Ada", "Cy", "nobody"], ["Ada", "Cyrus", "nobody"])
    one = rows(replace(play(*lines[:2]), whole=True))
    assert one[1]["heard_by"] == ["Ada", "Cy", "nobody"]
