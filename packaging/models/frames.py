"""Rewriting scenes into the app's transcript frame (base) and its `self` frame (chat)."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

import titles
from corpus import Line, lines_of, speakers_of

LONGEST_PIECE = 3000
LEADING_DIRECTION = re.compile(r"^\(([^()]{2,160})\)\s*(.+)$")
ANY_DIRECTION = re.compile(r"\s*\([^()]*\)")
THOUGHT = re.compile(r"^to (?:him|her)self\b", re.I)
ASIDE = re.compile(r"^aside\b", re.I)
SENTENCE_END = re.compile(r"(?<=[.!?]) ")


@dataclass
class Header:
    """What stands above a transcript."""

    title: str
    cast: list[str]
    descriptions: dict[str, str] = field(default_factory=dict)
    setting: str | None = None

    def text(self) -> str:
        """The header's lines, without the blank line that follows them."""
        names = [
            f"{name} ({self.descriptions[name]})" if name in self.descriptions else name
            for name in self.cast
        ]
        lines = [self.title, "Cast: " + ", ".join(names)]
        if self.setting:
            lines.append("Setting: " + self.setting)
        return "\n".join(lines)


def label(name: str, mark: str | None = None) -> str:
    """The label of a turn, such as `Iris:`, `Iris (to Marlow):` or `Iris (aside):`."""
    return f"{name} ({mark}):" if mark else f"{name}:"


def indented(text: str) -> str:
    """Text whose inner line breaks are continued with two spaces."""
    return text.replace("\n", "\n  ")


def bracketed(text: str, kind: str | None = None) -> str:
    """A narration line, or with `kind` a `[Direction: …]` line."""
    return f"[{kind}: {indented(text)}]" if kind else f"[{indented(text)}]"


def plain_direction(text: str) -> str:
    """A direction's words without its round brackets and without square ones inside."""
    text = text.strip()
    if text.startswith("("):
        text = text[1:]
    if text.endswith(")"):
        text = text[:-1]
    text = text.replace("[", "").replace("]", "").strip()
    return text[:1].upper() + text[1:]


def mark_of(direction: str, cast: list[str]) -> str | None:
    """The mark that a leading direction gives to its turn, if it gives one."""
    if ASIDE.match(direction):
        return "aside"
    if THOUGHT.match(direction):
        return "thinks"
    match = re.match(
        r"^(?:whisper\w*\s|softly\s|in a low voice\s|quietly\s)?to ([^.,;]+)", direction, re.I
    )
    if match:
        for name in cast:
            if name.lower() == match.group(1).strip().lower():
                return f"to {name}"
    return None


def turn_lines(line: Line, cast: list[str], style: str, rng: random.Random) -> list[str]:
    """One turn in the frame; `style` says what becomes of bracketed words inside it."""
    text, before, mark = line.text, [], None
    assert line.speaker
    match = LEADING_DIRECTION.match(text)
    if match:
        mark = mark_of(match.group(1), cast)
        if mark == f"to {line.speaker}":
            mark = None
        if mark:
            text = match.group(2)
        elif style == "lines" and rng.random() < 0.5:
            before = [bracketed(plain_direction(match.group(1)), "Direction")]
            text = match.group(2)
    if style in ("drop", "lines"):
        text = ANY_DIRECTION.sub("", text).strip() or text
    if len(text) > 500 and rng.random() < 0.1:
        text = _broken(text)
    return [*before, f"{label(line.speaker, mark)} {indented(text)}"]


def _broken(text: str) -> str:
    sentences = SENTENCE_END.split(text)
    middle = len(sentences) // 2
    if not middle:
        return text
    return " ".join(sentences[:middle]) + "\n" + " ".join(sentences[middle:])


def body_lines(
    lines: list[Line], cast: list[str], rng: random.Random, notes: dict[str, list[str]]
) -> list[str]:
    """The lines below the header; private notes stand before one early line of their owner."""
    style = rng.choice(["keep", "drop", "drop", "lines"])
    kind = "Direction" if rng.random() < 0.1 else None
    placed = {name: rng.choice([0, 0, 1, 2, 3]) for name in notes}
    written: list[str] = []
    for line in lines:
        if line.speaker is None:
            written.append(bracketed(plain_direction(line.text), kind))
            continue
        turn = turn_lines(line, cast, style, rng)
        if line.speaker in placed:
            if placed[line.speaker] == 0:
                about = bracketed(" ".join(notes[line.speaker]), f"About {line.speaker}")
                turn.insert(len(turn) - 1, about)
            placed[line.speaker] -= 1
        written.extend(turn)
    return written


def described(fact: str) -> str | None:
    """A persona fact as a description in the cast: `You are a nurse.` gives `a nurse`."""
    match = re.match(r"^You(?:'re| are) ((?:an?|the) [^().,:\[\]]{3,50})\.?$", fact)
    return match.group(1) if match else None


def take_setting(lines: list[Line]) -> tuple[str | None, list[Line]]:
    """A leading direction as the setting (a sentence or two); the rest stays narration."""
    if not lines or lines[0].speaker is not None:
        return None, lines
    sentences = SENTENCE_END.split(plain_direction(lines[0].text))
    chosen = sentences[:1]
    if len(sentences) > 1 and len(chosen[0]) + len(sentences[1]) < 200:
        chosen = sentences[:2]
    text, rest = " ".join(chosen), sentences[len(chosen) :]
    if len(text) > 300:
        return None, lines
    remaining = [Line(None, " ".join(rest))] if rest else []
    return text, remaining + lines[1:]


def header_for(
    scene: str, lines: list[Line], talk: bool, facts: dict[str, list[str]], rng: random.Random
) -> tuple[Header, list[Line]]:
    """Title, cast and setting for a scene, and the lines that are left for the body."""
    cast = speakers_of(lines)
    title = titles.talk_title(scene, cast, rng) if talk else titles.play_title(cast, rng)
    shown = cast[:]
    if rng.random() < 0.4:
        rng.shuffle(shown)
    header = Header(title, shown)
    if rng.random() < 0.8:
        header.setting, lines = take_setting(lines)
    if header.setting is None and rng.random() < 0.3:
        header.setting = titles.setting(rng)
    for name, known in facts.items():
        found = [text for text in map(described, known) if text]
        if found and name in cast:
            header.descriptions[name] = rng.choice(found)
    if not header.descriptions and rng.random() < 0.35:
        roles = titles.TALK_ROLES if talk else titles.ROLES
        for name in rng.sample(cast, rng.randint(1, min(3, len(cast)))):
            header.descriptions[name] = rng.choice(roles)
    return header, lines


def pieces(lines: list[Line], longest: int = LONGEST_PIECE) -> list[list[Line]]:
    """A scene cut into pieces short enough to keep the header within the context."""
    found: list[list[Line]] = [[]]
    size = 0
    for line in lines:
        if size > longest and line.speaker:
            found.append([])
            size = 0
        found[-1].append(line)
        size += len(line.text)
    return [piece for piece in found if speakers_of(piece)]


def transcripts(
    scene: str, talk: bool, facts: dict[str, list[str]], rng: random.Random
) -> list[str]:
    """A scene of a dialogue set as one or more transcripts in the app's frame."""
    written = []
    for piece in pieces(lines_of(scene)):
        notes = {name: known for name, known in facts.items() if rng.random() < 0.7}
        header, lines = header_for(scene, piece, talk, facts, rng)
        body = body_lines(lines, speakers_of(piece), rng, notes)
        written.append(header.text() + "\n\n" + "\n".join(body))
    return written
