"""Preferences: typed, forgiving, keeping what they do not know."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit import settings
from stage.kit.settings import Settings

KEYS = st.text(min_size=1, max_size=8)
PLAIN = st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=12)
INNER = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(KEYS, PLAIN, max_size=3)
VALUES = INNER | st.lists(INNER, max_size=3) | st.dictionaries(KEYS, INNER, max_size=3)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.toml"
    settings.save(Settings(scheme="dark", spoken_size=18, fan_out=7, colour_tokens=True), file)
    assert settings.load(file) == Settings("dark", 18.0, 7, True)


def test_a_file_with_a_slip_in_it_is_told_of_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    assert settings.fault(file) == "", "there is none"
    settings.save(Settings(scheme="dark"), file)
    assert settings.fault(file) == ""
    file.write_text("scheme = dark\nfan_out = 8\n")
    said = settings.fault(file)
    assert str(file) in said
    assert "line 1" in said
    settings.keep(Settings(fan_out=3), Settings(), file)
    assert settings.load(file).fan_out == 3
    assert (tmp_path / "settings.bad.toml").read_text() == "scheme = dark\nfan_out = 8\n"
    assert "settings.bad.toml" in said


def test_values_that_no_use_can_be_made_of_are_named(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('scheme = "pink"\nfan_out = 8\nspoken_size = 1\nfuture = 3\n')
    said = settings.fault(file)
    assert "scheme, spoken_size" in said
    assert "fan_out" not in said
    assert "future" not in said


def test_keys_of_another_version_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        'scheme = "light"\nfuture = [1, 2]\n[window]\n"odd key" = "x"\n[window.deep]\ny = 1\n'
    )
    loaded = settings.load(file)
    loaded.fan_out = 9
    settings.save(loaded, file)
    written = tomllib.loads(file.read_text())
    assert written["future"] == [1, 2]
    assert written["window"] == {"odd key": "x", "deep": {"y": 1}}
    assert written["fan_out"] == 9


@pytest.mark.parametrize(
    "text",
    ["scheme = 3", 'scheme = "pink"', "fan_out = 99", "fan_out = 2.5", "fan_out = true",
     "spoken_size = 2", "colour_tokens = 1", "not toml", "\udcff"],
)  # fmt: skip
def test_what_cannot_be_used_has_its_default(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert settings.load(file) == Settings()
    assert settings.load(tmp_path / "none.toml") == Settings()


def test_a_file_nested_too_deeply_gives_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"a = " + b"[" * 10_000)
    assert settings.load(file) == Settings()


def test_a_whole_number_fits_a_size_and_no_number_does_not() -> None:
    made = settings.from_mapping({"spoken_size": 18})
    assert made.spoken_size == 18.0
    assert isinstance(made.spoken_size, float)
    assert settings.from_mapping({"spoken_size": float("nan")}) == Settings()


def test_a_key_named_unknown_is_itself_unknown() -> None:
    assert settings.from_mapping({"unknown": 5}).unknown == {"unknown": 5}


def test_dates_and_lists_of_tables_are_written(tmp_path: Path) -> None:
    wanted = {"day": date(2026, 1, 2), "many": [{"x": 1}, {}], "tab": "a\tb"}
    assert tomllib.loads(settings.to_toml(wanted)) == wanted


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_mapping_is_written_as_toml(data: dict[str, object]) -> None:
    assert tomllib.loads(settings.to_toml(data)) == data


def test_what_another_program_changed_meanwhile_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    ours, since = Settings(), Settings()
    settings.save(Settings(watched=["/models"], fan_out=9, unknown={"new": 1}), file)
    ours.scheme = "dark"
    since = settings.keep(ours, since, file)
    assert settings.load(file) == ours == since
    assert (ours.scheme, ours.watched, ours.fan_out) == ("dark", ["/models"], 9)
    assert settings.load(file).unknown == {"new": 1}
    assert since is not ours
    assert since.watched is not ours.watched


def test_places_to_look_in_are_a_list_of_texts(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    settings.save(Settings(watched=["/a", "/b c"]), file)
    assert settings.load(file).watched == ["/a", "/b c"]
    assert settings.from_mapping({"watched": ["/a", 3]}).watched == []
    assert settings.from_mapping({"watched": "/a"}).watched == []
