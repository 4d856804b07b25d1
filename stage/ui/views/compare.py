"""Branches side by side; they take the whole width."""

from functools import partial

from stage.ui.compare.page import Page
from stage.ui.views.view import View

ENTRY = View("compare", Page, frozenset(), partial(Page, slowly=True))
