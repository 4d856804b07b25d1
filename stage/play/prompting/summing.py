"""Asking an actor to sum up lines, in whatever frame it speaks."""

from collections.abc import Sequence
from dataclasses import replace

from stage.play.cast import Member
from stage.play.cutting import CutRule
from stage.play.line import Line
from stage.play.prompting.frame import Facts, Frame, Prompt, Segment

ASKED = "[Sum up in a few sentences what happened until here. Write only the summary.]"
OPENED = "What happened until here:"


def summary(frame: Frame, lines: Sequence[Line], member: Member, facts: Facts) -> Prompt:
    """The prompt that lets a member sum up lines: its own view of them, and the request.

    No private part is in it: a summary may be heard by others.
    """
    made = frame.prompt(lines, member, facts)
    kept = [
        each
        for each in made.segments
        if each.part == "static" or (each.part == "history" and each.line is not None)
    ]
    if frame.form == "text":
        if kept and not kept[-1].text.endswith("\n"):  # the request begins a row
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text}\n")
        end = [Segment("open", f"{OPENED}")]
    elif made.segments[-1].role == "prefill" and kept[-1].role == "prefill":
        end = [Segment("open", OPENED, "prefill")]
    else:
        end = [Segment("nudge", ASKED, "user")]
    cut = CutRule(
        (), made.cut.others + made.cut.own, made.cut.blocks, made.cut.rows, made.cut.stops
    )
    return replace(made, segments=(*kept, *end), cut=cut, prefill="", variables={})
