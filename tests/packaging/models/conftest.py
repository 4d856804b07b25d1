"""Makes the recipe's modules and this folder importable; `packaging/` itself is no package."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

RECIPE = Path(__file__).resolve().parents[3] / "packaging" / "models"
sys.path.insert(0, str(RECIPE))
sys.path.insert(0, str(Path(__file__).parent))

KNOWN = ("Ada", "Bruno", "Clara", "Dorian", "Edith", "Felix", "Greta", "Hugo", "Ines", "Jonas")


@pytest.fixture(autouse=True)
def known_names(monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """A few names in the place of the corpus's, which need not be here."""
    import names  # the path to it is made above

    monkeypatch.setattr(names, "known_names", lambda: KNOWN)
    return KNOWN
