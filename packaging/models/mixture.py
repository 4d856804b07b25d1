"""What the chat model is tuned on: four sources, mixed by their share of tokens."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import corpus
from conversations import Message, as_sent, on_stage, recast
from dialogues import dialogues, drill
from names import PLAIN_NAME, renamed

SHARES = {"chat": 0.28, "recast": 0.14, "own": 0.38, "drills": 0.20}
SENT_SHARE = 0.6  # the rest keeps a nudge in every user turn, which teaches it more often
RENAMED_SHARE = 0.7
SAYS_NAME = re.compile(r"\b(?:I'm|I am|[Mm]y name is|[Mm]y name's|[Tt]his is) ([A-Z][a-z]+)\b")
NO_NAME = "You are a person talking to someone new."


def with_a_name(messages: list[Message]) -> list[Message]:
    """A persona conversation whose card tells the name that the persona gives itself."""
    if not messages[0]["content"].startswith(NO_NAME):
        return messages
    own = [
        name
        for item in messages
        if item["role"] == "assistant"
        for name in SAYS_NAME.findall(item["content"])
    ]
    if not own:
        return messages
    told = messages[0]["content"].replace(NO_NAME, f"You are {own[0]}.", 1)
    return [{"role": "system", "content": told}, *messages[1:]]


def renamed_messages(messages: list[Message], rng: random.Random) -> list[Message]:
    """The conversation with other names for the persona and whoever else gives a name."""
    texts = [item["content"] for item in messages]
    own = corpus.persona_of(texts[0])[0] if messages[0]["role"] == "system" else None
    said = [name for text in texts for name in SAYS_NAME.findall(text)]
    names = [name for name in (own, *said) if name and PLAIN_NAME.fullmatch(name)]
    changed = renamed(texts, names, rng)
    return [{**item, "content": text} for item, text in zip(messages, changed, strict=True)]


def conversations(rng: random.Random) -> Iterator[list[Message]]:
    """The chat tier without end, in a new order each time; names are mostly other ones."""
    items = corpus.conversations()
    while True:
        rng.shuffle(items)
        for item in items:
            messages = item["messages"]
            if item["source"] == "synthetic_persona_chat" and messages[0]["role"] == "system":
                messages = with_a_name(messages)
                if rng.random() < RENAMED_SHARE:
                    messages = renamed_messages(messages, rng)
            yield messages


def recast_scenes(rng: random.Random) -> Iterator[list[Message]]:
    """Scenes of the base tier in the `self` frame, without end; plays come more often."""
    known = corpus.train_facts()
    pools = {name: corpus.scenes(name) for name in corpus.DIALOGUE_SETS}
    weights = [4 if name in corpus.PLAY_SETS else 1 for name in pools]
    while True:
        name = rng.choices(list(pools), weights)[0]
        scene = rng.choice(pools[name])
        facts = corpus.facts_of(scene, known) if name == "synthetic_persona_chat" else {}
        if rng.random() < RENAMED_SHARE:
            cast = corpus.speakers_of(corpus.lines_of(scene))
            scene, *changed = renamed([scene, *facts], cast, rng)
            facts = dict(zip(changed, facts.values(), strict=True))
        messages = recast(scene, name in corpus.TALK_SETS, facts, rng)
        if messages:
            yield messages


def own_dialogues(rng: random.Random) -> Iterator[list[Message]]:
    """Our own dialogues, never the same twice."""
    while True:
        yield from dialogues(500, rng.getrandbits(32))


def drills(rng: random.Random) -> Iterator[list[Message]]:
    """Drills, without end."""
    while True:
        yield drill(rng)


class Mixture:
    """An iterator of (source, conversation): always of the source that lags its share most."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.sources = {
            "chat": conversations(rng),
            "recast": recast_scenes(rng),
            "own": own_dialogues(rng),
            "drills": drills(rng),
        }
        self.used = dict.fromkeys(SHARES, 1)
        self.drilling = False
        """Whether nothing but drills is given."""

    def __next__(self) -> tuple[str, list[Message]]:
        if self.drilling:
            return "", next(self.sources["drills"])
        name = min(SHARES, key=lambda key: self.used[key] / SHARES[key])
        messages = next(self.sources[name])
        if name != "drills" and on_stage(messages) and self.rng.random() < SENT_SHARE:
            answered = [i for i, item in enumerate(messages) if item["role"] == "assistant"]
            messages = as_sent(messages[: self.rng.choice(answered) + 1])
        return name, messages

    def book(self, name: str, tokens: int) -> None:
        """Count a conversation's tokens towards its source's share."""
        if name:
            self.used[name] += tokens
