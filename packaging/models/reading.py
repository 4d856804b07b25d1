"""Whether the chat model reads its card: its name and facts when asked, and its first line.

Cards, casts and titles are invented by chance, with names that were kept out of every template.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import titles
from cards import Card, card_for
from conversations import Message, chatml, user_text
from dialogues import WHO, chatter, stage_system
from names import some_names
from shares import counted

if TYPE_CHECKING:
    from engine import Engine

ANSWER_TOKENS = 80
UNSEEN_QUESTIONS = (
    "Who is the one on the stairs?",
    "Sorry, what was your name again?",
    "What do they call you?",
    "And who might you be?",
    "Have we met? Tell us who you are.",
)
NAMES_ITSELF = re.compile(
    r"(?:\b(?:I am|I'm|It is I,|[Mm]y name is|[Mm]y name's|[Cc]all me|[Tt]his is) |^)"
    r"([A-Z][a-z]+)(?=[.,!?]|$)"
)
NO_NAMES = set(
    "Yes No Yeah Hello Hi Hey Well Oh Ah Sure Right Thanks Welcome Farewell Goodbye Good Sir Madam "
    "Please Never Nothing Nobody Ay Why What Come Indeed Now Then So True".split()
)


def names_given(text: str, others: list[str]) -> set[str]:
    """The names that an answer gives to its speaker; to address one of the cast is none."""
    found = set(NAMES_ITSELF.findall(text)) - NO_NAMES
    addressed = {name for name in others if re.match(rf"{name}[.,!?]", text)}
    return found - addressed


def scene(rng: random.Random) -> tuple[Card, list[str], list[Message]]:
    """A persona, the others of its scene, and the system message."""
    cast = some_names(rng.choice([2, 3, 4]), rng, measuring=True)
    card = card_for(cast[0], rng, measuring=True)
    return card, cast[1:], [{"role": "system", "content": stage_system(card, cast, rng)}]


def asked(card: Card, others: list[str], question: str, rng: random.Random) -> Message:
    """The user's turn in which somebody of the cast asks the persona."""
    other = rng.choice(others)
    heard = [*chatter(others, other, rng), f"{other}: {question}"]
    return {"role": "user", "content": user_text(card.name, heard)}


def answer(engine: Engine, messages: list[Message], seed: int) -> str:
    """One sampled answer."""
    prompt = engine.tokens(chatml(messages), special=True, bos=True)
    return engine.text(engine.sample(prompt, ANSWER_TOKENS, seed=seed)).strip()


def own_name(
    engine: Engine, questions: tuple[str, ...], count: int, seed: int
) -> list[tuple[str, str, bool]]:
    """For each card asked: the name, the answer, and whether it gives that name and no other."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        card, others, system = scene(rng)
        turn = asked(card, others, rng.choice(questions), rng)
        text = answer(engine, [*system, turn], seed + number)
        own = re.search(rf"\b{card.name}\b", text) is not None
        found.append((card.name, text, own and not names_given(text, others) - {card.name}))
    return found


def facts(engine: Engine, count: int, seed: int) -> list[tuple[str, str, bool]]:
    """For each card asked about one fact: the words, the answer, and whether it holds them."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        card, others, system = scene(rng)
        fact = rng.choice(card.facts)
        turn = asked(card, others, rng.choice(fact.questions), rng)
        text = answer(engine, [*system, turn], seed + number)
        found.append((fact.key, text, fact.key.lower() in text.lower()))
    return found


def first_lines(engine: Engine, count: int, seed: int) -> list[tuple[str, str, bool]]:
    """For each card with nothing asked: the name, the line, and whether it gives another name."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        card, others, system = scene(rng)
        heard = [f"[{rng.choice(titles.DETAILS)}.]"] if number % 2 else []
        turn = {"role": "user", "content": user_text(card.name, heard)}
        text = answer(engine, [*system, turn], seed + number)
        found.append((card.name, text, bool(names_given(text, others) - {card.name})))
    return found


def reads_card(engine: Engine) -> dict[str, Any]:
    """The whole measurement: 100 cards for each share."""
    found = {
        "own_name_known_questions": own_name(engine, tuple(WHO), 50, seed=3000),
        "own_name_unseen_questions": own_name(engine, UNSEEN_QUESTIONS, 50, seed=4000),
        "fact": facts(engine, 100, seed=5000),
        "first_line_wrong_name": first_lines(engine, 100, seed=6000),
    }
    both = found["own_name_known_questions"] + found["own_name_unseen_questions"]
    record: dict[str, Any] = {"own_name": counted([hit for *_, hit in both])}
    for name, rows in found.items():
        record[name] = counted([hit for *_, hit in rows])
        record[name]["samples"] = [[key, text] for key, text, _ in rows[:8]]
    return record
