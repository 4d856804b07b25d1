"""A scene is a TOML file that sets up a play: models, cast, opening lines, rule, turns."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from stage.kit.errors import BadInput, reason
from stage.play.audience import heard_by, present
from stage.play.cast import Actor, ActorKind, Cast, Layer, Member, fold
from stage.play.line import Kind, Line
from stage.play.lore import Entry, read_book
from stage.play.persona import Persona, persona
from stage.play.prompting import FRAMES
from stage.play.sampling import Sampler
from stage.play.speaking import RULES
from stage.play.speaking.settings import read_params

PersonaFinder = Callable[[str], Persona]
_KNOWN = {
    "title",
    "setting",
    "rule",
    "turns",
    "takes",
    "seed",
    "fan_out",
    "params",
    "models",
    "cast",
    "opening",
    "lore",
}
_LARGEST = 256 * 1024
MOST_OPENING = 500  # lines


@dataclass(frozen=True)
class Opening:
    """A line written in the scene: said before the play begins.

    Attributes:
        to: member ids it is meant for; empty: as is usual for the kind.
        others: what it might be instead: siblings of the line.
        greeting: whether the texts come from a card, so that macros in them count.
    """

    speaker: str
    kind: Kind
    text: str
    to: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    greeting: bool = False


@dataclass(frozen=True)
class Scene:
    """A scene as read.

    Attributes:
        models: the scene's name of each model -> a shipped model's name or a path; in order.
        cast: who takes part.
        opening: lines in order.
        rule: id of a speaker rule.
        turns: how many turns `stage play` plays unless told otherwise.
        takes: how many takes a model makes of each turn unless told otherwise.
        fan_out: models that all make takes of every turn; empty: the speaker's own model does.
        seed: seed of the play, None: drawn when the play is made.
        params: settings of the rule.
        book: the play's lorebook, in the form of a card's `character_book`.
    """

    title: str
    setting: str
    models: Mapping[str, str]
    cast: Cast
    opening: tuple[Opening, ...]
    rule: str
    turns: int
    takes: int
    fan_out: tuple[str, ...]
    seed: int | None
    params: Mapping[str, Any] = field(default_factory=dict)
    book: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def lore(self) -> tuple[Entry, ...]:
        """The entries of the play's own book."""
        return read_book(self.book, "play")

    def to_json(self) -> dict[str, Any]:
        """Write what the scene root stores; personas are stored apart under their version."""
        return {
            "title": self.title,
            "setting": self.setting,
            "models": dict(self.models),
            "cast": [member.to_json() for member in self.cast],
            "rule": self.rule,
            "turns": self.turns,
            "takes": self.takes,
            "fan_out": list(self.fan_out),
            "seed": self.seed,
            **({"params": dict(self.params)} if self.params else {}),
            **({"lore": dict(self.book)} if self.book else {}),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any], personas: Mapping[str, Persona]) -> "Scene":
        """Read what to_json wrote. `personas` maps version hashes to cards."""
        cast = Cast(Member.from_json(each, personas) for each in data["cast"])
        return Scene(
            title=data["title"],
            setting=data["setting"],
            models=dict(data["models"]),
            cast=cast,
            opening=(),
            rule=data["rule"],
            turns=data["turns"],
            takes=data["takes"],
            fan_out=tuple(data["fan_out"]),
            seed=data["seed"],
            params=data.get("params", {}),
            book=data.get("lore", {}),
        )


def read_scene(text: str, *, where: str, find: PersonaFinder) -> Scene:
    """Parse a scene file.

    Args:
        text: TOML.
        where: the file name shown in errors.
        find: gives the persona of a name, or raises BadInput.

    Raises:
        BadInput: one sentence with the file, the reason and the remedy.
    """
    try:
        if len(text) > _LARGEST:
            raise BadInput("it is larger than 256 KiB; split it")
        return _scene(tomllib.loads(text), find)
    except BadInput as error:
        raise BadInput(f"The scene {where} cannot be played: {error.sentence}") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(
            f"The scene {where} is not valid TOML ({reason(error)}); correct it."
        ) from error


def compose(data: Mapping[str, Any], *, find: PersonaFinder) -> Scene:
    """Make a scene of what a scene file would hold; see `read_scene`. Raises BadInput."""
    try:
        return _scene(dict(data), find)
    except BadInput as error:
        raise BadInput(f"This scene cannot be played: {error.sentence}") from error


def _scene(data: dict[str, Any], find: PersonaFinder) -> Scene:
    if unknown := sorted(set(data) - _KNOWN):
        raise BadInput(f"it has an unknown key {unknown[0]}; remove it or check its spelling.")
    models = _models(data.get("models"))
    cast = _cast(data.get("cast"), models, find)
    fan_out = tuple(_texts(data, "fan_out"))
    for name in fan_out:
        _model_of(name, models)
    rule = _text(data, "rule", "round_robin")
    if rule not in RULES:
        raise BadInput(f"the rule {rule} is not known; use one of {', '.join(RULES.names)}.")
    return Scene(
        title=_text(data, "title"),
        setting=_text(data, "setting", ""),
        models=models,
        cast=cast,
        opening=_openings(data, cast),
        rule=rule,
        turns=_count(data, "turns", 6, 10_000),
        takes=_count(data, "takes", 1, 64),
        fan_out=tuple(name for name in models if name in fan_out),
        seed=_count(data, "seed", 0, 2**32 - 2) if "seed" in data else None,
        params=read_params(data.get("params", {}), RULES[rule], models, cast),
        book=_book(data),
    )


def _book(data: dict[str, Any]) -> dict[str, Any]:
    """[[lore]] tables, or one [lore] table with [[lore.entries]] and what is true of all."""
    given = data.get("lore", {})
    book = {"entries": given} if isinstance(given, list) else given
    entries = book.get("entries", []) if isinstance(book, dict) else None
    if not isinstance(entries, list) or len(read_book(book, "play")) != len(entries):
        raise BadInput('lore is not a list of tables; write [[lore]] with keys and content = "..."')
    return book


def _models(data: Any) -> dict[str, str]:
    if not isinstance(data, dict) or not data:
        raise BadInput("it names no models; add a table [models] with name = file.")
    for name, file in data.items():
        if not isinstance(file, str) or not file.strip():
            raise BadInput(
                f"the model {name} has no file; write its path or a shipped model's name."
            )
    return dict(data)


def _model_of(name: Any, models: Mapping[str, str]) -> str:
    if name not in models:
        raise BadInput(f"the model {name!r} is not in [models]; use one of {', '.join(models)}.")
    return str(name)


def _cast(data: Any, models: Mapping[str, str], find: PersonaFinder) -> Cast:
    if not isinstance(data, list) or not data or not all(isinstance(each, dict) for each in data):
        raise BadInput("it has no cast; add a [[cast]] table for each persona.")
    members = [_member(each, index, models, find) for index, each in enumerate(data)]
    if len({member.id for member in members}) < len(members):
        raise BadInput("two members of the cast have names that look alike; rename one.")
    cast = Cast(members)
    for member in cast:
        if member.counterpart and cast.named(member.counterpart) is None:
            raise BadInput(f"{member.label} speaks with {member.counterpart}, who is nobody here.")
    return cast


def _member(
    data: dict[str, Any], index: int, models: Mapping[str, str], find: PersonaFinder
) -> Member:
    known = {
        "persona", "label", "name", "public", "about", "model", "actor", "frame", "sampler",
        "offstage", "talkativeness", "lines", "muted", "spectator", "counterpart", "direction",
        "layers", "secret",
    }  # fmt: skip
    if unknown := sorted(set(data) - known):
        raise BadInput(f"a member of the cast has an unknown key {unknown[0]}; remove it.")
    card = _card(data, find)
    label = _text(data, "label", card.name)
    flags = {}
    for name in ("offstage", "muted", "spectator"):
        flags[name] = data.get(name, False)
        if not isinstance(flags[name], bool):
            raise BadInput(f"{name} of {label} is neither true nor false; correct it.")
    member = Member(
        _slug(label, index), label, card, _actor(data, label, models),
        colour_of(card, index), **flags,
        counterpart=_text(data, "counterpart", "") or None, direction=_text(data, "direction", ""),
    )  # fmt: skip
    return member.wearing([_layer(each, models, find) for each in _tables(data, "layers")])


def _card(data: dict[str, Any], find: PersonaFinder) -> Persona:
    if "persona" in data:
        return find(_text(data, "persona"))
    secret = {"secret": [_text(data, "secret")]} if "secret" in data else {}
    return persona(
        _text(data, "name"),
        description=_text(data, "about", ""),
        public=_text(data, "public", ""),
        **_talkative(data),
        **secret,
    )


def _layer(data: dict[str, Any], models: Mapping[str, str], find: PersonaFinder) -> Layer:
    """Read a [[cast.layers]] table: whom the member plays, in whose words, by which actor."""
    known = {
        "persona", "label", "name", "public", "about", "direction", "model", "actor", "frame",
        "sampler", "secret", "lines",
    }  # fmt: skip
    if unknown := sorted(set(data) - known):
        raise BadInput(f"a layer has an unknown key {unknown[0]}; remove it.")
    card = _card(data, find)
    label = _text(data, "label", card.name)
    actor = _actor(data, label, models) if "model" in data or "actor" in data else None
    return Layer(label, card, _text(data, "direction", ""), actor)


def _talkative(data: dict[str, Any]) -> dict[str, float]:
    said = data.get("talkativeness", 0.5)
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said <= 1:
        raise BadInput("talkativeness must be a number from 0 to 1.")
    return {"talkativeness": said} if "talkativeness" in data else {}


def colour_of(card: Persona, index: int) -> int:
    """The colour of a member of the cast; a narrator has one of its own."""
    return 7 if card.narrator else index % 7


def _slug(label: str, index: int) -> str:
    return re.sub(r"\W+", "-", fold(label)).strip("-") or f"member-{index + 1}"


def _actor(data: dict[str, Any], label: str, models: Mapping[str, str]) -> Actor:
    if _text(data, "actor", "model") == "human":
        return Actor(ActorKind.HUMAN, frame=_frame(data))  # where a model writes a line of theirs
    if data.get("actor") == "script":
        lines = [each for each in _texts(data, "lines") if each.strip()]
        if not lines:
            raise BadInput(f'the script of {label} is empty; write lines = ["...", "..."].')
        return Actor(ActorKind.SCRIPT, lines=tuple(lines))
    if data.get("actor", "model") != "model":
        raise BadInput(f"the actor of {label} is {data['actor']!r}; use model, human or script.")
    if "model" not in data:
        raise BadInput(f"{label} has no model; name one of {', '.join(models)} or actor = human.")
    frame = _frame(data)
    sampler = data.get("sampler")
    if sampler is not None and not isinstance(sampler, dict):
        raise BadInput(f"the sampler of {label} is not a table; write chain and max_tokens.")
    chosen = Sampler.from_json(sampler) if sampler is not None else None
    return Actor(ActorKind.MODEL, _model_of(data["model"], models), chosen, frame)


def _openings(data: dict[str, Any], cast: Cast) -> tuple[Opening, ...]:
    tables = _tables(data, "opening")
    if len(tables) > MOST_OPENING:
        raise BadInput(
            f"it has {len(tables)} opening lines, but {MOST_OPENING} at most are said before a "
            "play begins; import them as a play."
        )
    return _check_ears([_opening(each, cast) for each in tables], cast)


def _frame(data: dict[str, Any]) -> str | None:
    frame = _text(data, "frame", "") or None
    if frame is not None and frame not in FRAMES:
        raise BadInput(f"the frame {frame} is not known; use one of {', '.join(FRAMES.names)}.")
    return frame


def _opening(data: dict[str, Any], cast: Cast) -> Opening:
    if unknown := sorted(set(data) - {"speaker", "kind", "text", "to", "greeting"}):
        raise BadInput(f"an opening line has an unknown key {unknown[0]}; remove it.")
    speaker = cast.named(_text(data, "speaker"))
    if speaker is None:
        raise BadInput(f"an opening line is spoken by {data['speaker']}, who is not in the cast.")
    kind = _text(data, "kind", "speech")
    allowed = [str(each) for each in Kind if each is not Kind.SCENE]
    if kind not in allowed:
        raise BadInput(f"the kind {kind} is not known; use one of {', '.join(allowed)}.")
    if data.get("greeting") is True:
        group = sum(not each.human for each in cast) > 1
        first, *others = speaker.persona.openings(group=group) or ("",)
        if not first or "text" in data:
            raise BadInput(f"{speaker.label} greets, but has no greeting or is given a text.")
        return Opening(speaker.id, Kind(kind), first, _to(data, cast), tuple(others), True)
    moves = kind in (Kind.ENTER, Kind.EXIT)
    text = _text(data, "text", "" if moves else None)
    return Opening(speaker.id, Kind(kind), text, _to(data, cast))


def _to(data: dict[str, Any], cast: Cast) -> tuple[str, ...]:
    named = []
    for label in _texts(data, "to"):
        member = cast.named(label)
        if member is None:
            raise BadInput(f"an opening line is meant for {label}, who is not in the cast.")
        named.append(member.id)
    return tuple(named)


def _check_ears(opening: Sequence[Opening], cast: Cast) -> tuple[Opening, ...]:
    """Say now, not when the play begins, that a line can be heard by nobody."""
    path: list[Line] = []
    for each in opening:
        ears = heard_by(each.kind, each.speaker, each.to, cast, present(path, cast))
        path.append(Line("", None, "", each.kind, each.speaker, each.text, heard_by=ears))
    return tuple(opening)


def _tables(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise BadInput(f"{key} is not a list of tables; write [[{key}]].")
    return value


def _texts(data: dict[str, Any], key: str) -> list[str]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadInput(f"{key} is not a list of names; correct it.")
    return value


def _text(data: dict[str, Any], key: str, default: str | None = None) -> str:
    value = data.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise BadInput(f'{key} is missing or not a text; write {key} = "...".')
    return value.strip()


def _count(data: dict[str, Any], key: str, default: int, most: int) -> int:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise BadInput(f"{key} must be a whole number from 0 to {most}.")
    return value
