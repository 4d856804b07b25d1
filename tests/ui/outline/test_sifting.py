"""What a filter finds beside the words that are said."""

from __future__ import annotations

import asyncio

import pytest

from stage.play.outline import Stem
from stage.play.outlining import Outline
from stage.ui.outline.sifting import away, fits, marked


def name(member: str | None) -> tuple[str, int]:
    return {"ada": "Ada Élan", None: "Scene"}.get(member, "Ben"), 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("élan", True),
        ("#goo", True),
        ("harbour", True),
        ("why", True),
        ("node", False),
        ("ben", False),
    ],
)
def test_speaker_tags_title_and_note(wanted: str, found: bool) -> None:
    labels = {"tag:good": {"scope": "node"}, "chapter": "The Harbour", "note": "Why?"}
    assert fits(Stem("a", "r", speaker="ada", labels=labels), wanted, name) is found


def test_a_whole_play_is_sifted() -> None:
    made = Outline()
    made.put(Stem("r", None))
    for at in range(1200):
        made.put(Stem(f"{at:04}", "r", at, speaker="ada" if at % 2 else "ben"))
    assert len(asyncio.run(marked(made, "BEN", name))) == 600
    made.put(Stem("x", "0003", 2000))
    made.put(Stem("0003", "r", 3, labels={"archive": True}))
    assert [away(made, each) for each in ("x", "0003", "0004", "unknown")] == [
        True, True, False, True,
    ]  # fmt: skip
