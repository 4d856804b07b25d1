"""The settings that a scene gives its speaker rule, checked by name, type and meaning."""

from collections.abc import Collection, Mapping
from typing import Any

from stage.kit.errors import BadInput
from stage.play.cast import Cast
from stage.play.prompting import FRAMES
from stage.play.speaking import RULES
from stage.play.speaking.choosing import MODES
from stage.play.speaking.guards import PARAMS as GUARDS
from stage.play.speaking.rule import Rule


def read_params(data: Any, rule: Rule, models: Collection[str], cast: Cast) -> dict[str, Any]:
    """Check the table [params] of a scene. Raises BadInput with what is wrong."""
    if not isinstance(data, dict):
        raise BadInput("params is not a table; write [params].")
    known = {**rule.params, **GUARDS}
    for name, value in data.items():
        wanted = known.get(name)
        if wanted is None:
            names = ", ".join(known)
            raise BadInput(f"the rule {rule.id} has no parameter {name}; it has {names}.")
        number = wanted is float and type(value) is int
        if type(value) is not wanted and not number:
            raise BadInput(f"the parameter {name} is no {wanted.__name__}; correct it.")
        if wanted is list and not all(isinstance(each, str) for each in value):
            raise BadInput(f"the parameter {name} is not a list of names; correct it.")
        choices = _choices(models).get(name)
        if choices is not None and value not in choices:
            what = {"otherwise": "rule", "by": "model"}.get(name, name)
            raise BadInput(f"the {what} {value} is not known; use one of {', '.join(choices)}.")
    _check_weights(data.get("weights", {}), cast)
    return dict(data)


def _choices(models: Collection[str]) -> dict[str, Collection[str]]:
    frames = [frame.id for frame in FRAMES if frame.openings is not None]
    return {"otherwise": RULES.names, "by": models, "mode": MODES, "frame": frames}


def _check_weights(weights: Mapping[str, Any], cast: Cast) -> None:
    for name, weight in weights.items():
        if cast.named(name) is None:
            raise BadInput(f"the parameter weights names {name}, who is not in the cast.")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not weight >= 0:
            raise BadInput(f"the weight of {name} is {weight!r}; write a number from 0 up.")
