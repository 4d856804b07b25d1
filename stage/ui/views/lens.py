"""The lens on text that is typed or pasted."""

from functools import partial

from stage.ui.lens.view import LensView
from stage.ui.views.view import View

ENTRY = View("lens", LensView, frozenset(), partial(LensView, slowly=True))
