from __future__ import annotations

from stage.ui.dress import sheets
from stage.ui.dress.tokens import DARK, LIGHT


def test_every_kind_is_made_for_both_schemes_in_their_colours_only() -> None:
    import re

    for make in sheets.KINDS.values():
        for scheme in (LIGHT, DARK):
            known = {getattr(scheme, name) for name in scheme.__dataclass_fields__}
            used = set(re.findall(r"#[0-9A-Fa-f]{6}\b", make(scheme)))
            assert used <= known
