"""In a process of its own: it is about all there is in one."""

import subprocess
import sys

STARTED = """
import gc, sys
from PySide6.QtCore import QCoreApplication, QTimer
from stage.app import overture
read, app = [], QCoreApplication([])
overture.LASTS = 20
overture.begin()
import linecache
import stage.play.scene  # of what it imports the source would be read
assert not [file for file in linecache.cache if file.endswith("cast.py")]
assert not gc.isenabled()
QTimer.singleShot(60, app.quit)
app.exec()
assert gc.isenabled() and gc.get_freeze_count() > 10_000
"""


def test_no_source_is_read_and_nothing_collected_until_it_is_over() -> None:
    subprocess.run([sys.executable, "-c", STARTED], check=True, timeout=60)


def test_pyside_would_read_them() -> None:
    """Else the overture has nothing to spare any more."""
    begun = STARTED.replace("overture.begin()", "gc.disable()").replace("not [file", "[file")
    subprocess.run(
        [sys.executable, "-c", begun.partition("assert not gc")[0]], check=True, timeout=60
    )
