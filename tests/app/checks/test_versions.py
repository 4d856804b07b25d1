from pathlib import Path

import pytest

from stage.app.checks import versions


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 14, 0), (2, 7, 18)])
def test_another_python_stops_everything(version: tuple[int, ...]) -> None:
    found = versions.check_python(version)
    assert found.blocks == "everything"
    assert ".".join(map(str, version)) in found.sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 7)])
def test_a_python_that_suits(version: tuple[int, ...]) -> None:
    assert versions.check_python(version).level == "ok"


def test_pyside_6_12_on_an_old_python_is_a_trap() -> None:
    found = versions.check_pyside("6.12.0", (3, 11, 7))
    assert found.blocks == "window"
    assert "aborts" in found.sentence
    assert "make setup" in found.fix


@pytest.mark.parametrize("version", ["6.7.3", "5.15.2", "6.12.0", "7.0.0"])
def test_another_pyside_is_refused(version: str) -> None:
    assert versions.check_pyside(version, (3, 13, 0)).blocks == "window"


def test_the_installed_pyside_suits() -> None:
    found = versions.check_pyside()
    assert found.level == "ok"
    assert found.details["version"] == versions.installed_pyside()


def test_a_missing_pyside_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.path", [str(tmp_path), "/nowhere"])
    found = versions.check_pyside()
    assert found.sentence == "PySide6 is not installed."
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert versions.check_pyside().level == "ok"
