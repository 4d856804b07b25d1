"""A chat prompt: messages through the model's own template, text kept apart from control tokens.

Each message's text is replaced by a sentinel, the template is rendered around the sentinels
and split at them. So text cannot forge turns, and a turn that a template drops is seen.
Repairs are tried in the order of personas.md, section 2.5, and only when they are needed.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stage.engine.worker.preparing import Part, clean
from stage.engine.worker.runner import Facts
from stage.engine.worker.templates import (
    PATIENCE,
    ChatTemplate,
    Refused,
    compiled,
    in_words,
    within,
)
from stage.kit.errors import KnownError

FILLER = "[Scene start]"
_ROLES = {
    "system", "user", "assistant", "developer", "model", "human", "bot", "start", "end", "header",
    "id", "im", "message", "role", "turn", "of", "text", "begin", "inst", "sys", "chatbot", "eot",
}  # fmt: skip
_CONTROL = re.compile(r"<[^<>\n]{1,60}>|\[/?[A-Z_]{2,30}\]|<<?/?[A-Z]+>>?")


@dataclass(frozen=True, slots=True)
class Message:
    """A turn: its role and its text in parts that know where they came from."""

    role: str
    parts: tuple[Part, ...]

    @property
    def content(self) -> str:
        """The whole text."""
        return "".join(part.text for part in self.parts)


@dataclass(slots=True)
class Rendered:
    """A rendered prompt: its parts in order and what is to be told about it."""

    parts: list[Part]
    template_hash: str
    dropped: list[int] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        """What goes with the prompt."""
        return {
            "repairs": self.repairs,
            "warnings": self.warnings,
            "template_hash": self.template_hash,
        }


def render(facts: Facts, prompt: dict[str, Any]) -> Rendered:
    """Render a chat prompt as preparing.prompt_to_json wrote it.

    Raises:
        KnownError: the model has no template, or it refuses the messages even repaired.
    """
    if not facts.template:
        raise KnownError(
            "This model has no chat template, so it cannot hold a chat; use the transcript frame "
            "or another model."
        )
    template = compiled(facts.template, tuple(sorted(facts.names.items())))
    segments = prompt["segments"]
    messages = _messages([each for each in segments if each[2] != "prefill"])
    if not messages:
        raise KnownError("The prompt is empty; write a line or a setting first.")
    slot = segments[-1][2] == "slot"
    order = _Order(template, prompt["date"], slot)
    rendered: Rendered = within(PATIENCE, lambda: _repaired(order, messages))
    for kind, text, role, line, note in segments:
        if role == "prefill":
            rendered.parts.append(Part(clean(text), kind=kind, line=line, note=note))
    if prompt["prefill"]:
        rendered.parts.append(Part(clean(prompt["prefill"]), kind="prefill"))
    return rendered


def _messages(segments: Sequence[Sequence[Any]]) -> list[Message]:
    """Neighbours of one role become one message, joined by newlines; empty ones go."""
    messages: list[Message] = []
    for kind, text, given, line, note in segments:
        role = "user" if given == "slot" else given
        part = Part(clean(text), kind=kind, line=line, note=note)
        if messages and messages[-1].role == role:
            messages[-1] = Message(role, (*messages[-1].parts, Part("\n"), part))
        else:
            messages.append(Message(role, (part,)))
    return [message for message in messages if message.content.strip()]


# ------------------------------------------------------------------ repairs


def _late_systems(messages: list[Message]) -> list[Message]:
    """Make a system message in mid-dialogue a bracketed turn of the user."""
    rest = [
        Message("user", (Part("["), *each.parts, Part("]"))) if each.role == "system" else each
        for each in messages[1:]
    ]
    return _merged([*messages[:1], *rest])


def _folded(messages: list[Message]) -> list[Message]:
    """Put the system text at the head of the first user turn."""
    if not messages or messages[0].role != "system":
        return messages
    system, rest = messages[0], messages[1:]
    first = next((index for index, each in enumerate(rest) if each.role == "user"), None)
    if first is None or first > 0:
        return [Message("user", system.parts), *rest]
    return [Message("user", (*system.parts, Part("\n\n"), *rest[0].parts)), *rest[1:]]


def _opened(messages: list[Message]) -> list[Message]:
    """Let the user begin, with a filler turn."""
    spoken = (index for index, each in enumerate(messages) if each.role != "system")
    first = next(spoken, len(messages))
    if first < len(messages) and messages[first].role == "user":
        return messages
    filler = Message("user", (Part(FILLER, kind="filler"),))
    return [*messages[:first], filler, *messages[first:]]


def _merged(messages: list[Message]) -> list[Message]:
    merged: list[Message] = []
    for message in messages:
        if merged and merged[-1].role == message.role:
            glue = Part("\n" if message.role == "user" else "\n\n")
            merged[-1] = Message(message.role, (*merged[-1].parts, glue, *message.parts))
        else:
            merged.append(message)
    return merged


_Repair = tuple[Callable[[list[Message]], list[Message]], str]
_REPAIRS: tuple[_Repair, ...] = (
    (_late_systems, "system text in mid-dialogue became a bracketed turn of the user"),
    (_folded, "the system text was put into the first user turn"),
    (_opened, f"a filler turn of the user, {FILLER}, was put first"),
)


@dataclass(frozen=True, slots=True)
class _Order:
    """How messages are rendered: by which template, on what date, and what is left open.

    Attributes:
        slot: leave the last turn of the user open; else open an answer.
    """

    template: ChatTemplate
    date: str
    slot: bool

    def render(self, messages: list[dict[str, str]]) -> str:
        return _refusing(lambda: self.template.render(messages, self.date, answer=not self.slot))


def _repaired(order: _Order, messages: list[Message]) -> Rendered:
    """Render with as few repairs as needed; without any success, with the fewest lost turns."""
    best: Rendered | None = None
    refusal: Refused | None = None
    seen: list[list[Message]] = []
    for count in range(len(_REPAIRS) + 1):
        for chosen in itertools.combinations(_REPAIRS, count):
            changed, words = _applied(messages, chosen)
            if changed in seen:
                continue
            seen.append(changed)
            try:
                rendered = _render(order, changed)
            except Refused as error:
                refusal = refusal or error
                continue
            rendered.repairs = words
            if not rendered.dropped:
                return rendered
            if best is None or len(rendered.dropped) < len(best.dropped):
                best = rendered
    if best is None:
        raise refusal or Refused("it renders nothing")
    return best


def _applied(
    messages: list[Message], repairs: Sequence[_Repair]
) -> tuple[list[Message], list[str]]:
    words = []
    for repair, told in repairs:
        changed = repair(messages)
        if changed != messages:
            words.append(told)
        messages = changed
    return messages, words


# ------------------------------------------------------------------ sentinels


def _render(wanted: _Order, messages: list[Message]) -> Rendered:
    marks = [f"STAGEMARK{index:04d}KRAMEGATS" for index in range(len(messages))]
    framed = [{"role": m.role, "content": mark} for m, mark in zip(messages, marks, strict=True)]
    pieces = re.split(r"STAGEMARK(\d{4})KRAMEGATS", wanted.render(framed))
    order = [int(number) for number in pieces[1::2]]
    bodies, altered = _bodies(wanted, messages, pieces)
    if wanted.slot:
        if order[-1:] != [len(messages) - 1]:
            raise Refused("it drops the turn that is to be written")
        pieces[-1] = ""  # what would close the turn
    parts = [Part(pieces[0], special=True, kind="template")]
    for number, after in zip(order, pieces[2::2], strict=True):
        parts += bodies[number]
        parts.append(Part(after, special=True, kind="template"))
    rendered = Rendered([part for part in parts if part.text], wanted.template.hash)
    rendered.dropped = [index for index in range(len(messages)) if index not in order]
    rendered.warnings = _warnings(messages, order, pieces, altered)
    return rendered


def _bodies(
    order: _Order, messages: list[Message], pieces: list[str]
) -> tuple[list[tuple[Part, ...]], bool]:
    """The messages' parts, trimmed if the template trims, and whether it alters them otherwise."""
    as_they_are = [message.parts for message in messages]
    real = [{"role": message.role, "content": message.content} for message in messages]
    try:
        wanted = order.render(real)
    except Refused:
        return as_they_are, True
    trimmed = [_trimmed(parts) for parts in as_they_are]
    for bodies in (as_they_are, trimmed):
        if _filled(pieces, bodies) == wanted:
            return bodies, False
    return as_they_are, True


def _refusing(work: Callable[[], str]) -> str:
    """Let a template's own errors be Refused, so that a repair can be tried."""
    try:
        return work()
    except (KnownError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise Refused(in_words(error)) from None


def _filled(pieces: list[str], bodies: Sequence[tuple[Part, ...]]) -> str:
    texts = ["".join(part.text for part in parts) for parts in bodies]
    return "".join(texts[int(p)] if i % 2 else p for i, p in enumerate(pieces))


def _trimmed(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    kept = list(parts)
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while kept:
            part = kept[place]
            text = strip(part.text)
            kept[place] = replace(part, text=text)
            if text:
                break
            kept.pop(place)
    return tuple(kept)


# ------------------------------------------------------------------ warnings


def _warnings(
    messages: list[Message], order: list[int], pieces: list[str], altered: bool
) -> list[str]:
    warnings = [
        f"template dropped turn {index + 1} ({message.role})"
        for index, message in enumerate(messages)
        if index not in order
    ]
    if order != sorted(set(order)):
        warnings.append("template shows the turns in another order or repeats some")
    if altered and not warnings:
        warnings.append("template would change the text of a turn; it is shown unchanged")
    user = next((place for place, turn in enumerate(order) if messages[turn].role == "user"), 0)
    hidden = _own_words("".join(pieces[0 : 2 * user + 1 : 2]))
    if hidden:
        warnings.append(f"template adds its own system text: “{hidden}”")
    if re.search(r"<think(?:ing)?>\s*$", pieces[-1]):
        warnings.append("template opens a thought before the answer")
    return warnings


def _own_words(text: str) -> str:
    """What a template says on its own account before the first turn, shortened; "" for nothing."""
    plain = _CONTROL.sub(" ", text)
    words = re.findall(r"[^\W\d_]{2,}", plain)
    if len([word for word in words if word.lower() not in _ROLES]) < 3:
        return ""
    said = " ".join(plain.split())
    return said if len(said) <= 160 else said[:159] + "…"
