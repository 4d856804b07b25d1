"""Small pictures of stable parts, from data made by hand: no model, no clock, no font but ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from stage.director.replaying import LineBegins, LineEnds, Replay
from stage.director.room import Room
from stage.play.outline import Stem
from stage.play.prompting.budget import Dropped
from stage.play.spot import Spot
from stage.ui.composer.meter import Meter
from stage.ui.dress import theme
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.ink import Tint
from stage.ui.lanes.transcript import Transcript
from stage.ui.lens.options import OptionList
from stage.ui.map.canvas import Canvas
from stage.ui.map.layout import lay_out
from stage.ui.map.shades import MODES, Shades
from stage.ui.models.options import Option, Part
from stage.ui.models.outline import OutlineModel, Sayer
from stage.ui.outline.branches import Branches
from stage.ui.replay.player import Player
from stage.ui.replay.transport import Transport
from stage.ui.widgets.buttons import Button, Chip, Link, Segment
from stage.ui.widgets.titlerow import together
from stage.ui.window.rail import Rail
from tests.ui import drawing
from tests.ui.compare.making import compare, with_records
from tests.ui.helpers import play

Keep = Callable[[QWidget, str], None]
NAMES = {"ada": (0, "Ada"), "ben": (1, "Ben"), "cy": (2, "Cy"), "guest": (3, "Guest")}


@pytest.fixture
def keep(dressed: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Keep]:
    """Compares a shown widget with its picture; skips where none can be compared."""
    why = drawing.why_not()
    if why:
        pytest.skip(why)
    with drawing.shipped_fonts(monkeypatch, dressed):
        yield lambda widget, name: drawing.compare(widget, name, tmp_path)
    theme.apply(dressed, "light")


LINES = (
    Entry("1", "Narrator", 7, "scene", "", "The lamp room, past midnight. Rain.", quiet=True),
    Entry("2", "Ada", 0, "stage-base", "", "You keep a light for ships that never come, and you "
          "call it duty.", at=1, of=4),
    Entry("3", "Ben", 1, "stage-chat", "whisper to Ada", "Then hear this one:\nwho lit it?"),
    Entry("4", "Cy", 2, "stage-base", "interrupted \u00b7 bookmarked", "I keep it because the",
          at=2, of=5),
    Entry("5", "Guest", 3, "typed", "", "Who is on the stairs?"),
    Entry("6", "Dee", 4, "stage-base", "", "I have been here the whole", running=True,
          pace="11.2 tok/s"),
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lane(scheme: str, keep: Keep, shown: Any, dressed: QApplication) -> None:
    theme.apply(dressed, scheme)
    made = shown(Transcript(), 380, 430)
    made.show_entries(LINES)
    made.choose("4", reveal=False)
    words, at = LINES[1].text.split(" "), 0
    tints = []
    for number, word in enumerate(words[:8]):
        tints.append(Tint(at, at + len(word) + 1, number / 8, number))
        at += len(word) + 1
    made.tint("2", tints, [""] * len(tints))
    made.verticalScrollBar().setValue(0)
    keep(made, f"lane-{scheme}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_outline(scheme: str, keep: Keep, shown: Any, dressed: QApplication) -> None:
    theme.apply(dressed, scheme)
    stems = (
        Stem("r", None, 0, labels={"tag:good": {"colour": "blue"}}),
        Stem("One evening", "r", 1, speaker="guest"),
        Stem("The light as duty", "One evening", 2, speaker="ada", labels={"bookmark": True}),
        Stem("the stairs", "The light as duty", 3, speaker="ben", labels={"tag:good": {}}),
        Stem("Somebody is there", "The light as duty", 4, speaker="ben", running=True),
        Stem("Another title", "One evening", 5, speaker="cy", labels={"chapter": "Below"}),
        Stem("nobody knows", "Another title", 6, speaker="ada"),
        Stem("it was always lit", "Another title", 7, speaker="ada", labels={"note": "Again."}),
    )  # fmt: skip
    on = {"One evening", "The light as duty", "the stairs"}
    sayer = Sayer(
        str, lambda who: NAMES.get(who or "", (7, ""))[::-1], {"nobody knows"},
        {"Somebody is there"}, on,
    )  # fmt: skip
    rows = OutlineModel(sayer)
    for each in stems:
        rows.outline.put(each)
    made = Branches(rows)
    rows.setParent(made)
    shown(made, 250, 220)
    made.mark(2)
    keep(made, f"outline-{scheme}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_of_a_small_tree(
    scheme: str, keep: Keep, shown: Any, dressed: QApplication
) -> None:
    theme.apply(dressed, scheme)
    who, spots = list(NAMES), [Spot("000", None, 1)]
    for number, above in enumerate((0, 1, 1, 2, 2, 3, 3, 3, 4, 9), start=1):
        spots.append(
            Spot(f"{number:03d}", spots[above].id, number + 1, speaker=who[number % 4],
                 model="base", length=20, tokens=5, nats=2.5 + number / 4)
        )  # fmt: skip
    made = shown(Canvas(), 420, 240)
    made.show_layout(lay_out(spots), Shades(MODES[0], NAMES))
    made.choose(4)
    made.fit()
    keep(made, f"map-{scheme}")


def test_compared_branches(keep: Keep, desk: Any, part: Any, shown: Any, loop: Any) -> None:
    from stage.ui.compare.page import Page

    with_records(part)
    made = shown(Page(desk), 720, 430)
    compare(desk, loop, "b1", "c", "b3")
    loop.until(lambda: len(desk.compared.columns) == 3)
    loop.settle()
    keep(made.board, "compare-light")


def test_a_replay(keep: Keep, shown: Any) -> None:
    beats: list[Any] = []
    of = play()
    for at, each in enumerate(of.path("c")):
        beats += [(4.0 * at, LineBegins(each, each.text)), (4.0 * at + 3, LineEnds(each))]
    player = Player()
    player.load(Replay(beats))
    player.seek(6.0)
    made = Transport(player)
    made.scrubber.show_ticks([(0.0, 0), (0.4, 1), (0.8, 0)])
    keep(shown(made, 620, 36), "replay-light")


def test_the_rail(keep: Keep, shown: Any, dressed: QApplication) -> None:
    theme.apply(dressed, "dark")
    made = shown(Rail(), 63, 600)
    made.mark("map")
    keep(made, "rail-dark")


def test_the_context_with_and_without_loss(keep: Keep, desk: Any, shown: Any) -> None:
    whole = QWidget()
    row = QHBoxLayout(whole)
    for tokens, said in ((61, "context 61 %, nothing left out"), (130, "1 line will be left out")):
        made = Meter(desk, whole)
        lost = (Dropped("a", 20),) if tokens > 100 else ()
        made._show_known((said,), "", Room("ada", "base", tokens, 100, lost))
        row.addWidget(made)
    shown(whole, 560, 50)
    for each in whole.findChildren(Meter):
        each._timer.stop()  # nothing is measured
    keep(whole, "context-light")


def test_alternatives_of_two_models(keep: Keep, shown: Any, dressed: QApplication) -> None:
    theme.apply(dressed, "dark")
    whole = QWidget()
    whole.setObjectName("pane")
    theme.dress(whole, "pane")
    made = OptionList("Alternatives", whole)
    shares = (("awake", 0.412, 0.218), ("there", 0.166, 0.301), ("left", 0.097, None),
              ("listening", 0.061, 0.184))  # fmt: skip
    rows = [
        Option(word, (Part(1, one, taken=word == "there"), Part(1, other, bound=0.012)))
        for word, one, other in shares
    ]
    made.options.show_options(("stage-base", "stage-chat"), rows)
    QVBoxLayout(whole).addWidget(made)
    keep(shown(whole, 290, 130), "alternatives-dark")


def test_what_is_pressed(keep: Keep, shown: Any) -> None:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.addWidget(Button("Speak", primary=True))
    row.addWidget(Button("Fan out"))
    off = Button("Stop")
    off.setEnabled(False)
    row.addWidget(off)
    chips = Chip("Ada", 0), Chip("Ben", 1)
    chips[1].setChecked(True)
    ways = Segment("Read", "Read"), Segment("Verbatim", "Verbatim")
    ways[1].setChecked(True)
    for chip in chips:
        row.addWidget(chip)
    row.addLayout(together(ways))
    row.addWidget(Link("Put away"))
    keep(shown(whole, 640, 52), "pressed-light")


def test_a_picture_that_differs_fails(
    keep: Keep, shown: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(drawing.ACCEPT, raising=False)
    made = shown(Transcript(), 380, 430)
    made.show_entries([replace(LINES[1], name="Eva"), *LINES[2:]])
    with pytest.raises(AssertionError, match="make goldens"):
        drawing.compare(made, "lane-light", tmp_path)
    assert (tmp_path / "lane-light.png").is_file()
    one, other = QImage(100, 100, QImage.Format.Format_RGB32), QImage()
    one.fill(QColor(90, 90, 90))
    assert drawing.off(one, other) == 1.0
    other = one.copy()
    for at in range(20):
        other.setPixelColor(at, 0, QColor(99 if at % 2 else 98, 90, 90))
    assert drawing.off(one, other) == pytest.approx(drawing.SHARE)
