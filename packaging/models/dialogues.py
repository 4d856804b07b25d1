"""Short dialogues of our own, made from templates, where the corpus is thin."""

from __future__ import annotations

import random

import titles
from cards import Card, Fact, card_for
from conversations import Message, system_text, user_text
from frames import Header
from names import any_name, some_names

GREETINGS = "Hello|Good evening|Good morning|Hi|Welcome|Hello there|Hey".split("|")
WHO = (
    "Who are you?|What is your name?|And you are?|Tell me your name.|May I ask who you are?|"
    "What's your name?|Who am I talking to?|Who is there?|Who is it?|Who are you, stranger?|"
    "Who goes there?|I do not know your name.|Your name, please."
).split("|")
GOODBYES = (
    "Goodbye.|Good night.|I must go now.|See you tomorrow.|It is late. I have to go.|Farewell."
).split("|")
PARTINGS = (
    "Goodbye, {other}.|Good night. Sleep well.|Then go well, {other}.|Until tomorrow.|"
    "Come back soon.|Take care, {other}.|Farewell, and mind the step."
).split("|")
REMARKS = (
    "It is getting late.|I have not slept.|Be careful.|I do not like it here.|What a day.|"
    "Somebody is at the door.|Let us wait a little.|I am hungry.|So here we are.|Listen.|"
    "It was a long way.|Nobody told me that.|The wind has turned."
).split("|")


def introduction(card: Card, rng: random.Random) -> str:
    """An answer to the question who one is."""
    return rng.choice(
        [
            f"I am {card.name}.",
            f"I am {card.name}.",
            f"My name is {card.name}.",
            f"{card.name}.",
            f"It is I, {card.name}.",
            f"{card.name}. I am {card.trade}.",
            f"I'm {card.name}, {card.trade}.",
            f"My name is {card.name}. And yours?",
        ]
    )


def exchange(card: Card, other: str, rng: random.Random) -> tuple[str, str]:
    """A question and the persona's answer."""
    chance = rng.random()
    if chance < 0.45:
        return rng.choice(WHO), introduction(card, rng)
    if chance < 0.82:
        fact: Fact = rng.choice(card.facts)
        return rng.choice(fact.questions), rng.choice(fact.answers)
    return small_exchange(rng.choice([6, 6, 7, 8]), card, other, rng)


def small_exchange(kind: int, card: Card, other: str, rng: random.Random) -> tuple[str, str]:
    """Greeting, the wish that another's words be spoken, or a doubt about the part."""
    if kind == 6:
        greeting = rng.choice(GREETINGS)
        answers = (f"{rng.choice(GREETINGS)}, {other}.", f"{rng.choice(GREETINGS)}! Come in.")
        return f"{greeting}, {card.name}.", rng.choice(answers)
    if kind == 7:
        third = any_name(rng)
        asked = (f"What does {third} say?", f"Speak for {third}, please.", f"Answer as {third}.")
        answers = (
            f"I cannot speak for {third}. Ask {third}.",
            f"{third} can answer that better than I.",
            f"Ask {third}. I am {card.name}.",
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
    cast = some_names(rng.choice([2, 2, 3, 3, 4]), rng)
    name, others = cast[0], cast[1:]
    card = card_for(name, rng)
    messages = [{"role": "system", "content": stage_system(card, cast, rng)}]
    if rng.random() < 0.3:
        messages += said(user_text(name, before_the_first_line(others, rng)), first_line(card, rng))
    for _ in range(rng.randint(2, 6)):
        other = rng.choice(others)
        question, answer = exchange(card, other, rng)
        heard = [*chatter(others, other, rng), f"{other}: {question}"]
        messages += said(user_text(name, heard), answer)
    if rng.random() < 0.2:
        other = rng.choice(others)
        parting = rng.choice(PARTINGS).format(other=other)
        messages += said(user_text(name, [f"{other}: {rng.choice(GOODBYES)}"]), parting)
    return messages


def stage_system(card: Card, cast: list[str], rng: random.Random) -> str:
    """The system message of a scene with an invented title and, at times, a setting."""
    shown = cast[:]
    rng.shuffle(shown)
    descriptions = {card.name: card.trade} if rng.random() < 0.5 else {}
    place = titles.setting(rng) if rng.random() < 0.6 else None
    header = Header(titles.play_title(shown, rng), shown, descriptions, place)
    return system_text(header, card.name, card.text(rng))


def before_the_first_line(others: list[str], rng: random.Random) -> list[str]:
    """What is heard before a persona speaks unasked: nothing, narration, or a remark."""
    heard = [f"[{rng.choice(titles.DETAILS)}.]"] if rng.random() < 0.5 else []
    if rng.random() < 0.4:
        heard.append(f"{rng.choice(others)}: {rng.choice(REMARKS)}")
    return heard


def first_line(card: Card, rng: random.Random) -> str:
    """What a persona says unasked."""
    greeting, remark = rng.choice(GREETINGS), rng.choice(REMARKS)
    fact = rng.choice(card.facts).answers[0]
    return rng.choice([f"{greeting}. I am {card.name}.", f"{remark} {fact}", fact, remark])


def chatter(others: list[str], last: str, rng: random.Random) -> list[str]:
    """What the others or the narrator may say before the question."""
    heard = []
    if rng.random() < 0.2:
        heard.append(f"[{rng.choice(titles.DETAILS)}.]")
    quiet = [name for name in others if name != last]
    if quiet and rng.random() < 0.5:
        heard.append(f"{rng.choice(quiet)}: {rng.choice(REMARKS)}")
    return heard


def said(user: str, assistant: str) -> list[Message]:
    """One turn of each side."""
    return [
        {"role": "user", "content": user},
        {"role": "assistant", "content": assistant},
    ]


def plain_dialogue(rng: random.Random) -> list[Message]:
    """A chat with a persona outside the stage frame."""
    name, other = some_names(2, rng)
    card = card_for(name, rng)
    about = card.text(rng)
    system = rng.choice(
        [
            f"You are {name}. {about}",
            f"You are {name}. Stay in character. {about}",
            f"{about} Your name is {name}.",
            f"You are {name}. Facts about you:\n- " + "\n- ".join(about.split(". ")),
        ]
    )
    messages = [{"role": "system", "content": system}]
    for _ in range(rng.randint(2, 6)):
        messages += said(*exchange(card, other, rng))
    if rng.random() < 0.3:
        messages += said(rng.choice(GOODBYES), rng.choice(PARTINGS).format(other="friend"))
    return messages


def drill(rng: random.Random) -> list[Message]:
    """The least dialogue that can only be answered by copying: names, and hardly anything else."""
    chance = rng.random()
    if chance < 0.35:
        name = any_name(rng)
        asked = [f"{any_name(rng)}: {rng.choice(WHO)}"] if rng.random() < 0.4 else []
        answer = rng.choice([f"I am {name}.", f"My name is {name}.", f"I'm {name}.", f"{name}."])
        return said(user_text(name, asked), answer)
    if chance < 0.6:
        name = any_name(rng)
        told = (
            f"You are {name}.",
            f"You are {name}. Speak only as {name}.",
            f"Your name is {name}.",
        )
        answer = rng.choice([f"I am {name}.", f"My name is {name}.", f"{name}."])
        system = {"role": "system", "content": rng.choice(told)}
        return [system, *said(rng.choice(WHO), answer)]
    if chance < 0.8:
        fact = rng.choice(card_for(any_name(rng), rng).facts)
        system = {"role": "system", "content": fact.sentence}
        return [system, *said(rng.choice(fact.questions), rng.choice(fact.answers))]
    names = ", ".join(some_names(rng.randint(2, 4), rng))
    return said(f"Cast: {names}", names)


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
        other = any_name(rng)
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
