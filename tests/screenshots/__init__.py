"""Pictures of the real window on a real play: `python -m tests.screenshots [--out DIR]`.

Opens the house on a fresh library (the demo play, or a play performed now on the shipped
models), shows the window in both schemes and sizes and in its states, and writes PNG files.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")
