"""What is typed is understood, or refused in words; nothing of it reaches FTS5 as syntax."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.store.finding.wording import span, tokens, understand


def test_words_phrases_beginnings_and_fields() -> None:
    wanted = understand('Café "the Light" lam* speaker:"Old Tom" kind:SPEECH 12:30')
    assert wanted.phrases == (
        (("cafe",), False), (("the", "light"), False), (("lam",), True), (("12", "30"), False),
    )  # fmt: skip
    assert wanted.fields == (("speaker", "Old Tom"), ("kind", "speech"))
    assert wanted.match == '"cafe" AND "the light" AND "lam"* AND "12 30"'
    assert wanted.values("speaker") == ["Old Tom"]


def test_a_colon_after_no_field_belongs_to_the_text() -> None:
    assert understand("chapter:two").phrases == ((("chapter", "two"), False),)


@pytest.mark.parametrize(
    "text", ["", " ", "— … !", "kind:song", "stop:never", "is:blue", "date:soon", "a " * 65]
)
def test_what_finds_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        understand(text)


def test_a_date_is_a_day_a_month_or_a_year() -> None:
    day, month, year = (span(each) for each in ("2025-12-31", "2025-12", "2025"))
    assert day[1] == month[1] == year[1]
    assert day[1] - day[0] == 86400
    assert span("2026-02")[1] == span("2026-03")[0]
    for bad in ("9999-12", "2025-13", "0"):
        with pytest.raises(BadInput):
            span(bad)


@given(st.text() | st.text('"*:() -+^ANDORNEAR{}é\0\ud800a', max_size=30))
def test_no_text_is_an_error_of_fts5(text: str) -> None:
    try:
        wanted = understand(text)
    except BadInput:
        return
    if wanted.phrases:
        database = sqlite3.connect(":memory:")
        database.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        database.execute("SELECT * FROM t WHERE t MATCH ?", (wanted.match,)).fetchall()
        database.close()


def test_tokens_have_no_case_and_no_accents() -> None:
    assert tokens("Ça va, l'Été_2?") == ["ca", "va", "l", "ete", "2"]
