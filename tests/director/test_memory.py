import os
import subprocess
import sys

from stage.director.memory import memory


def test_a_child_counts_too():
    alone = memory()
    assert alone is not None
    assert 0 < alone.held < alone.whole
    code = "import sys; block = bytearray(80_000_000); print(len(block), flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    )
    try:
        child.stdout.readline()
        assert memory().held - alone.held > 60_000_000
    finally:
        child.communicate(b"\n")
    assert memory().held - alone.held < 40_000_000
