from __future__ import annotations

from typing import Any

from stage.kit.settings import Settings
from stage.ui.desk.preferences import NAMES, Preferences


def test_a_change_is_applied_kept_and_told_once(qapp: Any) -> None:
    settings, kept, told = Settings(), [], []
    prefs = Preferences(settings, lambda: kept.append(settings.scheme))
    prefs.changed.connect(told.append)
    prefs.set("scheme", "dark")
    prefs.set("scheme", "dark")
    assert (settings.scheme, kept, told) == ("dark", ["dark"], ["scheme"])
    prefs.reset("scheme")
    assert settings.scheme == prefs.usual("scheme") == "auto"
    assert "unknown" not in NAMES
    assert all(prefs.get(name) == prefs.usual(name) for name in NAMES)
    prefs.deleteLater()
