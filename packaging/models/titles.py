"""Word lists for invented titles, settings and short descriptions of a cast."""

from __future__ import annotations

import random
import re
from collections import Counter

ADJECTIVES = (
    "Quiet Last Open Hidden Long Small Silver Broken Second Early Late Empty Bright Red Green "
    "Winter Summer Borrowed Forgotten Old New Locked Secret Honest Restless Narrow Hollow Distant"
).split()
NOUNS = (
    "Door Letter Garden Lamp Harbour House Visitor Journey Promise Supper Window Bridge Island "
    "Key River Station Mirror Clock Storm Guest Road Debt Wedding Quarrel Lesson Secret Evening "
    "Morning Question Answer Map Ship Tower Market Room Table Stranger Bargain"
).split()
PLACES = (
    "the kitchen|the harbour|the garden|a railway station|the library|the old mill|a small inn|"
    "the lighthouse|the market square|a drawing room|the edge of the wood|the ship's deck|"
    "a waiting room|the theatre|the workshop|a narrow street|the hospital|the school|the tower|"
    "a farmhouse|the beach|the court|a cafe|the museum|the bakery|a hotel"
).split("|")
TIMES = (
    "Early morning|Late evening|Noon|A rainy afternoon|Night|Dusk|A winter evening|Midnight|"
    "A hot summer day|Shortly before dawn|After supper|A foggy morning"
).split("|")
DETAILS = (
    "A lamp is burning|Rain on the windows|The fire has gone out|A clock ticks|The table is laid|"
    "The wind is rising|Nobody else is there|Music from far away|The door stands open|"
    "It is very quiet|Boxes everywhere|The tide is coming in"
).split("|")
ROLES = (
    "a guest|an old friend|the host|a neighbour|a stranger|a traveller|a servant|the eldest|"
    "a doctor|a teacher|a soldier|a merchant|a student|a rival|a cousin|the youngest|a lawyer|"
    "a sailor|the owner of the house|a clerk|a painter|a widow|a captain|a poet"
).split("|")
TALK_ROLES = (
    "a friend|a student|a colleague|a neighbour|likes to talk|a listener|curious|in a good mood|"
    "a fan|an old friend|a sceptic|a stranger on a train|just got home|has many questions"
).split("|")
TOPICS = {
    "music": "song songs album band music concert singer guitar rapper",
    "films": "movie movies film films actor actress director watched sequel scene",
    "football": "nfl quarterback touchdown football patriots packers bowl",
    "basketball": "nba basketball lebron warriors lakers cavaliers",
    "baseball": "baseball pitcher mlb yankees cubs dodgers",
    "soccer": "soccer messi ronaldo fifa goalkeeper",
    "books": "book books author novel read library reading",
    "animals": "dog dogs cat cats animal animals horse birds pets",
    "food": "food cook cooking restaurant pizza eat recipe dinner bake",
    "work": "job work boss company office engineer nurse career",
    "school": "school teacher college student university class",
    "travel": "travel trip vacation visit country beach mountains",
    "television": "show shows episode season series netflix tv",
    "games": "game games video play nintendo playstation xbox",
    "politics": "president election government vote congress law",
    "space": "space moon planet stars nasa jupiter earth",
}
TOPIC_OF = {word: topic for topic, words in TOPICS.items() for word in words.split()}


def topic_of(scene: str) -> str | None:
    """The topic whose words occur most often, if any occurs at least twice."""
    words = re.findall(r"[a-z]+", scene.lower())
    counts = Counter(TOPIC_OF[word] for word in words if word in TOPIC_OF)
    topic = counts.most_common(1)
    return topic[0][0] if topic and topic[0][1] >= 2 else None


def talk_title(scene: str, cast: list[str], rng: random.Random) -> str:
    """A title for a conversation of two."""
    topic = topic_of(scene)
    choices = [f"{cast[0]} and {cast[-1]}", "A conversation", "Small talk", play_title(cast, rng)]
    if topic:
        about = [f"A talk about {topic}", f"Talking about {topic}", f"Two people and {topic}"]
        choices = about + choices
    return rng.choice(choices)


def play_title(cast: list[str], rng: random.Random) -> str:
    """An invented title for a scene of a play."""
    title = f"The {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"
    pair = f"{cast[0]} and {cast[1]}" if len(cast) > 1 else cast[0]
    place = rng.choice(PLACES)
    at_place = f"{'In' if 'room' in place or 'street' in place else 'At'} {place}"
    plain = f"The {rng.choice(NOUNS)}"
    double = f"The {rng.choice(NOUNS)} and the {rng.choice(NOUNS)}"
    return rng.choice([title, title, title, pair, at_place, plain, double])


def setting(rng: random.Random) -> str:
    """An invented setting of one or two short sentences."""
    place = rng.choice(PLACES)
    start = rng.choice(
        [
            f"{place[0].upper()}{place[1:]}",
            f"{rng.choice(TIMES)} at {place}",
            f"{place[0].upper()}{place[1:]}, {rng.choice(TIMES).lower()}",
        ]
    )
    return f"{start}. {rng.choice(DETAILS)}." if rng.random() < 0.4 else f"{start}."
