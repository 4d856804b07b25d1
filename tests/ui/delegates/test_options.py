from __future__ import annotations

from typing import Any

from stage.ui.lens.options import OptionList
from stage.ui.models.options import options
from tests.ui.lens.test_sight import sight


def test_a_row_is_painted_with_a_bar_for_each_model(shown: Any) -> None:
    one = sight((b" You", -0.1), text="You")
    other = sight((b" You", -5.0), text="You", model="chat")
    made = shown(OptionList("Alternatives", None), 300, 120)
    made.options.show_options(("base",), options([(one, 0)], 0))
    made.resize(300, 60)
    alone = made.grab().toImage()
    made.options.show_options(("base", "chat"), options([(one, 0), (other, 0)], 0))
    both = made.grab().toImage()
    assert alone != both
    assert made.sizeHintForRow(0) >= 22
