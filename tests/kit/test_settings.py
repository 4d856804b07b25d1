"""Preferences: typed, forgiving, keeping what they do not know."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.settings import Settings, from_mapping, load, save, to_toml

KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=8)
PLAIN = (
    st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def test_a_missing_or_broken_file_gives_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    assert load(file) == Settings()
    for content in (b"= no toml", b"\xff\xfe", b"a = " + b"[" * 10_000):
        file.write_bytes(content)
        assert load(file) == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "sub" / "settings.toml"
    wanted = Settings(
        "dark", 18.0, 8, True, False, {"later": {"x": [1, 2]}, "day": date(2026, 1, 2)}
    )
    save(wanted, file)
    assert load(file) == wanted
    assert [each.name for each in file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scheme", "blue"), ("scheme", 5), ("spoken_size", 500), ("spoken_size", "15"),
        ("fan_out", 1), ("fan_out", 3.5), ("fan_out", True), ("colour_tokens", 1),
        ("warm_models", "yes"), ("spoken_size", float("nan")),
    ],
)  # fmt: skip
def test_what_does_not_fit_has_its_default(name: str, value: object) -> None:
    assert from_mapping({name: value}) == Settings()


def test_a_whole_number_fits_a_size() -> None:
    made = from_mapping({"spoken_size": 18})
    assert made.spoken_size == 18.0
    assert isinstance(made.spoken_size, float)


def test_a_key_named_unknown_is_itself_unknown() -> None:
    assert from_mapping({"unknown": 5}).unknown == {"unknown": 5}


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_mapping_is_written_as_toml_that_reads_back(data: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(data)) == data
