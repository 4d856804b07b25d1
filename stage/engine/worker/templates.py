"""Chat templates of model files: compiled once, rendered within time and size.

A template that loops for ever is broken off by an exception thrown into its thread. What a
template refuses is told in its own words, cut short. No text of messages is ever logged.
"""

import ctypes
import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateError, UndefinedError

from stage.engine.worker.sandbox import CappedEnvironment, frozen_clock, raise_exception
from stage.kit.canonical import content_hash
from stage.kit.errors import KnownError

MOST_SOURCE = 256 * 1024
MOST_TEXT = 4_000_000  # characters of a rendered prompt
PATIENCE = 2.0  # seconds for one prompt, all attempts together

T = TypeVar("T")
_ABSENT = ("tools", "functions", "documents", "tool_choice", "datetime")


class Refused(KnownError):
    """The template raised or broke; `reason` is its own word for it."""

    def __init__(self, reason: str) -> None:
        """Keep the reason apart from the sentence."""
        self.reason = reason
        super().__init__(
            f"The model's chat template fails: {reason}; use the transcript frame or another model."
        )


class _Expired(BaseException):
    """Thrown into a thread that renders for too long; no template can catch it."""


class ChatTemplate:
    """One template, ready to render.

    Attributes:
        hash: of its source.
    """

    def __init__(self, source: str, names: Mapping[str, str]) -> None:
        """Compile. `names` are the special tokens a template may ask for.

        Raises:
            Refused: too large, or not a template.
        """
        self.hash = content_hash(source)
        self._names = dict(names)
        if len(source) > MOST_SOURCE:
            raise Refused(f"it is larger than {MOST_SOURCE // 1024} kB")
        self._template: Template = within(PATIENCE, lambda: CappedEnvironment().from_string(source))

    def render(self, messages: Sequence[Mapping[str, str]], date: str, *, answer: bool) -> str:
        """Render messages; `answer` opens the assistant's turn. Raises Refused."""
        values = {
            **self._names,
            "messages": [dict(message) for message in messages],
            "add_generation_prompt": answer,
            "raise_exception": raise_exception,
            "strftime_now": frozen_clock(date),
        }
        try:
            return self._joined(values)
        except UndefinedError:  # some templates only know "none given" as a value
            return self._joined({**values, **dict.fromkeys(_ABSENT)})

    def _joined(self, values: dict[str, Any]) -> str:
        parts, total = [], 0
        for part in self._template.generate(values):
            total += len(part)
            if total > MOST_TEXT:
                raise Refused("it writes without end")
            parts.append(part)
        return "".join(parts)


@functools.lru_cache(maxsize=4)
def compiled(source: str, names: tuple[tuple[str, str], ...]) -> ChatTemplate:
    """Compile a template once. Raises Refused."""
    return ChatTemplate(source, dict(names))


def within(seconds: float, work: Callable[[], T]) -> T:
    """Do work in a thread of its own and break it off when it takes longer.

    Raises:
        Refused: it took too long or failed; KnownErrors pass through as they are.
    """
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append((True, work()))
        except _Expired:
            pass
        except BaseException as error:
            outcome.append((False, error))

    thread = threading.Thread(target=run, name="template", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        for _ in range(20):
            _throw(thread)
            thread.join(0.1)
            if not thread.is_alive():
                break
        raise Refused(f"it did not end within {seconds:.0f} seconds")
    if not outcome:
        raise Refused(f"it did not end within {seconds:.0f} seconds")
    good, result = outcome[0]
    if good:
        return cast(T, result)
    if isinstance(result, KnownError):
        raise result
    raise Refused(in_words(result)) from None


def _throw(thread: threading.Thread) -> None:
    ident = thread.ident
    if ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(ident), ctypes.py_object(_Expired)
        )


def in_words(error: BaseException) -> str:
    """Say what went wrong without repeating texts that the template was given."""
    if isinstance(error, SecurityError):
        return str(error)[:200].rstrip(".")
    if isinstance(error, TemplateError):
        return f"“{' '.join(str(error.message or '').split())[:200]}”"
    if isinstance(error, RecursionError | MemoryError):
        return "it is nested too deeply or too large"
    return f"it broke off with {type(error).__name__}"
