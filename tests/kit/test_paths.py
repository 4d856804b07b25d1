"""Where things lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from stage.kit import paths


def test_stage_home_holds_everything_of_one_user(stage_home: Path) -> None:
    assert paths.library() == stage_home / "data" / "stage.db"
    assert paths.settings() == stage_home / "config" / "settings.toml"
    assert paths.state() == stage_home / "state"
    assert paths.cache() == stage_home / "cache"
    assert not stage_home.exists()


def test_without_it_the_platform_s_folders_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STAGE_HOME")
    places = {paths.library().parent, paths.settings().parent, paths.state(), paths.cache()}
    assert len(places) >= 2
    assert all(place.is_absolute() and "stage" in place.parts for place in places)


def test_resources_are_beside_the_package() -> None:
    root = Path(__file__).resolve().parents[2]
    assert paths.resources() == root / "resources"
