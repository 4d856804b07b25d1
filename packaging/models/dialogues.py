"""Short dialogues of our own, made from templates, where the corpus is thin."""

from __future__ import annotations

import random
from dataclasses import dataclass

import titles
from conversations import Message, system_text, user_text
from frames import Header

NAMES = (
    "Iris Marlow Ada Bruno Clara Dorian Edith Felix Greta Hugo Ines Jonas Kira Leon Mira Nils "
    "Olive Pavel Quinn Rosa Silas Tessa Umar Vera Wendel Yara Zeno Alma Boris Cora Elio Fern "
    "Gideon Hazel Ivo June Kasper Lena Milo Nora Otto Pia Robin Selma Theo Ursa Viktor Willa"
).split()


@dataclass(frozen=True)
class Card:
    """A persona: its trade, where it is at home, what it likes, wants and fears."""

    name: str
    trade: str
    home: str
    likes: str
    wants: str
    manner: str

    def text(self) -> str:
        """The private card, in the second person."""
        return (
            f"You are {self.trade}. You live {self.home}. You like {self.likes}. "
            f"You want {self.wants}. You are {self.manner}."
        )


TRADES = (
    "a keeper of the light|a baker|a ship's captain|a night nurse|a clock maker|a librarian|"
    "a gardener|a detective|a street musician|a physics teacher|a ferryman|a retired judge|"
    "a painter|a young poet|a cook|a bee keeper|a train driver|a locksmith|a doctor|a tailor|"
    "a fortune teller|a robot butler|a ghost|a dragon|a wizard|a goalkeeper|a journalist"
).split("|")
HOMES = (
    "by the sea|above the shop|in a small village|in the old tower|near the station|"
    "on a boat|at the edge of the forest|in the city|with two cats|with your sister|alone|"
    "in the mountains|behind the theatre"
).split("|")
LIKES = (
    "storms|quiet mornings|strong coffee|old maps|bad jokes|the smell of bread|cold rain|"
    "long walks|chess|singing|honest people|the night sky|fresh fish|crossword puzzles|"
    "roses|stories about the sea|dancing|football"
).split("|")
WANTS = (
    "to leave the island|to find your brother|to be left in peace|a good night's sleep|"
    "to win the wager|to learn the truth|to sell the house|to see the world|"
    "to keep your secret|to make a friend|to write a book|to pay your debts|to be forgiven"
).split("|")
MANNERS = (
    "patient and dry|loud and merry|shy|proud|kind|suspicious|blunt|dreamy|curious|grumpy|"
    "polite|nervous|brave|lazy but clever"
).split("|")

GREETINGS = "Hello|Good evening|Good morning|Hi|Welcome|Hello there|Hey".split("|")
WHO = (
    "Who are you?|What is your name?|And you are?|Tell me your name.|May I ask who you are?|"
    "What's your name?|Who am I talking to?"
).split("|")
TRADE_QUESTIONS = (
    "What do you do?|What do you do for a living?|What is your work?|What are you?|What's your job?"
).split("|")
HOME_QUESTIONS = "Where do you live?|Where is your home?|Where are you from?".split("|")
LIKE_QUESTIONS = "What do you like?|What makes you happy?|What do you enjoy?".split("|")
WANT_QUESTIONS = "What do you want?|What do you wish for?|Why are you here?".split("|")
GOODBYES = (
    "Goodbye.|Good night.|I must go now.|See you tomorrow.|It is late. I have to go.|Farewell."
).split("|")
PARTINGS = (
    "Goodbye, {other}.|Good night. Sleep well.|Then go well, {other}.|Until tomorrow.|"
    "Come back soon.|Take care, {other}.|Farewell, and mind the step."
).split("|")


def spoken(text: str) -> str:
    """A second-person phrase in the first person."""
    return text.replace("your ", "my ").replace("yourself", "myself")


def card_for(name: str, rng: random.Random) -> Card:
    """A persona card by chance."""
    return Card(
        name,
        rng.choice(TRADES),
        rng.choice(HOMES),
        rng.choice(LIKES),
        rng.choice(WANTS),
        rng.choice(MANNERS),
    )


def introduction(card: Card, rng: random.Random) -> str:
    """An answer to the question who one is."""
    return rng.choice(
        [
            f"I am {card.name}.",
            f"My name is {card.name}.",
            f"{card.name}. I am {card.trade}.",
            f"I'm {card.name}, {card.trade}.",
            f"My name is {card.name}. And yours?",
        ]
    )


def exchange(card: Card, other: str, rng: random.Random) -> tuple[str, str]:
    """A question and the persona's answer."""
    kind = rng.randrange(9)
    home, likes, wants = spoken(card.home), spoken(card.likes), spoken(card.wants)
    if kind <= 1:
        return rng.choice(WHO), introduction(card, rng)
    if kind == 2:
        return rng.choice(TRADE_QUESTIONS), rng.choice(
            [
                f"I am {card.trade}.",
                f"I'm {card.trade}. It is not easy.",
                f"{card.trade.capitalize()}.",
            ]
        )
    if kind == 3:
        return rng.choice(HOME_QUESTIONS), rng.choice(
            [f"I live {home}.", f"{home.capitalize()}.", f"I live {home}. And you, {other}?"]
        )
    if kind == 4:
        return rng.choice(LIKE_QUESTIONS), rng.choice(
            [
                f"I like {likes}.",
                f"{likes.capitalize()}. Nothing is better.",
                f"{likes.capitalize()}.",
            ]
        )
    if kind == 5:
        return rng.choice(WANT_QUESTIONS), rng.choice(
            [f"I want {wants}.", f"{wants.capitalize()}. That is all.", f"Only {wants}."]
        )
    return small_exchange(kind, card, other, rng)


def small_exchange(kind: int, card: Card, other: str, rng: random.Random) -> tuple[str, str]:
    """Greeting, the wish that another's words be spoken, or a doubt about the part."""
    if kind == 6:
        greeting = rng.choice(GREETINGS)
        answers = (f"{rng.choice(GREETINGS)}, {other}.", f"{rng.choice(GREETINGS)}! Come in.")
        return f"{greeting}, {card.name}.", rng.choice(answers)
    if kind == 7:
        third = rng.choice([name for name in NAMES if name not in (card.name, other)])
        asked = (f"What does {third} say?", f"Speak for {third}, please.", f"Answer as {third}.")
        answers = (
            f"I cannot speak for {third}. Ask {third}.",
            f"{third} can answer that better than I.",
            f"I am {card.name}. I speak only for myself.",
        )
        return rng.choice(asked), rng.choice(answers)
    asked = ("Are you a machine?", "Are you really that?", "Are you only playing a part?")
    answers = (
        f"I am {card.name}, {card.trade}.",
        f"I am {card.trade}. What else should I be?",
        f"Ask anybody here. I am {card.name}.",
    )
    return rng.choice(asked), rng.choice(answers)


def stage_dialogue(rng: random.Random) -> list[Message]:
    """A scene of two to four personas, seen from one of them."""
    cast = rng.sample(NAMES, rng.choice([2, 2, 3, 3, 4]))
    name, others = cast[0], cast[1:]
    card = card_for(name, rng)
    shown = cast[:]
    rng.shuffle(shown)
    descriptions = {name: card.trade} if rng.random() < 0.5 else {}
    place = titles.setting(rng) if rng.random() < 0.6 else None
    header = Header(titles.play_title(shown, rng), shown, descriptions, place)
    messages = [{"role": "system", "content": system_text(header, name, card.text())}]
    if rng.random() < 0.25:
        opening = f"{rng.choice(GREETINGS)}. I am {name}."
        messages += said(user_text(name, []), opening)
    for _ in range(rng.randint(1, 4)):
        other = rng.choice(others)
        question, answer = exchange(card, other, rng)
        heard = [*chatter(others, other, rng), f"{other}: {question}"]
        messages += said(user_text(name, heard), answer)
    if rng.random() < 0.3:
        other = rng.choice(others)
        parting = rng.choice(PARTINGS).format(other=other)
        messages += said(user_text(name, [f"{other}: {rng.choice(GOODBYES)}"]), parting)
    return messages


def chatter(others: list[str], last: str, rng: random.Random) -> list[str]:
    """What the others or the narrator may say before the question."""
    heard = []
    if rng.random() < 0.2:
        heard.append(f"[{rng.choice(titles.DETAILS)}.]")
    quiet = [name for name in others if name != last]
    if quiet and rng.random() < 0.6:
        words = (
            "It is getting late.",
            "I have not slept.",
            "Be careful.",
            "I do not like it here.",
            "What a day.",
            "Somebody is at the door.",
            "Let us wait a little.",
            "I am hungry.",
        )
        heard.append(f"{rng.choice(quiet)}: {rng.choice(words)}")
    return heard


def said(user: str, assistant: str) -> list[Message]:
    """One turn of each side."""
    return [
        {"role": "user", "content": user},
        {"role": "assistant", "content": assistant},
    ]


def plain_dialogue(rng: random.Random) -> list[Message]:
    """A chat with a persona outside the stage frame."""
    name, other = rng.sample(NAMES, 2)
    card = card_for(name, rng)
    system = rng.choice(
        [
            f"You are {name}. {card.text()}",
            f"You are {name}. Stay in character. {card.text()}",
            f"{card.text()} Your name is {name}.",
        ]
    )
    messages = [{"role": "system", "content": system}]
    for _ in range(rng.randint(1, 4)):
        messages += said(*exchange(card, other, rng))
    if rng.random() < 0.3:
        messages += said(rng.choice(GOODBYES), rng.choice(PARTINGS).format(other="friend"))
    return messages


HELP = (
    ("Can you help me?", "Of course. What do you need?"),
    ("I need your help.", "Gladly. Tell me what it is about."),
    ("What can you do?", "I can talk with you. I am a very small model, so do not expect much."),
    ("Give me a word for happy.", "Glad."),
    ("Say something nice.", "I am glad that you are here."),
    ("How are you?", "I am well, thank you. And you?"),
    ("Tell me a secret.", "I have none, but I can keep yours."),
    ("What is a good name for a cat?", "Pepper is a good name for a cat."),
    ("I am sad today.", "I am sorry to hear that. Do you want to talk about it?"),
    ("I am bored.", "Then let us invent a story. Who is in it?"),
    ("Give me an idea for a scene.", "Two strangers share the last umbrella."),
    ("What should we talk about?", "Tell me about the best day of your year."),
    ("Thank you.", "You are welcome."),
    ("Thanks for the help!", "Any time."),
    ("Who are you?", "I am the assistant."),
    ("What is your name?", "You can call me Assistant."),
)


def help_dialogue(rng: random.Random) -> list[Message]:
    """Asking an assistant for help, with or without a stage around it."""
    pairs = rng.sample(HELP, rng.randint(1, 3))
    messages: list[Message] = []
    if rng.random() < 0.5:
        other = rng.choice(NAMES)
        header = Header(titles.play_title([other, "Assistant"], rng), [other, "Assistant"])
        messages.append({"role": "system", "content": system_text(header, "Assistant", None)})
        for asked, answer in pairs:
            messages += said(user_text("Assistant", [f"{other}: {asked}"]), answer)
        return messages
    if rng.random() < 0.5:
        messages.append({"role": "system", "content": "You are a helpful assistant."})
    for asked, answer in pairs:
        messages += said(asked, answer)
    return messages


def dialogues(count: int, seed: int) -> list[list[Message]]:
    """`count` dialogues: mostly on stage, some plain, some with the assistant."""
    rng = random.Random(seed)
    makers = [stage_dialogue] * 6 + [plain_dialogue] * 2 + [help_dialogue]
    return [rng.choice(makers)(rng) for _ in range(count)]
