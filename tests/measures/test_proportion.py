from __future__ import annotations

import pytest

from stage.measures.proportion import proportion


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # prop.test(..., correct = FALSE) of R
    [(3, 40, 0.02584, 0.19859), (0, 10, 0.0, 0.27753), (10, 10, 0.72247, 1.0), (1, 2, 0.09453, 0.90547)],
)  # fmt: skip
def test_it_is_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    found = proportion(count, of)
    assert found.share == count / of
    assert found.low == pytest.approx(low, abs=2e-5)
    assert found.high == pytest.approx(high, abs=2e-5)
