"""What every frame is made of: facts in, segments out, and a prompt joined from them.

A frame is pure: path, viewer and facts in, the same segments out on any date and machine.
The order of segments is static, history, private, nudge, open (personas.md, section 2.1), so
that a change of speaker keeps the tokens before its private part.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule, unthought
from stage.play.line import Kind, Line
from stage.play.lore import Entry
from stage.play.prompting.telling import Piece, Place, Told, tell

_UNTOLD = (Kind.SCENE, Kind.OOC)
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
        piece: what of the viewer's own, or of a book, it tells.
        pinned: of a line: dropped last.
    """

    part: Part
    text: str
    role: str = ""
    line: str | None = None
    piece: Piece | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a frame may know of the scene beside the path.

    Attributes:
        cast: as it is after the path.
        date: the play's own, YYYY-MM-DD.
        seed: of the play; every draw of a macro starts from it.
        node: names the place in the play, the same when it is performed again.
        lore: the play's own book.
        variables: as macros set them on the way here.
        told: what the path does not say, expanded; a frame finds it filled in.
    """

    title: str
    setting: str
    cast: Cast
    date: str
    seed: str = ""
    node: str = ""
    lore: tuple[Entry, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    told: Told | None = None

    @property
    def known(self) -> Told:
        """What is told, where Frame.prompt has filled it in."""
        if self.told is None:
            raise LookupError("a frame is composed by Frame.prompt only")
        return self.told


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt ready for the worker.

    Attributes:
        form: "text" (continued as it stands) or "chat" (rendered by the model's template).
        segments: in order. In a chat prompt neighbours of one role are one message, joined by
            newlines.
        prefill: more of the opening of the answer, behind what the frame itself opens.
        cut: how the end of the line is found in what the model says.
        replaced: lines that a summary stands for -> the summary.
        variables: those that macros set in it.
        passed: the oldest lines, of which none could fit, so that none was composed.
    """

    frame: str
    form: Literal["text", "chat"]
    segments: tuple[Segment, ...]
    prefill: str
    cut: CutRule
    date: str = ""
    replaced: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    passed: tuple[Line, ...] = ()

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
        everywhere: a member keeps it whatever model speaks for it: it is the form of the play,
            not that of a kind of model.
    """

    id: str
    title: str
    form: Literal["text", "chat"]
    compose: Callable[[Sequence[Line], Member, Facts], list[Segment]]
    cut: Callable[[Member, Cast], CutRule]
    openings: Callable[[Member | None], tuple[str, ...]] | None = None
    everywhere: bool = False

    def prompt(
        self, path: Sequence[Line], viewer: Member, facts: Facts, most: int | None = None
    ) -> Prompt:
        """Make the prompt that lets `viewer` speak after `path`.

        Args:
            most: tokens that fit at most, see `recent`; None: every line is composed.
        """
        known = heard(path, viewer)
        place = Place(
            facts.setting, facts.cast, facts.date, facts.seed, facts.node, facts.lore,
            facts.variables,
        )  # fmt: skip
        told = tell(known, viewer, place)
        shown, replaced = summarised(known)
        shown, passed = recent(shown, most)
        stood, pieces = placed(shown, told.placed, viewer)
        composed = self.compose(stood, viewer, replace(facts, told=told))
        pinned = {line.id for line in known if line.pinned}
        segments = tuple(_marked(each, pieces, pinned) for each in composed)
        prefill = told.prefill.strip()
        if prefill and segments and segments[-1].text.endswith(":"):
            prefill = f" {prefill}"
        return Prompt(
            self.id, self.form, segments, prefill, self.cut(viewer, facts.cast), facts.date,
            replaced, told.variables, tuple(passed),
        )  # fmt: skip


def _marked(segment: Segment, pieces: Mapping[str, Piece], pinned: set[str]) -> Segment:
    if segment.line is not None and segment.line in pieces:
        return replace(segment, line=None, piece=pieces[segment.line])
    return replace(segment, pinned=True) if segment.line in pinned else segment


def summarised(path: Sequence[Line]) -> tuple[list[Line], dict[str, str]]:
    """Put summaries in place of the lines they stand for.

    Returns:
        The path without those lines, each summary where the first of them stood; and each
        line left out with the summary that stands for it.
    """
    covered: dict[str, str] = {}
    if not any(line.labels for line in path):
        return list(path), covered
    for line in reversed(path):
        if line.covers and line.id not in covered:
            covered |= {each: line.id for each in line.covers if each != line.id}
    lines, stood = {line.id: line for line in path}, list[Line]()
    given: set[str] = set()
    for line in path:
        id_ = covered.get(line.id, line.id)
        if id_ not in given and id_ in lines:
            given.add(id_)
            stood.append(lines[id_])
    return stood, {each.id: covered[each.id] for each in path if each.id in covered}


def recent(path: Sequence[Line], most: int | None) -> tuple[list[Line], list[Line]]:
    """Pass over the oldest lines where even the later ones, at a token each, could not all fit.

    So a turn late in a long play costs what one of a shorter play does. Many are passed over at
    once and then none for long, so that prompts go on beginning with the same line.

    Returns:
        The lines to compose, twice `most` of them or more, pinned ones among them wherever
        they stand; and the others.
    """
    told = [number for number, line in enumerate(path) if line.text and line.kind not in _UNTOLD]
    if most is None or len(told) < 3 * most:
        return list(path), []
    start = told[(len(told) // most - 2) * most]
    early = path[:start]
    pinned = [line for line in early if line.pinned]
    return [*pinned, *path[start:]], [line for line in early if not line.pinned]


def placed(
    path: Sequence[Line], pieces: Sequence[tuple[int, Piece]], viewer: Member
) -> tuple[list[Line], dict[str, Piece]]:
    """Put pieces before the last lines that they name, as what is no line.

    As narration, which every template takes in the middle; as words of the viewer where the
    piece is meant for the assistant.
    """
    stood, found = list(path), dict[str, Piece]()
    for number, (depth, piece) in enumerate(sorted(pieces, key=lambda each: -each[0])):
        id_ = f"piece {number}"
        found[id_] = piece
        at = max(len(path) - depth, 0) + number
        line = Line(id_, None, "", Kind.NARRATION, None, piece.text)
        if piece.own:
            line = replace(line, kind=Kind.SPEECH, speaker=viewer.id, layer=viewer.layer)
        stood.insert(at, line)
    return stood, found


def heard(path: Sequence[Line], viewer: Member) -> list[Line]:
    """The lines of a path that a member heard. Filter first, format second.

    What everyone heard before a member joined the cast, it did not hear. What a model thought is
    heard by nobody, its own persona included.
    """
    joined = 0
    if viewer.since is not None:
        joined = next((at for at, line in enumerate(path) if line.id == viewer.since), 0)
    return [
        line if line.model is None or not _odd(line.text) else _aloud(line)
        for number, line in enumerate(path)
        if (line.heard_by is None and number >= joined) or viewer.id in (line.heard_by or ())
    ]


def _odd(text: str) -> bool:
    """Whether there may be a thought in it; long paths are looked through at every turn."""
    return "<" in text or text[-1:].isspace()


def _aloud(line: Line) -> Line:
    text = unthought(line.text)
    return line if text == line.text else replace(line, text=text)
