"""Menus about the whole cast: how it is found who is next, who is on stage, whose mask falls."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from stage.play.cast import Member
from stage.play.speaking import RULES
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.desk.steps import upper
from stage.ui.dress import theme
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.icons import disc_icon
from stage.ui.words import tr


def menu(parent: QWidget) -> QMenu:
    """An empty menu that goes when it was seen."""
    made = QMenu(parent)
    made.aboutToHide.connect(made.deleteLater)
    theme.dress(made, "menu")
    return made


def rules(desk: Desk, parent: QWidget) -> QMenu:
    """Every speaker rule; the play's own is marked. Last what each can be told."""
    made, play = menu(parent), desk.session.play
    for name in RULES.names if play is not None else ():
        assert play is not None
        action = made.addAction(upper(words.rule(name)).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(name == play.scene.rule)
        if name != play.scene.rule:
            action.triggered.connect(partial(_do, desk, "rule", play.start, rule=name))
    made.addSeparator()
    settings = made.addAction(tr("offers", "Settings ..."))
    settings.triggered.connect(partial(_act, desk, "rule-settings"))
    return made


def coming(desk: Desk, parent: QWidget) -> QMenu:
    """Every member of the cast: on stage, or to be brought there."""
    made, play, leaf = menu(parent), desk.session.play, desk.session.leaf()
    if play is None or leaf is None:
        return made
    there = play.present(leaf.id)
    for member in desk.session.cast:
        on = member.id in there
        said = tr("offers", "{0}: leave the stage") if on else tr("offers", "{0}: come on stage")
        action = made.addAction(disc_icon(colour_index(member)), said.format(_name(member)))
        name = "exit" if on else "enter"
        action.triggered.connect(partial(_do, desk, name, leaf.id, member=member.label))
    return made


def falling(desk: Desk, parent: QWidget) -> QMenu:
    """Both ways for every member that wears a mask to be rid of it."""
    made = menu(parent)
    for member in desk.session.cast:
        fall(made, desk, member)
    return made


def fall(into: QMenu, desk: Desk, member: Member) -> None:
    """Offer that a member's mask falls; nothing where it wears none."""
    leaf = desk.session.leaf()
    if not member.beneath or leaf is None:
        return
    for operation, said in (
        ("mask_off", tr("offers", "{0} drops the mask, in a branch: {1} speaks")),
        ("layer_off", tr("offers", "{0} is no longer played, from here on: {1} speaks")),
    ):
        action = into.addAction(said.format(_name(member), beneath(member).replace("&", "&&")))
        action.triggered.connect(partial(_do, desk, operation, leaf.id, member=member.label))


def beneath(member: Member) -> str:
    """Who is seen once the top mask of a member has fallen."""
    return member.stack[-2].label or member.own_label


def _do(desk: Desk, operation: str, line: str, *_: object, **given: Any) -> None:
    desk.steps.do(operation, line, **given)


def _act(desk: Desk, action: str, *_: object) -> None:
    desk.wishes.action.emit(action)


def _name(member: Member) -> str:
    return member.label.replace("&", "&&")
