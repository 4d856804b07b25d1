"""What a lane shows of one line: made from the play, drawn by the transcript."""

from dataclasses import dataclass

from stage.director.opened import OpenPlay
from stage.play.cast import Member
from stage.play.line import Kind, Line, Status
from stage.play.prompting.telling import greets
from stage.ui import words
from stage.ui.dress.glyphs import colour_index


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it is shown.

    Attributes:
        id: of the line.
        name: the speaker's label.
        colour: index of the speaker's colour and glyph.
        chip: the model's title, "typed", "greeting" or "scene".
        mark: kind and audience in words, "" for plain speech.
        text: verbatim.
        quiet: set in italics, muted: what nobody says aloud.
        at, of: its place among its siblings, counted from 1.
        running: still being spoken.
        pace: "11.2 tok/s" while running.
        more: in a lane, after it comes no sibling but another take by its model.
    """

    id: str
    name: str
    colour: int
    chip: str
    mark: str
    text: str
    quiet: bool = False
    at: int = 1
    of: int = 1
    running: bool = False
    pace: str = ""
    more: bool = False

    @property
    def header(self) -> tuple[object, ...]:
        """What the document holds beside the text; the rest is painted over it."""
        return (self.id, self.name, self.chip, self.mark, self.quiet)


def entry(play: OpenPlay, line: Line, pace: str = "", *, another: bool = False) -> Entry:
    """Show one line; `another`: where its model may make one more after it."""
    member = speaker(play, line)
    at, of = play.place(line.id)
    return Entry(
        id=line.id,
        name=play.scene.cast.label_of(line) or words.tr("words", "Scene"),
        colour=colour_index(member),
        chip=chip(play, line),
        mark=mark(play, line),
        text=line.text,
        quiet=line.kind in (Kind.NARRATION, Kind.SCENE, Kind.DIRECTION, Kind.THOUGHT),
        at=at,
        of=of,
        running=line.status is Status.RUNNING,
        pace=pace,
        more=another and makes_another(play, line),
    )


def bare(line: Line) -> Entry:
    """A line by its words alone, until the rest is worked out."""
    return Entry(line.id, "", 0, "", "", line.text)


def makes_another(play: OpenPlay, line: Line) -> bool:
    """Whether what comes after a line among its siblings is yet to be made, by its model."""
    at, of = play.place(line.id)
    return at == of and line.status is not Status.RUNNING and said_by(play, line) is not None


def said_by(play: OpenPlay, line: Line) -> str | None:
    """The model that says a line; of a take that was worded anew by hand, that of the last take."""
    if line.model is not None or play.place(line.id)[1] == 1:
        return line.model
    siblings = (play.tree[each] for each in reversed(play.siblings(line.id)))
    return next((each.model for each in siblings if each.model and _same(each, line)), None)


def _same(one: Line, other: Line) -> bool:
    return (one.speaker, one.kind) == (other.speaker, other.kind)


def speaker(play: OpenPlay, line: Line) -> Member | None:
    """The member of the cast who says a line, None for the scene itself."""
    if line.speaker is None:
        return None
    cast = play.scene.cast
    if line.speaker not in cast:  # somebody who joined later
        cast = play.cast(line.id)
    return next((each for each in cast if each.id == line.speaker), None)


def chip(play: OpenPlay, line: Line) -> str:
    """Where the words came from."""
    if line.model is not None:
        return play.title_of(line.model)
    if line.kind in (Kind.NARRATION, Kind.SCENE, Kind.ENTER, Kind.EXIT):
        return words.tr("words", "scene")
    member = speaker(play, line)
    if member is not None and greets(line, member, play.scene.cast, play.date, str(play.seed)):
        return words.tr("words", "greeting")
    return words.tr("words", "typed")


def mark(play: OpenPlay, line: Line, *, titled: bool = True) -> str:
    """Kind and audience in words, whether the line was cut short, and what it is marked with."""
    parts = []
    word = words.kind(line.kind)
    if word and line.kind not in (Kind.NARRATION, Kind.SCENE):
        parts.append(word)
    if line.covers:
        lines = words.count(len(line.covers), "line")
        parts.append(words.tr("words", "summary of {0}").format(lines))
    others = [each for each in line.heard_by or () if each != line.speaker]
    if others:
        known = all(each in play.scene.cast for each in others)  # else somebody joined later
        cast = play.scene.cast if known else play.cast(line.id)
        labels = ", ".join(cast.label(each) or each for each in others)
        said = words.tr("words", "to {0}" if parts else "heard by {0}").format(labels)
        parts = [" ".join([*parts, said])]
    if line.status is Status.INTERRUPTED:
        parts.append(words.tr("words", "interrupted"))
    if said := words.silence(line):
        parts.append(said)
    return " · ".join([*parts, *words.labels(line, moved=play.moved(line), titled=titled)])
