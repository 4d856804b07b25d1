"""The lens on text that is typed or pasted."""

from stage.ui.lens.view import LensView
from stage.ui.views.view import View

ENTRY = View("lens", LensView, frozenset())
