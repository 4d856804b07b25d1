"""A page that shows two takes."""

from __future__ import annotations

from typing import Any

import pytest

from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import Records, compare, with_records
from tests.ui.helpers import Part


@pytest.fixture
def records(part: Part) -> Records:
    return with_records(part)


@pytest.fixture
def page(desk: Desk, shown: Any, loop: Any, records: Records) -> Page:
    """A view of branches b1 and c, which is under b2; everything is read."""
    made: Page = shown(Page(desk), 1000, 600)
    compare(desk, loop, "b1", "c")
    loop.until(lambda: len(desk.compared.columns) == 2)
    loop.settle()
    return made
