"""The command line: the same director, no window. One file a command."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, NoReturn

from stage.app.command import Command, Output
from stage.app.logs import open_log
from stage.kit import paths
from stage.kit.errors import KnownError
from stage.kit.registry import Registry

COMMANDS: Registry[Command] = Registry(
    __name__,
    "play",
    "models",
    "score",
    "plays",
    "tree",
    "line",
    "prompt",
    "next",
    "surprisal",
    "compare",
    "stats",
    "runs",
    "persona",
    "do",
    "undo",
    "redo",
    "history",
    "bin",
    "purge",
    "search",
    "replay",
    "rerun",
    "export",
    "import",
    "check",
    "backup",
    "salvage",
    "doctor",
)
STOPPED = 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one sentence."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help.\n")


class _Mixed(_Parser):
    """The parser of a command: its words and its options may stand in any order."""

    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; the library's own way to mix calls this again, twice."""
        if self._mixing:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


def main(argv: list[str]) -> int:
    """Run one command. Returns 0 good, 1 failed, 2 bad input, 130 stopped."""
    args = _parser(argv).parse_args(argv)
    out = Output(json=args.json)
    open_log(paths.state())
    try:
        result = args.command.run(args, out)
        return asyncio.run(_interruptible(result)) if isinstance(result, Awaitable) else result
    except KnownError as error:
        out.note(f"stage {args.command.name}: {error.sentence}")
        return error.exit_code
    except (KeyboardInterrupt, asyncio.CancelledError):
        return STOPPED


def _parser(argv: list[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        "stage",
        description="Put language-model personas on a stage.",
        epilog="Without a command the window opens; stage FILE opens a play, card, lorebook, "
        "scene, model or library in it.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Mixed)
    named = [name for name in argv[:1] if name in COMMANDS]
    for name in named or COMMANDS.names:
        command = COMMANDS[name]
        own = commands.add_parser(name, help=command.help, description=command.help)
        own.add_argument(
            "--library",
            type=Path,
            default=paths.library(),
            metavar="FILE",
            help="the library file (default: the user's own)",
        )
        own.add_argument("--json", action="store_true", help="one JSON object a line")
        own.set_defaults(command=command)
        command.add_arguments(own)
    return parser


async def _interruptible(work: Awaitable[int]) -> int:
    task = asyncio.current_task()
    if task is not None and sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await work
