"""Plays made by hand, a director that only plays its part, and a real house under a window."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stage.app.house import open_house
from stage.director.director import Director
from stage.director.events import Changed, Changes, Event
from stage.director.opened import OpenPlay
from stage.director.records import Known, LineDetail, PlayFacts, PlayRow, Version
from stage.director.replaying import Beat, LineBegins, LineEnds, Replay
from stage.director.runs.queue import Queue
from stage.director.turns.performing import Turn
from stage.director.weighing.scoring import Scoring
from stage.kit import paths
from stage.kit.errors import KnownError
from stage.kit.settings import Settings
from stage.kit.signals import Signal
from stage.play.cast import Member
from stage.play.line import Cut, Kind, Line, Status
from stage.play.naming import Names
from stage.play.outline import Stem, stem_of
from stage.play.scene import Scene, read_scene
from stage.play.spot import Spot
from stage.play.tree import Tree
from stage.ui.desk.desk import Desk, set_desk
from stage.ui.desk.machine import Machine
from stage.ui.desk.saved import Saved
from stage.ui.window.window import Window

SCENE = """
title = "A test"
setting = "A room."
rule = "round_robin"
[models]
base = "{base}"
chat = "{chat}"
[[cast]]
name = "Ada"
about = "You count things."
model = "base"
sampler = {{ max_tokens = {tokens} }}
[[cast]]
name = "Ben"
about = "You answer."
model = "chat"
sampler = {{ max_tokens = {tokens} }}
[[cast]]
name = "Guest"
actor = "human"
[[opening]]
speaker = "Guest"
text = "How many are we tonight?"
"""


def scene(base: str = "stage-base", chat: str = "stage-chat", tokens: int = 20) -> Scene:
    """A scene of two models and one human."""
    text = SCENE.format(base=base, chat=chat, tokens=tokens)
    return read_scene(text, where="test", find=lambda name: (_ for _ in ()).throw(KeyError(name)))


def line(
    at: str, parent: str | None, text: str = "", speaker: str | None = "ada", **more: Any
) -> Line:
    """A line of the play "p"; generated unless told otherwise."""
    given = {"model": "base", "reason": Cut.EOG, "generated": 3, "order": len(at), **more}
    if speaker is None:
        given |= {"model": None, "reason": None, "kind": Kind.SCENE}
    return Line(at, parent, "p", given.pop("kind", Kind.SPEECH), speaker, text, **given)


def spot(of: Line, order: int) -> Spot:
    """What is stored of a line without its words; generated ones have half a nat a token."""
    return Spot(
        of.id, of.parent, order, of.position, of.hidden, of.speaker, of.model,
        length=len(of.text), tokens=of.generated, nats=0.5 * of.generated if of.model else None,
        rating=of.rating, archived=of.archived, bookmarked=of.bookmarked,
        canonical="canonical" in of.labels,
    )  # fmt: skip


def play(*lines: Line) -> OpenPlay:
    """A play of some lines under the root "r"; by default two turns, the second with 3 takes."""
    root = line("r", None, speaker=None, order=0)
    made = lines or (
        line("a", "r", "First words.", order=1),
        line("b1", "a", "One.", "ben", order=2, model="chat"),
        line("b2", "a", "Two.", "ben", order=3, model="chat", take=2),
        line("b3", "a", "Three.", "ben", order=4, model="chat", take=3),
        line("c", "b2", "Under two.", order=5),
    )
    tree = Tree([root, *made])
    files = {"base": Path("stage-base.gguf"), "chat": Path("stage-chat.gguf")}
    return OpenPlay("p", scene(), "2026-01-01", 7, tree, files)


def detail(of: Line, **more: Any) -> LineDetail:
    """What is stored about a line: three tokens that make "One."."""
    words = ("On", "e", ".")
    tokens = tuple(
        {
            "id": at,
            "text": word,
            "logprob": -0.5 * at,
            "top": [
                {"id": at, "text": word, "logprob": -0.5 * at},
                {"id": 90 + at, "text": f" other{at}", "logprob": -2.0},
            ],
        }
        for at, word in enumerate(words)
    )
    made = LineDetail(
        line=of,
        label="Ben",
        hash="b2:00",
        date="2026-01-01",
        made=0.0,
        audience=None,
        raw_text="One.",
        cut_at=None,
        persona=None,
        payload=None,
        frame="transcript",
        prompt={
            "text": "Ada: First words.\nBen:",
            "tokens": [1, 2, 3, 4],
            "dropped": [],
            "repairs": [],
        },
        sampler={"chain": [{"name": "temperature", "t": 1.0}, {"name": "dist"}], "max_tokens": 20},
        seed=41,
        timings={"total": 0.5, "first_token": 0.09, "prompt_tokens_kept": 3.0},
        tokens=tokens,
    )
    return replace(made, **more)


class NothingLoaded:
    """A pool without models."""

    def loaded(self, file: Path) -> None:
        """No file's model is loaded."""

    async def load(self, file: Path) -> Any:
        raise KnownError(f"{file.name} is not loaded in this test.")


@dataclass
class PartOfLibrarian:
    """A library that holds nothing but the play's own part."""

    part: Any = None
    path: Path = Path("library.db")
    readonly: bool = False

    async def plays(self) -> list[PlayRow]:
        found: list[PlayRow] = await self.part.plays()
        return found

    async def facts(self, ids: list[str]) -> dict[str, PlayFacts]:
        return {each: PlayFacts(2, ("stage-base",)) for each in ids}

    async def known(self) -> Known:
        return Known(("Ada",), ("stage-base",), ("fog",))

    async def names(self, play: str) -> Names:
        known = self.part.play
        return Names.of(known.scene.cast, known.models) if play == known.id else Names()

    async def titled(self, words: str, limit: int) -> list[PlayRow]:
        return []

    async def search(self, words: str, limit: int) -> list[Any]:
        return []

    async def bin(self, play: str | None = None) -> list[Any]:
        return []

    async def history(self, play: str) -> list[Any]:
        return []


class PartOfShelving:
    """A shelf with nothing on it."""

    async def scan(self, work: Any, more: Any = ()) -> Any:
        for none in ():
            yield none

    async def card(self, path: Path) -> None:
        """No file says anything of itself."""


class Shelf:
    """What a whole play is asked of: its lines, their first words, where some words are."""

    readonly = True

    def __init__(self, part: Part) -> None:
        self.part = part

    async def stems(self, play: str, after: int = -1, count: int = 2_000) -> list[Stem]:
        lines = [each for each in self.part.play.tree if each.order > after]
        return [stem_of(each) for each in lines if each.status is not Status.RUNNING][:count]

    async def scores(self, ids: list[str]) -> list[Any]:
        return []

    async def runs(self, play: str, before: Any, most: int, fewest: int) -> tuple[list[Any], None]:
        return [], None

    async def excerpts(self, play: str, ids: list[str], length: int) -> dict[str, str]:
        tree = self.part.play.tree
        return {each: tree[each].text[:length] for each in ids if each in tree}

    async def spots(self, play: str, after: int, most: int) -> list[Spot]:
        return await self.part.spots(play, after, most)

    async def found(self, words: str, limit: int) -> list[str]:
        self.part.asked.append(("search", words))
        wanted = words.split(" ", 2)[2].rstrip("*").casefold()
        return [each.id for each in self.part.play.tree if wanted in each.text.casefold()]


@dataclass
class Part:
    """A director that writes down what it is asked for and tells what a test makes it tell."""

    play: OpenPlay
    told: Signal[[Event]] = field(default_factory=Signal)
    loop: Any = None
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    details: dict[str, LineDetail] = field(default_factory=dict)
    steps: tuple[str | None, str | None] = (None, None)
    pool: Any = field(default_factory=NothingLoaded)
    librarian: PartOfLibrarian = field(default_factory=PartOfLibrarian)
    shelving: PartOfShelving = field(default_factory=PartOfShelving)
    library: Any = None  # what a whole play is asked of, unless a test gives another

    running: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        self.runs = Queue(self)  # type: ignore[arg-type]
        self.librarian.part = self
        self.library = self.library or Shelf(self)
        self.scoring = Scoring(Shelf(self), self.pool, self.shelving.card)  # type: ignore[arg-type]

    async def plays(self) -> list[PlayRow]:
        lines = len(self.play.tree) - 1
        return [
            PlayRow(self.play.id, self.play.scene.title, 0.0, 0.0, lines, None),
            PlayRow("q", "Another evening", 0.0, 0.0, 3, None),
        ]

    def show_tagged(self, play: OpenPlay, on: bool) -> None:
        play.tags_hide = not on
        self.told.fire(Changed(Changes.TREE, play.id))

    async def open(self, play_id: str) -> OpenPlay:
        self.asked.append(("open", play_id))
        return self.play if play_id == self.play.id else replace(self.play, id=play_id)

    async def reach(self, play: OpenPlay, *lines: str) -> None:
        self.asked += [("reach", line) for line in lines]

    async def surround(self, play: OpenPlay, leaf: str) -> bool:
        self.asked.append(("surround", leaf))
        stored, lacking = play.tree.stored, play.tree.lacking(leaf)
        play.tree.learn(stored.families(lacking) if stored else ())
        unread = play.tree.unread(play.path(leaf))
        play.tree.learn_lines(unread, stored.lines(unread) if stored else ())
        return bool(lacking)

    async def spots(self, play_id: str, after: int, most: int) -> list[Spot]:
        self.asked.append(("spots", after, most))
        lines = [each for each in self.play.tree if each.status is not Status.RUNNING]
        return [spot(each, at) for at, each in enumerate(lines, start=1)][after : after + most]

    async def replay(self, line_id: str) -> Replay:
        self.asked.append(("replay", line_id))
        beats: list[Beat] = []
        for at, each in enumerate(self.play.path(line_id)):
            beats += [(float(at), LineBegins(each, each.text)), (float(at), LineEnds(each))]
        return Replay(beats)

    async def line(self, line_id: str) -> LineDetail:
        self.asked.append(("line", line_id))
        return self.details.get(line_id) or detail(self.play.tree[line_id])

    async def stand(self, play_id: str, line_id: str) -> None:
        self.asked.append(("stand", line_id))

    async def say(self, play_id: str, parent: str, speaker: str, text: str, *how: Any) -> Line:
        kind, ears = how if len(how) == 2 else (None, None)
        made = line(f"said-{len(self.asked)}", parent, text, speaker, model=None, reason=None)
        heard = (speaker, *ears) if ears else None
        made = replace(made, kind=kind or Kind.SPEECH, heard_by=heard)
        meant = () if how == (None, None) else how
        self.asked.append(("say", parent, speaker, text, *meant))
        self.play.tree.add(made)
        self.told.fire(Changed(Changes.TREE, play_id))
        return made

    async def versions(self, member: Member) -> list[Version]:
        return [Version(member.persona.version, None, 0.0, member.persona)]

    def perform(self, play: OpenPlay, turn: Turn) -> None:
        self.asked.append(("perform", turn))

    def stop(self, line_id: str | None = None) -> None:
        self.asked.append(("stop", line_id))

    async def warm(self, play: OpenPlay) -> None:
        self.asked.append(("warm", play.id))

    async def do(self, play_id: str, name: str, given: dict[str, Any]) -> Changed:
        self.asked.append(("do", name, dict(given)))
        return self._stepped(f"{name} of a line", given["line"])

    async def undo(self, play_id: str) -> Changed:
        self.asked.append(("undo",))
        return self._stepped("the last step")

    async def redo(self, play_id: str) -> Changed:
        self.asked.append(("redo",))
        return self._stepped("the next step")

    async def undo_words(self, play_id: str) -> tuple[str | None, str | None]:
        return self.steps

    def _stepped(self, words: str, line: str = "") -> Changed:
        event = Changed(Changes.TREE, self.play.id, (line,) if line else (), (), words)
        self.told.fire(event)
        return event

    def turns(self) -> list[Turn]:
        """The turns asked for so far."""
        return [each[1] for each in self.asked if each[0] == "perform"]


def desk_of(
    part: Part | Director, saved: Saved | None = None, machine: Machine | None = None
) -> Desk:
    """A desk over a director, with settings that nobody keeps."""
    settings = Settings(scheme="light", warm_models=False)
    return set_desk(part, saved or Saved(None), settings, _keep, machine)  # type: ignore[arg-type]


def _keep() -> None:
    """Settings of a test are not written."""


class Evening:
    """A real house with a window on a play.

    Attributes:
        window: shown.
        play: what it shows.
        lines: what was in the play when the window was closed.
    """

    def __init__(self, loop: Any, library: Path) -> None:
        """Open nothing yet."""
        self.loop = loop
        self.library = library
        self._stack = AsyncExitStack()
        self.window: Any = None
        self.lines: list[Line] = []

    def begin(self, of: Scene | None = None, play_id: str = "") -> None:
        """Open the house and the window, on a new play or one that is there."""
        self.loop.run(self._begin(of, play_id), 60)

    def end(self) -> None:
        """Close the window as the front door does."""
        self.loop.run(self._end(), 60)

    async def _begin(self, of: Scene | None, play_id: str) -> None:
        house = await self._stack.enter_async_context(open_house(self.library))
        self.director = house.director
        play = await (house.director.new_play(of) if of else house.director.open(play_id))
        saved = Saved(paths.state() / "window.json")
        desk = desk_of(house.director, saved)
        desk.session.show(play)
        self.window = Window(desk)
        desk.session.setParent(self.window)
        saved.setParent(self.window)
        self.window.show()
        await asyncio.sleep(0.05)

    async def _end(self) -> None:
        self.lines = list(self.play.tree)
        self.window.remember()
        self.window.hide()
        await self._stack.aclose()
        await asyncio.sleep(0)
        self.window.deleteLater()
        self._stack = AsyncExitStack()

    @property
    def desk(self) -> Desk:
        """The window's desk."""
        made: Desk = self.window.desk
        return made

    @property
    def play(self) -> OpenPlay:
        """The play on stage."""
        made = self.desk.session.play
        assert made is not None
        return made

    def do(self, work: Callable[..., Any], *args: Any) -> Any:
        """Call something while the loop runs, as Qt does."""

        return work(*args)

    def press(
        self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the keyboard is."""
        self.window.activateWindow()
        self.do(QTest.keyClick, self.window.focusWidget() or self.window, key, with_)

    def rest(self, seconds: float = 60) -> None:
        """Wait until nothing is being said."""
        self.loop.until(lambda: self.desk.turns.running == 0, seconds)
        self.loop.settle()
        self.loop.run(self.director.plays())  # asked in turn: what it led to is stored
        self.loop.settle()

    def shown(self, at: int = 0) -> str:
        """The text of a lane as its document has it."""
        text: str = self.window.centre.lanes[at].text.document().toPlainText()
        return text


def dropped(on: QWidget, *files: Path) -> bool:
    """Drag files onto a widget and let them go; whether it takes them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, button, keys)
    QApplication.sendEvent(on, enter)
    if enter.isAccepted():
        QApplication.sendEvent(on, QDropEvent(QPointF(5, 5), copy, mime, button, keys))
    return enter.isAccepted()
