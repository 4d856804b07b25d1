"""What tests of the window's parts share."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from stage.ui.views import VIEWS
from stage.ui.views.view import View


class Known(dict[str, View]):
    """A registry of two views, the second one without side panes."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self)


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> Known:
    bare = View("map", lambda desk: QLabel("bare"), frozenset())
    known = Known(stage=VIEWS["stage"], map=bare)
    for where in ("stage.ui.window.panes.VIEWS", "stage.ui.window.rail.VIEWS"):
        monkeypatch.setattr(where, known)
    return known
