"""What tests of the outline share."""

from __future__ import annotations

from typing import Any

import pytest

from stage.ui.desk.desk import Desk


@pytest.fixture
def looked(desk: Desk, loop: Any) -> Desk:
    desk.survey.want()
    loop.until(lambda: not desk.survey.loading)
    return desk
