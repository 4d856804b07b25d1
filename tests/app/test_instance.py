from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stage.app.instance import Instance

KNOCK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from stage.app.instance import Instance
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
print("first" if instance.take() else "knocked" if instance.knock() else "nobody")
"""


@pytest.fixture
def first(qapp: Any, tmp_path: Path) -> Iterator[Instance]:
    made = Instance(tmp_path / "stage.db")
    assert made.take()
    yield made
    made.release()
    made.deleteLater()


def second(library: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", KNOCK, str(library)], stdout=-1, text=True)


def test_a_second_start_knocks_at_the_first(first: Instance, tmp_path: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(first.knocked, timeout=20_000):
        other = second(tmp_path / "stage.db")
    assert other.communicate(timeout=20)[0].strip() == "knocked"


def test_another_library_has_its_own_first(first: Instance, tmp_path: Path) -> None:
    other = second(tmp_path / "other.db")
    assert other.communicate(timeout=20)[0].strip() == "first"


def test_after_release_the_next_is_first(first: Instance, tmp_path: Path) -> None:
    first.release()
    assert second(tmp_path / "stage.db").communicate(timeout=20)[0].strip() == "first"


def test_a_folder_that_cannot_be_written_is_left_to_the_librarys_own_lock(
    qapp: Any, tmp_path: Path
) -> None:
    made = Instance(tmp_path / "none" / "stage.db")
    assert made.take()
    made.release()
    made.deleteLater()
