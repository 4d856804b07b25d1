"""Scenes recast in the app's `self` frame: one speaker's lines become the assistant's turns."""

from __future__ import annotations

import random

import frames
from corpus import Line, lines_of, speakers_of

Message = dict[str, str]

STAY = "You are {name}. Speak only as {name}."
NUDGE = "[{name} speaks now. Write only {name}'s words.]"
LONGEST_ANSWER = 280
LONGEST_CONVERSATION = 2600


def system_text(header: frames.Header, name: str, card: str | None) -> str:
    """The system message of the `self` frame."""
    lines = [header.text(), ""]
    if card:
        lines.append(f"About {name}: {card}")
    lines.append(STAY.format(name=name))
    return "\n".join(lines)


def user_text(name: str, heard: list[str]) -> str:
    """The user message: what was heard since the persona's last line, and the nudge."""
    return "\n".join([*heard, NUDGE.format(name=name)])


def clean_words(line: Line) -> str:
    """A turn's words without bracketed directions."""
    return frames.ANY_DIRECTION.sub("", line.text).strip()


def heard_line(line: Line) -> str:
    """A line as the persona hears it."""
    if line.speaker is None:
        return frames.bracketed(frames.plain_direction(line.text))
    return f"{line.speaker}: {clean_words(line)}"


def turns_for(name: str, lines: list[Line]) -> list[Message]:
    """User and assistant messages for one speaker, up to the speaker's last line."""
    messages: list[Message] = []
    heard: list[str] = []
    size = 0
    for line in lines:
        words = clean_words(line)
        if line.speaker and not words:
            continue
        if line.speaker != name:
            heard.append(heard_line(line))
            continue
        user = user_text(name, heard)
        size += len(user) + len(words)
        if len(words) > LONGEST_ANSWER or size > LONGEST_CONVERSATION:
            break
        messages.append({"role": "user", "content": user})
        messages.append({"role": "assistant", "content": words})
        heard = []
    return messages


def recast(
    scene: str, talk: bool, facts: dict[str, list[str]], rng: random.Random
) -> list[Message] | None:
    """A scene as one conversation in the `self` frame, or None where nobody fits."""
    lines = lines_of(scene)
    if len(lines) > 16:
        start = 0 if rng.random() < 0.5 else rng.randrange(len(lines) - 12)
        lines = lines[start:]
    cast = speakers_of(lines[:24])
    if len(cast) < 2:
        return None
    name = rng.choice([known for known in facts if known in cast] or cast)
    lines = [line for line in lines[:40] if line.speaker is None or line.speaker in cast]
    header, lines = frames.header_for(scene, lines, talk, {}, rng)
    messages = turns_for(name, lines)
    if not messages:
        return None
    card = " ".join(facts[name]) if name in facts else None
    return [{"role": "system", "content": system_text(header, name, card)}, *messages]


def as_sent(messages: list[Message]) -> list[Message]:
    """The conversation as the app sends it: only the last user turn carries the nudge.

    An earlier turn that was nothing but the nudge goes; the persona's lines beside it become one.
    """
    last = max(index for index, item in enumerate(messages) if item["role"] == "user")
    sent: list[Message] = []
    for index, item in enumerate(messages):
        role, content = item["role"], item["content"]
        if role == "user" and index != last:
            content = "\n".join(content.split("\n")[:-1])
        if not content:
            continue
        if sent and sent[-1]["role"] == role:
            content = sent.pop()["content"] + "\n" + content
        sent.append({"role": role, "content": content})
    return sent


def on_stage(messages: list[Message]) -> bool:
    """Whether a conversation is in the `self` frame."""
    return any(item["content"].endswith("'s words.]") for item in messages)


def chatml(messages: list[Message]) -> str:
    """The prompt of a conversation, as the template in the file's metadata writes it."""
    shown = [f"<|im_start|>{item['role']}\n{item['content']}<|im_end|>\n" for item in messages]
    return "".join(shown) + "<|im_start|>assistant\n"
