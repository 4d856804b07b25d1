"""The parts of the side panes. One file a panel."""

from stage.kit.registry import Registry
from stage.ui.panels.panel import Panel

PANELS: Registry[Panel] = Registry(
    __name__, "outline", "cast", "tries", "expected", "alternatives", "surprise", "facts"
)
