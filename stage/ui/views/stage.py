"""The stage itself: lanes and composer."""

from stage.ui.lanes.centre import Centre
from stage.ui.views.view import View

ENTRY = View("stage", Centre)
