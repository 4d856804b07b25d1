"""What the rail leads to. One file a view."""

from stage.kit.registry import Registry
from stage.ui.views.view import View

VIEWS: Registry[View] = Registry(
    __name__,
    "library",
    "stage",
    "map",
    "path",
    "compare",
    "replay",
    "runs",
    "lens",
    "models",
    "cast",
)
