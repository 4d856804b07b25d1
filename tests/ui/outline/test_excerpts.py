"""First words: asked for together, kept, and harmless."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.kit.errors import KnownError
from stage.ui.outline.excerpts import Excerpts
from tests.ui.helpers import Part, line


class Far:
    """A library with lines that the tree has not read."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    async def excerpts(self, play: str, ids: list[str], length: int) -> dict[str, str]:
        self.asked.append(ids)
        return {each: f"Words of {each}\nand more" for each in ids if each != "gone"}


class Director:
    def __init__(self) -> None:
        self.library = Far()


def test_what_is_seen_is_asked_for_in_one_go(part: Part, loop: Any) -> None:
    director, heard = Director(), list[bool]()
    made = Excerpts(director)  # type: ignore[arg-type]
    made.arrived.connect(lambda: heard.append(True))
    assert made.get("x") == ""
    made.of(part.play)
    assert made.get("a") == "First words."  # it is at hand
    part.play.tree.add(line("mute", "a", ""))
    assert made.get("mute") == "nothing said"
    assert [made.get(each) for each in ("x", "y", "gone")] == ["", "", ""]
    loop.until(lambda: bool(heard))
    assert [made.get(each) for each in ("x", "y", "gone")] == [
        "Words of x and more", "Words of y and more", "",
    ]  # fmt: skip
    loop.settle()
    assert director.library.asked == [["x", "y", "gone"]]
    made.of(replace(part.play))
    assert made.get("x") == ""
    loop.settle()


def test_what_could_not_be_read_is_asked_for_again_when_it_is_painted_next(
    part: Part, loop: Any, monkeypatch: Any
) -> None:
    director = Director()
    made = Excerpts(director)  # type: ignore[arg-type]
    made.of(part.play)
    asked: list[list[str]] = []

    async def fails(play: str, ids: list[str], length: int) -> dict[str, str]:
        asked.append(ids)
        raise KnownError("The library is busy.")

    monkeypatch.setattr(director.library, "excerpts", fails)
    assert made.get("x") == ""
    loop.until(lambda: bool(asked))
    loop.settle()
    assert asked == [["x"]], "and not before"
    monkeypatch.undo()
    made.get("x")
    loop.until(lambda: made.get("x") == "Words of x and more")
