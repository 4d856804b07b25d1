"""Prompts: named by their content, shared, read back exactly."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from stage.play.provenance import PromptRecord
from stage.store import prompts
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import PROMPT

TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


@given(
    TEXT,
    st.lists(st.integers(0, 2**31 - 1)).map(tuple),
    st.lists(st.fixed_dictionaries({"kind": TEXT, "start": st.integers(0, 9)})).map(tuple),
    st.none() | TEXT,
    st.lists(TEXT).map(tuple),
)
def test_a_prompt_reads_back(text, tokens, segments, template, words) -> None:  # type: ignore[no-untyped-def]
    record = PromptRecord(text, tokens, segments, "self", template, (), words, words, "d")
    found = prompts.read(prompts._packed(record))
    wanted = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(record).items()
    }
    assert found == wanted


def test_the_same_prompt_is_stored_once(path: Path, opened: Open) -> None:
    async def work(library: Library) -> None:
        one = await library.remember_prompt(PROMPT)
        assert await library.remember_prompt(replace(PROMPT)) == one
        assert await library.remember_prompt(replace(PROMPT, date="2026-11-21")) != one
        count = "SELECT count(*) FROM prompt"
        assert await library._desk.read(lambda c: c.execute(count).fetchone()) == (2,)

    opened(work)
    assert path.exists()
