"""Invented personas: what a card says, what may be asked about it, and the answer read off it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from names import any_name

MANNERS = (
    "patient and dry|loud and merry|shy|proud|kind|suspicious|blunt|dreamy|curious|grumpy|"
    "polite|nervous|brave|lazy but clever|quick|plain|gloomy|cheerful|stubborn|gentle"
).split("|")
KINDS = (
    "old young retired travelling famous poor clumsy secret honest blind lonely former royal "
    "village city country forgotten wandering cheerful tired"
).split()
WORKS = (
    "keeper of the light|baker|ship's captain|night nurse|clock maker|librarian|gardener|detective|"
    "musician|physics teacher|ferryman|judge|painter|poet|cook|bee keeper|train driver|locksmith|"
    "doctor|tailor|fortune teller|robot butler|ghost|dragon|wizard|goalkeeper|journalist|sailor|"
    "carpenter|miller|shepherd|hunter|singer|dancer|barber|lawyer|farmer|fisher|pilot|printer|"
    "potter|weaver|juggler|soldier|spy|thief|king|queen|priest|student|postman|butcher|blacksmith|"
    "astronomer|mathematician|cleaner|waiter|guide|diver|translator|puppet maker|bell ringer"
).split("|")
ABODES = (
    "by the sea|above the shop|in a small village|in the old tower|near the station|on a boat|"
    "at the edge of the forest|in the city|with two cats|with your sister|alone|in the mountains|"
    "behind the theatre|under the bridge|next to the school|in a red house|on the island"
).split("|")
THINGS = (
    "storms|quiet mornings|strong coffee|old maps|bad jokes|fresh bread|cold rain|long walks|chess|"
    "singing|honest people|the night sky|fresh fish|crossword puzzles|roses|stories|dancing|"
    "football|horses|silence|thunder|spiders|apples|candles|rivers|mirrors|birds|snow|letters|"
    "crowds|deep water|black tea|cheese|clocks|the dark|dogs|mice|violins|onions|ladders|money"
).split("|")
WANTS = (
    "to leave the island|to find your brother|to be left in peace|a good night's sleep|"
    "to win the wager|to learn the truth|to sell the house|to see the world|to keep your secret|"
    "to make a friend|to write a book|to pay your debts|to be forgiven|to go home|to build a boat|"
    "to be rich|to see the sea|a new coat|to find the key|to stay here|to learn to swim"
).split("|")
KIN = "brother sister dog cat mother father son daughter horse teacher ship boat".split()


def spoken(text: str) -> str:
    """A second-person phrase in the first person."""
    return text.replace("your ", "my ").replace("yourself", "myself")


def upper(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Fact:
    """A sentence of a card, the questions it answers, and answers that copy from it."""

    sentence: str
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    key: str
    """The words that an answer must hold, in the first person."""


@dataclass(frozen=True)
class Card:
    """A persona: its name, its trade, and facts; the first fact is the trade."""

    name: str
    trade: str
    facts: tuple[Fact, ...]
    manner: str

    def text(self, rng: random.Random) -> str:
        """The private card, in the second person; the order is by chance."""
        sentences = [fact.sentence for fact in self.facts]
        if rng.random() < 0.6:
            sentences.append(f"You are {self.manner}.")
        if rng.random() < 0.6:
            rng.shuffle(sentences)
        return " ".join(sentences)


def trade(rng: random.Random) -> str:
    """A trade with its article."""
    words = rng.choice(WORKS)
    if rng.random() < 0.6:
        words = f"{rng.choice(KINDS)} {words}"
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def trade_fact(words: str) -> Fact:
    """What the persona is."""
    return Fact(
        f"You are {words}.",
        (
            "What do you do?",
            "What do you do for a living?",
            "What is your work?",
            "What are you?",
            "What's your job?",
            "What is your trade?",
        ),
        (f"I am {words}.", f"I'm {words}.", f"I am {words}. And you?", f"{upper(words)}."),
        words.partition(" ")[2],
    )


def home_fact(rng: random.Random, measuring: bool) -> Fact:
    """Where the persona lives."""
    place = any_name(rng, measuring)
    home = rng.choice([f"in {place}", f"in {place}", f"near {place}", rng.choice(ABODES)])
    own = spoken(home)
    return Fact(
        f"You live {home}.",
        ("Where do you live?", "Where is your home?", "Where are you from?", "And your home?"),
        (f"I live {own}.", f"{upper(own)}.", f"I live {own}. It is quiet there."),
        own,
    )


def taste_fact(rng: random.Random, verb: str, questions: tuple[str, ...]) -> Fact:
    """What the persona likes or fears."""
    first, second = rng.sample(THINGS, 2)
    what = first if rng.random() < 0.5 else f"{first} and {second}"
    return Fact(f"You {verb} {what}.", questions, (f"I {verb} {what}.", f"{upper(what)}."), what)


def want_fact(rng: random.Random) -> Fact:
    """What the persona wants."""
    want = rng.choice(WANTS)
    own = spoken(want)
    return Fact(
        f"You want {want}.",
        ("What do you want?", "What do you wish for?", "Why are you here?"),
        (f"I want {own}.", f"Only {own}.", f"I want {own}. That is all."),
        own,
    )


def kin_fact(rng: random.Random, measuring: bool) -> Fact:
    """What somebody or something of the persona's is called."""
    kin, name = rng.choice(KIN), any_name(rng, measuring)
    return Fact(
        rng.choice([f"Your {kin} is called {name}.", f"You have a {kin} called {name}."]),
        (f"What is your {kin} called?", f"What is the name of your {kin}?", f"And your {kin}?"),
        (f"My {kin} is called {name}.", f"{name}.", f"It is {name}."),
        name,
    )


def age_fact(rng: random.Random) -> Fact:
    """How old the persona is."""
    age = rng.randint(12, 98)
    return Fact(
        f"You are {age} years old.",
        ("How old are you?", "What is your age?", "May I ask how old you are?"),
        (f"I am {age}.", f"I am {age} years old.", f"{age}."),
        str(age),
    )


def card_for(name: str, rng: random.Random, measuring: bool = False) -> Card:
    """A persona by chance: a trade and two to four other facts."""
    words = trade(rng)
    likes = ("What do you like?", "What makes you happy?", "What do you enjoy?")
    fears = ("What are you afraid of?", "What do you fear?", "What frightens you?")
    others = [
        home_fact(rng, measuring),
        taste_fact(rng, "like", likes),
        taste_fact(rng, "fear", fears),
        want_fact(rng),
        kin_fact(rng, measuring),
        age_fact(rng),
    ]
    chosen = rng.sample(others, rng.randint(2, 4))
    return Card(name, words, (trade_fact(words), *chosen), rng.choice(MANNERS))
