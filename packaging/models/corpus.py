"""Reading the shared corpus: scenes of the base tier and conversations of the chat tier."""

from __future__ import annotations

import json
import lzma
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIALOGUE_SETS = (
    "standardebooks_plays",
    "gitenberg_plays",
    "shakespeare",
    "standardebooks_plato",
    "self_dialogue_corpus",
    "topical_chat",
    "synthetic_persona_chat",
)
PROSE_SETS = ("standardebooks_prose", "african_storybook", "pratham_books")
PLAY_SETS = DIALOGUE_SETS[:3]
TALK_SETS = DIALOGUE_SETS[4:]
# standardebooks_plays_us is left out: its translation may be protected where the term is life + 70.

TURN = re.compile(r"^([^:()\[\]\n]{1,60}): (.+)$")


@dataclass(frozen=True)
class Line:
    """One line of a scene: a turn (with a speaker) or a stage direction (without)."""

    speaker: str | None
    text: str


def corpus_folder() -> Path:
    """The corpus folder: `$STAGE_SHARED/corpus`, by default `../shared/corpus` beside the repo."""
    root = Path(__file__).resolve().parents[2]
    shared = os.environ.get("STAGE_SHARED")
    return (Path(shared) if shared else root.parent / "shared") / "corpus"


def scenes(name: str, heldout: bool = False) -> list[str]:
    """All scenes of one set of the base tier."""
    suffix = ".heldout.txt.xz" if heldout else ".txt.xz"
    with lzma.open(corpus_folder() / (name + suffix), "rt", encoding="utf-8") as file:
        return [scene for scene in file.read().strip("\n").split("\n\n") if scene.strip()]


def conversations(heldout: bool = False) -> list[dict[str, Any]]:
    """All conversations of the chat tier."""
    name = "chat.heldout.jsonl.xz" if heldout else "chat.jsonl.xz"
    with lzma.open(corpus_folder() / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def lines_of(scene: str) -> list[Line]:
    """The lines of a dialogue scene; a line in round brackets is a stage direction."""
    found: list[Line] = []
    for raw in scene.split("\n"):
        turn = None if raw.startswith("(") else TURN.match(raw)
        if turn:
            found.append(Line(turn.group(1), turn.group(2)))
        else:
            found.append(Line(None, raw))
    return found


def speakers_of(lines: list[Line]) -> list[str]:
    """The speakers of a scene in order of appearance."""
    return list(dict.fromkeys(line.speaker for line in lines if line.speaker))


def persona_of(system: str) -> tuple[str | None, list[str]]:
    """The name and the facts in a system message of the persona conversations."""
    name = re.match(r"You are ([A-Z]\w+)\.", system)
    facts = re.findall(r"(?:You|Your)\b[^.!?\n]+[.!?]", system)
    kept = [fact for fact in facts if not re.match(r"You are ([A-Z]\w+\.$|a person talking)", fact)]
    return (name.group(1) if name else None), kept


def train_facts() -> dict[tuple[str, ...], list[str]]:
    """Persona facts of the chat tier's train file, keyed by the conversation's start."""
    found: dict[tuple[str, ...], list[str]] = {}
    for conversation in conversations():
        messages = conversation["messages"]
        if conversation["source"] != "synthetic_persona_chat" or messages[0]["role"] != "system":
            continue
        facts = persona_of(messages[0]["content"])[1]
        if facts:
            found[tuple(message["content"] for message in messages[1:7])] = facts
    return found


def facts_of(scene: str, known: dict[tuple[str, ...], list[str]]) -> dict[str, list[str]]:
    """The persona facts of a conversation's second speaker, where the chat tier gives them."""
    lines = lines_of(scene)
    facts = known.get(tuple(line.text for line in lines[:6]))
    speakers = speakers_of(lines)
    return {speakers[1]: facts} if facts and len(speakers) > 1 else {}
