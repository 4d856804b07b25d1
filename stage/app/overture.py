"""The overture: until the first play is seen nothing is done that a start can do without.

Together some 130 of 1,040 ms.
"""

import gc
import sys

from PySide6.QtCore import QTimer

LASTS = 3000  # milliseconds of the loop: until all that a start makes is there


def begin() -> None:
    """Do without what nobody misses, from here until the loop has run for a while."""
    _read_no_source()
    gc.disable()  # what is being imported is there to stay
    QTimer.singleShot(LASTS, _end)


def _end() -> None:
    gc.freeze()  # the first collection would look at all there is: 50 ms without a paint
    gc.enable()


def _read_no_source() -> None:
    """Let PySide think of each module that it may use PySide.

    It reads the source of all that are imported after it to know which do, for its `__feature__`
    switches (PYSIDE-2029); nobody here switches any.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _may  # type: ignore[union-attr]


def _may(_module: object) -> bool:
    return True
