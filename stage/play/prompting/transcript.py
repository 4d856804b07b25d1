"""The transcript frame: a script that a base model goes on writing."""

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.prompting.frame import Frame
from stage.play.prompting.script import openings, transcript


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=True)


ENTRY = Frame("transcript", "Transcript", "text", transcript, _cut, openings)
