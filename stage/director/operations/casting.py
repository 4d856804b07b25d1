"""What operations on the cast share: finding cards, and saying what is another."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from stage.director.operations.operation import View
from stage.kit.errors import BadInput, reason
from stage.play.cast import Cast, Layer, Member
from stage.play.casting import cast_after
from stage.play.changes import Change, NewCard, SetLabel
from stage.play.line import Line
from stage.play.persona import Persona
from stage.play.prompting import FRAMES, OWN
from stage.play.sampling import PRESETS, USUAL, Sampler


def members_of(view: View, names: str) -> list[Member]:
    """Members by names with commas between them; a name may have commas of its own.

    Raises:
        BadInput: nobody is called so.
    """
    found, parts = [], [each for each in names.split(",") if each.strip()]
    while parts:
        ends = range(len(parts), 1, -1)
        own = (end for end in ends if view.cast.named(",".join(parts[:end]).strip()))
        end = next(own, 1)
        found.append(view.member(",".join(parts[:end]).strip()))
        parts = parts[end:]
    return found


def card_of(view: View, name: str) -> tuple[Persona, list[Change]]:
    """A persona by file, name or the hash of a version the play has used; and its storing."""
    known = {layer.persona.version: layer.persona for each in view.cast for layer in each.stack}
    found = {**known, **view.cards}.get(name)
    if found is not None:
        return found, []
    persona = view.find(name)
    return persona, [NewCard(persona)]


def actor_of(view: View, old: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """An actor as stored, with what was given changed about it."""
    model, frame = given["model"], None if given["frame"] == OWN else given["frame"]
    check_frame(frame)
    frame = frame if given["frame"] else old["frame"]
    if given["human"]:  # the frame stays: a model may write a line of theirs in it
        return {"kind": "human", "model": None, "sampler": None, "frame": frame}
    if model is not None and model not in view.scene.models and given.get("file") is None:
        known = ", ".join(view.scene.models)
        raise BadInput(f"The play has no model called {model}; it has {known}; or add file=FILE.")
    return {
        "kind": "model",
        "model": model or old["model"],
        "sampler": _sampler(old["sampler"], given),
        "frame": frame,
    }


def check_frame(frame: str | None) -> None:
    """Raise BadInput for a frame that there is not."""
    if frame is not None and frame not in FRAMES:
        raise BadInput(f"The frame {frame} is not known; use one of {', '.join(FRAMES.names)}.")


def _sampler(old: Mapping[str, Any] | None, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """A sampler with what was given changed about it; None: the usual one, of the usual length.

    Args:
        given: {sampler?: the name of a preset, which leaves the length as it is, or JSON such as
            {"chain": [...], "max_tokens": 120}; length?: tokens}.
    """
    words, length = given.get("sampler"), given.get("length")
    if words is None and length is None:
        return dict(old) if old else None
    found = dict(old or {"preset": USUAL})
    if words is not None:
        kept = {"max_tokens": found["max_tokens"]} if "max_tokens" in found else {}
        found = {**kept, "preset": words} if words in (USUAL, *PRESETS) else _read(words)
    if length is not None:
        found["max_tokens"] = length
    return Sampler.from_json(found).to_json()


def _read(words: str) -> dict[str, Any]:
    try:
        data = json.loads(words)
        return Sampler.from_json(data).to_json()
    except (ValueError, RecursionError, AttributeError) as error:
        known = ", ".join(PRESETS)
        raise BadInput(
            f"sampler is neither one of {known} nor readable JSON ({reason(error)})."
        ) from error


def file_of(view: View, given: Mapping[str, Any]) -> list[Change]:
    """Let a model file be known by the name in `model`."""
    root = view.tree.root
    if given["file"] is None or root is None:
        return []
    if not given["model"]:
        raise BadInput("file=FILE goes with model=NAME.")
    return [SetLabel(root.id, "model", given["model"], given["file"])]


def with_card(member: Member, persona: Persona) -> dict[str, Any]:
    """The change by which a member is played from another card: that of its top layer."""
    if not member.beneath:
        return {"persona_version": persona.version}
    *lower, top = member.stack[1:]
    return layered([*lower, Layer(top.label, persona, top.direction, top.actor)])


def layered(layers: Sequence[Layer]) -> dict[str, Any]:
    """The change by which a member wears these layers, the top one last."""
    return {"layers": [each.to_json() for each in layers]}


def layers_of(member: Member) -> list[Layer]:
    """The layers that a member wears above itself, each with its own actor or none."""
    data = member.to_json().get("layers", [])
    cards = {each.persona.version: each.persona for each in member.stack}
    return [Layer.from_json(each, cards) for each in data]


def checked(view: View, line: Line, cards: Sequence[Change], label: SetLabel) -> Cast:
    """The cast as it would be after a line with this label. Raises BadInput when it cannot be."""
    known = {each.persona.version: each.persona for each in cards if isinstance(each, NewCard)}
    marks = {**line.labels, f"cast:{label.name}": label.value}
    marked = Line(line.id, line.parent, line.play, line.kind, line.speaker, line.text, labels=marks)
    return cast_after(view.cast, [marked], {**view.cards, **known})
