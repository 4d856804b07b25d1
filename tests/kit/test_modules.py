from __future__ import annotations

import subprocess
import sys

NEEDED = """
import sys
from stage.kit.modules import read_in
steps = []
for _ in read_in("stage.play.cast"):
    steps.append({each for each in sys.modules if each.startswith("stage.play.")})
from stage.play.cast import Member
new = [now - before for before, now in zip([set(), *steps], steps)]
assert len(steps) > 1, steps
assert all(len(each) <= 1 for each in new), new
assert new[-1] == {"stage.play.cast"}, new
assert list(read_in("stage.play.cast")) == []
"""


def test_each_module_that_another_needs_is_a_step_of_its_own() -> None:
    subprocess.run([sys.executable, "-c", NEEDED], check=True)
