from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stage.director import memory


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_this_process_is_counted() -> None:
    known = memory.memory()
    assert known is not None
    assert 5_000_000 < known.held < known.whole


def test_without_proc_nothing_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(memory, "_PROC", tmp_path / "none")
    assert memory.memory() is None
