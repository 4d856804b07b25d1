"""Counted shares with their intervals."""

from __future__ import annotations

import math
from typing import Any


def wilson(hits: int, count: int) -> list[float]:
    """The 95 % Wilson interval of a share."""
    z, share = 1.96, hits / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    bottom = 1 + z * z / count
    return [round((middle - spread) / bottom, 4), round((middle + spread) / bottom, 4)]


def counted(hits: list[bool]) -> dict[str, Any]:
    """How many of how many, with the interval."""
    return {"hits": sum(hits), "count": len(hits), "interval": wilson(sum(hits), len(hits))}
