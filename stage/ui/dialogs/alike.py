"""The cast of a play for another one: the same people, played as they were, and their lorebook."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from stage.director.opened import OpenPlay
from stage.director.wardrobe import card_name, shipped
from stage.play.cast import Member
from stage.play.persona import Persona
from stage.ui.dialogs.own_scene import HUMAN, OwnScene
from stage.ui.words import tr


def cast_alike(
    own: OwnScene, play: OpenPlay, cast: Sequence[Member], cards: Mapping[str, Persona]
) -> None:
    """Put the members of a play into a scene that is put together, as far as they have cards.

    Args:
        cast: its members as they are where one stands.
        cards: those that a scene may name; a card that was edited in the play is the stored one.
    """
    own.setting.setText(play.scene.setting)
    preset = play.scene.params.get("preset")
    rule = own.rule.findData(f"{play.scene.rule}/{preset}" if preset else play.scene.rule)
    own.rule.setCurrentIndex(max(0, rule))
    _bring_lore(own, play.scene.book)
    own.you.clear()
    without: list[str] = []
    for member in cast:
        mine, name = member.stack[0], _card_of(member.stack[0].persona, cards)
        actor = mine.actor or member.actor
        if name is not None:
            by = HUMAN if member.human else _actor(own, play, actor.model)
            own.cast(name, by)
            own.brought.remember(name, by, replace(mine, actor=actor))
            if actor.frame is not None:
                own.frame.setItemText(0, tr("alike", "as it was with each of them"))
        elif member.human and not own.you.text():
            own.be(mine.label, mine.persona.public)
        else:
            without.append(mine.label)
    if without:
        said = tr("alike", "No card is known of {0}; only a scene file can have them again.")
        own.said.emit(said.format(", ".join(without)))


def _bring_lore(own: OwnScene, book: Mapping[str, Any]) -> None:
    """Let a lorebook come along, unless nobody wants it."""
    own.brought.book = book
    own.lore.setChecked(bool(book))
    own.lore.setVisible(bool(book))
    own.grown.emit()


def _card_of(persona: Persona, cards: Mapping[str, Persona]) -> str | None:
    same = (name for name, each in cards.items() if each.version == persona.version)
    name = card_name(persona.name)
    return next(same, name if name in cards else None)


def _actor(own: OwnScene, play: OpenPlay, model: str | None) -> str:
    """The name under which a model of the play may be chosen; "" for none."""
    file = play.models.get(model or "") or Path(play.scene.models.get(model or "", ""))
    stems = {each.absolute(): each.stem for each in shipped("models")}
    wanted = stems.get(file.absolute(), file.stem if str(file) in stems.values() else str(file))
    if model is None or not file.name:
        return ""
    if wanted not in own.actors.files.values():
        own.add_models([wanted])
    return next(name for name, each in own.actors.files.items() if each == wanted)
