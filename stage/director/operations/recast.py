"""recast: from now on another model, frame, card or a person plays a member of the cast.

What was said stays as it was said; its record names who said it.
"""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.cast import Member
from stage.play.changes import Change, SetLabel
from stage.play.prompting import FRAMES


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member, root = view.scene.cast.named(given["member"]), view.tree.root
    if member is None or root is None:
        known = ", ".join(each.label for each in view.scene.cast)
        raise BadInput(f"Nobody of the cast is called {given['member']}; it has {known}.")
    changes: list[Change] = []
    if given["file"] is not None:
        if not given["model"]:
            raise BadInput("file=FILE goes with model=NAME.")
        changes.append(SetLabel(root.id, "model", given["model"], given["file"]))
    actor = _actor(view, member, given)
    value: dict[str, Any] = {**root.labels.get(f"cast:{member.id}", {}), "actor": actor}
    if given["persona"] is not None:
        value["persona_version"] = given["persona"]
    changes.append(SetLabel(root.id, "cast", member.id, value))
    return Plan(changes, f"recasting of {member.label}")


def _actor(view: View, member: Member, given: dict[str, Any]) -> dict[str, Any]:
    actor: dict[str, Any] = dict(member.to_json()["actor"])
    model, frame = given["model"], given["frame"]
    if model is not None and model not in view.scene.models and given["file"] is None:
        known = ", ".join(view.scene.models)
        raise BadInput(f"The play has no model called {model}; it has {known}; or add file=FILE.")
    if frame is not None and frame not in FRAMES:
        raise BadInput(f"The frame {frame} is not known; use one of {', '.join(FRAMES.names)}.")
    if given["human"]:
        return {"kind": "human", "model": None, "sampler": None, "frame": None}
    actor |= {"model": model or actor["model"], "frame": frame or actor["frame"]}
    if actor["model"] is None:
        raise BadInput(f"{member.label} is played by a person; name a model with model=NAME.")
    return {**actor, "kind": "model"}


ENTRY = Operation(
    "recast",
    "recasting",
    "let another actor play a member of the cast",
    _plan,
    {
        "member": Key("whom, by name", required=True),
        "model": Key("the scene's name of a model"),
        "file": Key("a model file, to be known by the name in model="),
        "frame": Key("the form of its prompts"),
        "human": Key("a person types its lines", "flag", default=False),
        "persona": Key("hash of another version of its card, which the library has"),
    },
)
