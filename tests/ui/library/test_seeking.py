"""The search while one types: the last words count, fields are set by hand or by chip."""

from __future__ import annotations

from typing import Any

import pytest

from stage.ui.library import seeking
from stage.ui.library.seeking import Search, _begun
from tests.remains import Remains


@pytest.fixture
def search(stacks: Any, monkeypatch: pytest.MonkeyPatch) -> Search:
    return Search(stacks.director, stacks.desk.session)


def test_only_the_last_words_are_answered(search: Search, stacks: Any, loop: Any) -> None:
    asked: list[str] = []
    real = stacks.director.librarian.search

    async def listen(words: str, limit: int) -> Any:
        asked.append(words)
        return await real(words, limit)

    stacks.director.librarian.search = listen
    for typed in ("l", "la", "lam"):
        search.type(typed)
    assert search.busy
    loop.until(lambda: not search.busy)
    assert asked == ["lam*"]
    assert [each.hit.text for each in search.lines] == ["The lamp has never gone out."]
    search.type("")
    assert not search.lines
    assert not search.busy


def test_what_cannot_be_looked_for_is_said(search: Search, loop: Any) -> None:
    search.type("kind:nonsense")
    loop.until(lambda: not search.busy)
    assert "finds nothing" in search.why
    search.type("lighthouse")
    loop.until(lambda: bool(search.plays))
    assert search.why == ""


def test_fields_are_put_in_changed_and_taken_out(search: Search) -> None:
    filled: list[str] = []
    search.filled.connect(filled.append)
    search.typed = "lamp"
    search.set_field("speaker", "Ada Lovelace")
    assert filled[-1] == 'lamp speaker:"Ada Lovelace" '
    search.typed = filled[-1]
    assert search.field("speaker") == "Ada Lovelace"
    search.set_field("speaker", "Bo")
    assert filled[-1] == "lamp speaker:Bo "
    search.typed = filled[-1]
    search.set_field("speaker", "")
    assert filled[-1] == "lamp"


def test_more_is_fetched_at_the_end(
    search: Search, stacks: Any, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "PAGE", 1)
    loop.run(stacks.made.say(stacks.made.root, "Another lamp."))
    search.type("lamp")
    loop.until(lambda: not search.busy)
    assert (len(search.lines), search.more) == (1, True)
    search.go_on()
    loop.until(lambda: not search.busy)
    assert len(search.lines) == 2


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("lam", "lam*"), ("lamp ", "lamp "), ("speaker:Ir", "speaker:Ir"), ('"the la', '"the la'),
     ("lam*", "lam*")],
)  # fmt: skip
def test_the_last_word_may_go_on(typed: str, asked: str) -> None:
    assert _begun(typed) == asked


def test_words_typed_at_the_end_of_a_test_are_not_looked_for_in_the_next(
    stacks: Any, qtbot: Any
) -> None:
    remains = Remains()
    search = Search(stacks.director, stacks.desk.session)
    search.type("lamp")
    remains.still()  # as after every test
    qtbot.wait(2 * seeking.SOON)
    assert search._task is None
    search.deleteLater()
