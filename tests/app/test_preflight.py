from pathlib import Path

import pytest

from stage.app import preflight
from stage.app.checks import display, libraries, llama, versions
from stage.app.checks.finding import Finding

GOOD = Finding("x", "Good.")


@pytest.fixture(autouse=True)
def all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "check_python", lambda: GOOD)
    monkeypatch.setattr(versions, "check_pyside", lambda: GOOD)
    monkeypatch.setattr(libraries, "check", lambda: GOOD)
    monkeypatch.setattr(display, "check", lambda: GOOD)
    monkeypatch.setattr(llama, "check", lambda memory=None: GOOD)
    monkeypatch.setattr(llama, "recall", lambda memory: None)


def test_nothing_is_in_the_way(tmp_path: Path) -> None:
    assert list(preflight.before_window(tmp_path / "stage.db")) == []


def test_each_obstacle_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Finding("display", "No display.", "Use the command line.", "window")
    monkeypatch.setattr(display, "check", lambda: bad)
    assert list(preflight.before_window(tmp_path / "stage.db")) == [bad]
    stopped = list(preflight.before_window(tmp_path))
    assert [found.check for found in stopped] == ["display", "library"]


def test_a_warning_does_not_stop_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "check", lambda: Finding("libraries", "No font.", "Get one."))
    assert list(preflight.before_window(tmp_path / "stage.db")) == []


def test_llama_is_only_tried_again_when_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = Finding("llama", "Broken.", "Mend it.", "everything")
    monkeypatch.setattr(llama, "check", lambda memory=None: bad)
    library = tmp_path / "stage.db"
    assert list(preflight.before_window(library)) == []
    monkeypatch.setattr(llama, "recall", lambda memory: True)
    assert list(preflight.before_window(library)) == []
    monkeypatch.setattr(llama, "recall", lambda memory: False)
    assert list(preflight.before_window(library)) == [bad]


def test_the_whole_examination_covers_everything(tmp_path: Path) -> None:
    checks = [found.check for found in preflight.examine(tmp_path / "stage.db")]
    assert checks[-3:] == ["memory", "disk", "x"]
    assert len(checks) == 8
