"""stage play: perform a scene, or go on with a play, without a window."""

import argparse
import asyncio
from collections.abc import Iterable
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.app.house import House, existing, open_house
from stage.director.director import Director
from stage.director.events import (
    Event,
    LineEnded,
    LineGrew,
    LinesLeftOut,
    ModelChanged,
    Progress,
)
from stage.director.opened import OpenPlay
from stage.director.turns.playing import Course, go_on
from stage.director.wardrobe import load_scene, model_file
from stage.engine.shelf.card import describe
from stage.kit.errors import BadInput
from stage.play.cast import Member
from stage.play.line import Line
from stage.play.prompting.budget import how_many, runs
from stage.play.scene import Scene


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scene", nargs="?", metavar="SCENE", help="a scene file, or a shipped name")
    parser.add_argument("--continue", dest="play", metavar="PLAY", help="go on with a play")
    parser.add_argument("--at", metavar="LINE", help="where to go on (default: where it stood)")
    parser.add_argument("--turns", type=_counted, metavar="N", help="lines the path grows by")
    parser.add_argument("--takes", type=_counted, metavar="N", help="takes of each model a turn")
    parser.add_argument("--seed", type=_counted, metavar="N", help="seed of every draw")
    parser.add_argument(
        "--strict", action="store_true", help="make takes so that stage rerun can repeat them"
    )
    parser.add_argument(
        "--model",
        action="append",
        default=[],
        metavar="NAME=FILE.gguf",
        help="use this file for the scene's model NAME; may be repeated",
    )


def _counted(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or int(text) > 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 up")
    return int(text)


async def _run(args: argparse.Namespace, out: Output) -> int:
    if (args.scene is None) == (args.play is None):
        raise BadInput("Name either a scene file or --continue PLAY.")
    if args.at is not None and args.play is None:
        raise BadInput("--at goes with --continue PLAY.")
    if args.takes is not None and not 1 <= args.takes <= 64:
        raise BadInput(f"--takes is {args.takes}; ask for 1 to 64 takes.")
    models = _models(args.model)
    scene = load_scene(Path(args.scene), models) if args.scene else None
    if scene is not None:
        _check_files(scene.models.values())
    library = args.library if args.play is None else existing(args.library)
    async with open_house(library) as house:
        play, leaf = await _begin(house, args, scene, models, out)
        return await _perform(house.director, play, leaf, args, out)


async def _begin(
    house: House,
    args: argparse.Namespace,
    scene: Scene | None,
    models: dict[str, str],
    out: Output,
) -> tuple[OpenPlay, str]:
    director = house.director
    if scene is not None:
        await _load(house, scene.models.values(), out)
        play = await director.new_play(scene, seed=args.seed)
        return play, play.leaf
    play = await director.open(args.play, models)
    if unknown := [name for name in models if name not in play.scene.models]:
        known = ", ".join(play.scene.models)
        raise BadInput(f"The play has no model called {unknown[0]}; it has {known}.")
    if args.at is not None and args.at not in play.tree:
        raise BadInput(f"The play has no line {args.at}; see stage tree {args.play}.")
    _check_files(str(path) for path in play.models.values())
    return play, args.at or play.leaf


def _models(pairs: list[str]) -> dict[str, str]:
    models = {}
    for pair in pairs:
        name, equals, file = pair.partition("=")
        if not equals or not name or not file:
            raise BadInput(f"--model {pair} is not NAME=FILE.gguf; write both.")
        models[name] = file
    return models


def _check_files(files: Iterable[str]) -> None:
    for file in files:
        describe(model_file(file))


async def _load(house: House, files: Iterable[str], out: Output) -> None:
    watcher = Watcher(None, out)
    house.director.told.connect(watcher.hear)
    for file in files:
        await house.pool.load(model_file(file))


async def _perform(
    director: Director, play: OpenPlay, leaf: str, args: argparse.Namespace, out: Output
) -> int:
    watcher = Watcher(play, out)
    director.told.connect(watcher.hear)
    _explain(play, out)
    course = Course(
        at=leaf,
        turns=play.scene.turns if args.turns is None else args.turns,
        takes=args.takes,
        seed=args.seed,
        skip_humans=True,
        rule="round_robin" if play.scene.rule == "manual" else None,
        strict=args.strict,
    )
    try:
        leaf = await go_on(director, play, course)
    except asyncio.CancelledError:
        await director.close()
        _done(play, watcher.followed or leaf, watcher.lines, out)
        raise
    _done(play, leaf, watcher.lines, out)
    return 0


def _explain(play: OpenPlay, out: Output) -> None:
    if play.scene.rule == "manual":
        out.note("The scene's rule is manual; without a window it plays as round robin.")
    if humans := [member.label for member in play.scene.cast if _absent(member)]:
        out.note(f"Played by a person, so skipped here: {', '.join(humans)}.")
    if not out.json:
        out.row({}, clean(f"{play.scene.title}  (play {play.id})\n"))
        for line in play.path(play.leaf):
            out.row({}, _words(play, line, ""))


def _absent(member: Member) -> bool:
    return member.human and not member.persona.narrator


def _done(play: OpenPlay, leaf: str, lines: int, out: Output) -> None:
    shown = None if leaf == play.start else leaf
    row = {"event": "done", "play": play.id, "leaf": shown, "lines": lines}
    out.row(row, f"\n{lines} {'line' if lines == 1 else 'lines'} kept in play {play.id}.")


class Watcher:
    """Turns events into rows and progress."""

    def __init__(self, play: OpenPlay | None, out: Output) -> None:
        self._play = play
        self._out = out
        self.lines = 0
        self.followed: str | None = None

    def hear(self, event: Event) -> None:
        """Take an event of the director."""
        match event:
            case ModelChanged() if event.phase == "loading":
                share = f" {event.progress:.0%}" if event.progress is not None else ""
                self._out.progress(f"{Path(event.path).stem}: reading weights{share}")
            case Progress():
                self._out.progress(f"{event.model}: {event.what} {event.done}/{event.total}")
            case LineGrew():
                rate = event.line.generated / max(event.seconds, 0.001)
                self._out.progress(
                    f"{event.line.model}: {event.line.generated} tokens, {rate:.0f}/s"
                )
            case LinesLeftOut() if self._play is not None:
                self._left_out(self._play, event)
            case LineEnded() if self._play is not None:
                self._ended(self._play, event)

    def _left_out(self, play: OpenPlay, event: LinesLeftOut) -> None:
        """Say before a line is spoken what its speaker will not be told, for want of room."""
        label = play.cast(event.parent).label(event.speaker)
        tokens = sum(each.tokens for each in event.dropped)
        if not self._out.json:
            lost = how_many(runs(event.dropped))
            count = f"{lost} {'part' if lost == 1 else 'parts'}"
            first = event.dropped[0]
            what = f"first the {first.what} {first.line or ''}".rstrip()
            title = play.title_of(event.model)
            self._out.note(
                f"No room for {count} ({tokens} tokens) in {label}'s prompt on {title}, "
                f"{what}; see stage prompt."
            )
            return
        row = {
            "event": "left_out",
            "play": play.id,
            "at": None if event.parent == play.start else event.parent,
            "speaker": label,
            "model": event.model,
            "dropped": runs(event.dropped),
        }
        self._out.row(row, "")

    def _ended(self, play: OpenPlay, event: LineEnded) -> None:
        line = event.line
        self.lines += 1
        if self.followed is None or line.parent == self.followed:
            self.followed = line.id
        row = {
            "event": "line",
            "id": line.id,
            "parent": None if line.parent == play.start else line.parent,
            "play": play.id,
            "speaker": play.scene.cast.label_of(line),
            "model": line.model,
            "take": line.take,
            "text": line.text,
            "generated": line.generated,
            "stop": str(line.reason),
            "seconds": round(event.seconds, 3),
            "prompt_tokens_evaluated": event.timings.get("prompt_tokens_evaluated"),
        }
        stop = f"{line.generated} tokens generated, {line.reason}"
        title = play.title_of(line.model or "")
        self._out.row(row, _words(play, line, f"  ({title} {line.take}; {stop})"))


def _words(play: OpenPlay, line: Line, note: str) -> str:
    label = play.scene.cast.label_of(line)
    return clean(f"{label}{note}\n    " + line.text.replace("\n", "\n    "))


ENTRY = Command("play", "perform a scene, or go on with a play", _arguments, _run)
