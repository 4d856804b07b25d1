from __future__ import annotations

from stage.ui.panels import PANELS


def test_every_panel_has_a_title_and_a_side() -> None:
    assert [panel.id for panel in PANELS] == list(PANELS.names)
    assert all(panel.title for panel in PANELS)
    assert {panel.side for panel in PANELS} == {"left", "right"}
