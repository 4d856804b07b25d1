"""The raw frame: the transcript without a template."""

from __future__ import annotations

import pytest

from stage.play.cutting import Cutter
from stage.play.line import Cut
from stage.play.prompting.raw import CONTROLS
from tests.play.prompting.making import prompt


def test_it_is_the_transcript_and_ends_at_control_strings() -> None:
    raw, transcript = prompt("raw"), prompt("transcript")
    assert (raw.form, raw.text) == ("text", transcript.text)
    assert (raw.cut.others, raw.cut.blocks) == (transcript.cut.others, True)


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_string_ends_the_line_and_none_of_it_is_shown(control: str) -> None:
    cutter = Cutter(prompt("raw").cut)
    for each in " Yes" + control[:-1]:
        verdict = cutter.feed(each)
        assert verdict.safe <= 4
    verdict = cutter.feed(control[-1] + "\nBo: no")
    assert (verdict.reason, verdict.cut_at) == (Cut.STOP_STRING, 4)
