"""Makes the recipe's modules and this folder importable; `packaging/` itself is no package."""

from __future__ import annotations

import sys
from pathlib import Path

RECIPE = Path(__file__).resolve().parents[3] / "packaging" / "models"
sys.path.insert(0, str(RECIPE))
sys.path.insert(0, str(Path(__file__).parent))
