"""The doors of Stage. Standard library only; each door imports just what lies behind it.

`stage` opens the window, `stage --engine` is a worker process, and `stage COMMAND` is the
command line, which loads neither Qt nor llama.cpp.
"""

import os
import sys
from pathlib import Path

WINDOW_OPTIONS_WITH_VALUE = ("--library", "--picture", "--screenshot", "--data-dir")
ASKS_THE_COMMAND_LINE = ("-h", "--help")


def main(argv: list[str] | None = None) -> int:
    """Go through the door that the arguments name; return the exit code."""
    argv = sys.argv[1:] if argv is None else argv
    try:
        return _enter(argv)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (`| head`) has enough. Python flushes once more at exit: into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _enter(argv: list[str]) -> int:
    if argv[:1] == ["--engine"]:
        from stage.engine.worker import process as worker

        worker.main()
        return 0
    if argv == ["--version"]:
        from stage import __version__

        print(f"stage {__version__}")
        return 0
    if opens_window(argv):
        return _open_window(argv)
    from stage.app import commands

    code = commands.main(argv)
    sys.stdout.flush()
    return code


def opens_window(argv: list[str]) -> bool:
    """Tell whether the arguments are for the window: options of it, then files, no command."""
    words = iter(argv)
    for word in words:
        if not word.startswith("-"):
            return bool(Path(word).suffix)
        if word in ASKS_THE_COMMAND_LINE:
            return False
        if word in WINDOW_OPTIONS_WITH_VALUE:
            next(words, None)
    return True


def named_library(argv: list[str]) -> Path | None:
    """Return the file after --library, if one is named."""
    for word, following in zip(argv, [*argv[1:], ""], strict=False):
        if word == "--library" and following:
            return Path(following)
        if word.startswith("--library="):
            return Path(word.partition("=")[2])
    return None


def _open_window(argv: list[str]) -> int:
    from stage.app import preflight
    from stage.kit import paths

    in_the_way = list(preflight.before_window(named_library(argv) or paths.library()))
    for found in in_the_way:
        print(found.told(), file=sys.stderr)
    if in_the_way:
        return 1
    from stage.app.main import main as open_window

    return open_window(argv)


if __name__ == "__main__":
    sys.exit(main())
