"""What every frame is made of: facts in, segments out, and a prompt joined from them.

A frame is pure: path, viewer and facts in, the same segments out on any date and machine.
The order of segments is static, history, private, nudge, open (personas.md, section 2.1), so
that a change of speaker keeps the tokens before its private part.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule, unthought
from stage.play.line import Line

Part = Literal["static", "history", "private", "nudge", "open"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a prompt and where it came from.

    Attributes:
        part: its place in the order.
        text: exact text; in a chat prompt without the template around it.
        role: "" in a text prompt; else "system", "user" or "assistant". At the end also
            "prefill", the opening of the answer, continued and not closed, or "slot", the
            opening of a turn of the user that the model is to write.
        line: the id of the line it shows, None for what the scene says.
    """

    part: Part
    text: str
    role: str = ""
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a frame may know of the scene beside the path."""

    title: str
    setting: str
    cast: Cast
    date: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt ready for the worker.

    Attributes:
        form: "text" (continued as it stands) or "chat" (rendered by the model's template).
        segments: in order. In a chat prompt neighbours of one role are one message, joined by
            newlines.
        prefill: more of the opening of the answer, behind what the frame itself opens.
        cut: how the end of the line is found in what the model says.
    """

    frame: str
    form: Literal["text", "chat"]
    segments: tuple[Segment, ...]
    prefill: str
    cut: CutRule
    date: str = ""

    @property
    def text(self) -> str:
        """A text prompt as one string."""
        return "".join(segment.text for segment in self.segments)

    def messages(self) -> list[dict[str, str]]:
        """A chat prompt as messages of a role and a content, without what is left open."""
        messages: list[dict[str, str]] = []
        for segment in self.segments:
            if segment.role in ("prefill", "slot"):
                continue
            if messages and messages[-1]["role"] == segment.role:
                messages[-1]["content"] += "\n" + segment.text
            else:
                messages.append({"role": segment.role, "content": segment.text})
        return messages


@dataclass(frozen=True, slots=True)
class Frame:
    """One form of prompt.

    Attributes:
        compose: (path without the scene root, viewer, facts) -> segments in prompt order.
        cut: (viewer, cast) -> how the line's end is found.
        openings: how a line of a member begins, and with None what nobody of the cast says;
            None: the frame has no open text end, so that nobody but the viewer can begin.
    """

    id: str
    title: str
    form: Literal["text", "chat"]
    compose: Callable[[Sequence[Line], Member, Facts], list[Segment]]
    cut: Callable[[Member, Cast], CutRule]
    openings: Callable[[Member | None], tuple[str, ...]] | None = None

    def prompt(self, path: Sequence[Line], viewer: Member, facts: Facts) -> Prompt:
        """Make the prompt that lets `viewer` speak after `path`."""
        segments = tuple(self.compose(heard(path, viewer), viewer, facts))
        return Prompt(self.id, self.form, segments, "", self.cut(viewer, facts.cast), facts.date)


def heard(path: Sequence[Line], viewer: Member) -> list[Line]:
    """The lines of a path that a member heard. Filter first, format second.

    What a model thought is heard by nobody, its own persona included.
    """
    lines = (line for line in path if line.heard_by is None or viewer.id in line.heard_by)
    return [_aloud(line) for line in lines]


def _aloud(line: Line) -> Line:
    text = line.text if line.model is None else unthought(line.text)
    return line if text == line.text else replace(line, text=text)
