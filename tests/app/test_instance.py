from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtNetwork import QLocalSocket

from stage.app.instance import Instance

KNOCK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from stage.app.instance import Instance
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
files = [Path(each) for each in sys.argv[2:]]
print("first" if instance.take() else "knocked" if instance.knock(files) else "nobody")
"""


@pytest.fixture
def first(qapp: Any, tmp_path: Path) -> Iterator[Instance]:
    made = Instance(tmp_path / "stage.db")
    assert made.take()
    yield made
    made.release()
    made.deleteLater()


def second(library: Path, *files: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", KNOCK, str(library), *files]
    return subprocess.Popen(command, stdout=-1, text=True)


def test_a_second_start_knocks_at_the_first(first: Instance, tmp_path: Path, qtbot: Any) -> None:
    handed: list[str] = []
    first.handed.connect(handed.append)
    with qtbot.waitSignal(first.handed, timeout=60_000):
        other = second(tmp_path / "stage.db", "/a/play.stage")
    assert handed == ["/a/play.stage"]
    assert other.communicate(timeout=60)[0].strip() == "knocked"


def test_nonsense_from_another_program_is_only_a_knock(first: Instance, qtbot: Any) -> None:
    with qtbot.waitSignal(first.knocked, timeout=60_000), qtbot.assertNotEmitted(first.handed):
        socket = QLocalSocket()
        socket.connectToServer(first._name)
        socket.write(b"\xff{not json")
        socket.flush()
        socket.disconnectFromServer()


def test_another_library_has_its_own_first(first: Instance, tmp_path: Path) -> None:
    other = second(tmp_path / "other.db")
    assert other.communicate(timeout=60)[0].strip() == "first"


def test_after_release_the_next_is_first(first: Instance, tmp_path: Path) -> None:
    first.release()
    assert second(tmp_path / "stage.db").communicate(timeout=60)[0].strip() == "first"


def test_a_folder_that_cannot_be_written_is_left_to_the_librarys_own_lock(
    qapp: Any, tmp_path: Path
) -> None:
    made = Instance(tmp_path / "none" / "stage.db")
    assert made.take()
    made.release()
    made.deleteLater()
