"""How it is found who speaks next: a rule, its settings, and those that go with any rule."""

import json
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from stage.director.opened import OpenPlay
from stage.kit.errors import BadInput
from stage.play.speaking import RULES
from stage.play.speaking.guards import PARAMS as GUARDS
from stage.ui import words
from stage.ui.desk.steps import upper
from stage.ui.dialogs.rule_fields import Field, OneOf, Tick, choices, field, known, usual, weights
from stage.ui.dress import theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, heading, label
from stage.ui.widgets.scrolled import Scrolled

WEIGHTS = "weights"
WIDE, ROWS = 560, 32  # pixels, and rows of text that it is high at most


class Ruling(Dialog):
    """A choice of the rule over fields for its settings.

    Attributes:
        fields: of settings, by name; of weights one a member, in `weights`, by label.
        asked: the keys of the operation `rule`; None where nothing is to be another way.
    """

    def __init__(self, play: OpenPlay, parent: QWidget | None = None) -> None:
        """Show what a play has."""
        super().__init__(parent, spacing=10)
        self.setWindowTitle(self.tr("Who speaks next"))
        self.setMinimumWidth(480)
        self._play, self._cast = play, play.cast(play.start)
        self.asked: dict[str, Any] | None = None
        self.rule = Choice(self.tr("How it is found"), self)
        for name in RULES.names:
            self.rule.addItem(upper(words.rule(name)), name)
        self.rule.setCurrentIndex(self.rule.findData(play.scene.rule))
        self.fields: dict[str, Field] = {}
        self._names: dict[QWidget, QLabel] = {}  # what stands before a field
        self._own = heading(self.tr("Its settings"))
        self._none = label(self.tr("It has none of its own."), role=MUTED, wrap=True)
        self.error = label(wrap=True)
        theme.dress(self.error, "warning")
        self.error.hide()
        self.apply = Button(self.tr("From now on"), primary=True, parent=self)
        self._lay_out()
        self._fill()
        self._offer()
        self.rule.currentIndexChanged.connect(self._offer)
        self.apply.clicked.connect(self._accept)

    def _lay_out(self) -> None:
        self._rows = grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._own, 0, 0, 1, 2)
        grid.addWidget(self._none, 1, 0, 1, 2)
        self.weights = weights(self._cast, self)
        for name, kind in known().items():
            if name in GUARDS and not self.fields.keys() & GUARDS.keys():
                grid.addWidget(heading(self.tr("With any rule")), grid.rowCount(), 0, 1, 2)
            if name == WEIGHTS:
                for each in self.weights.values():
                    self._add(grid, each)
                continue
            self.fields[name] = made = field(name, kind, self)
            self._add(grid, made)
        grid.setRowStretch(grid.rowCount(), 1)
        about = self.tr("In all of the play. What was said stays as it was said.")
        self.column.addWidget(label(about, role=MUTED, wrap=True))
        self.column.addLayout(form((self.rule,)))
        self._area = Scrolled(grid, self)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self.error)
        self.add_foot(self.apply)

    def _add(self, grid: QGridLayout, made: Field) -> None:
        at = grid.rowCount()
        if isinstance(made, Tick):
            grid.addWidget(made, at, 0, 1, 2)
            return
        self._names[made] = label(made.accessibleName(), role=MUTED, wrap=True)
        grid.addWidget(self._names[made], at, 0)
        grid.addWidget(made, at, 1)

    def _fill(self) -> None:
        """Show what the play has set."""
        models, params = self._play.titles, self._play.scene.params
        for name, made in self.fields.items():
            if isinstance(made, OneOf):
                rule = str(self.rule.currentData())
                made.offer(choices(name, rule, models), usual(name, rule, models))
            made.put(params.get(name))
        for name, weight in dict(params.get(WEIGHTS) or {}).items():
            member = self._cast.named(str(name))
            if member is not None and member.label in self.weights:
                self.weights[member.label].put(weight)

    def _offer(self, *_: int) -> None:
        """Show the settings of the rule chosen; what was written for another one is kept."""
        rule = RULES[str(self.rule.currentData())]
        for name, made in self.fields.items():
            if isinstance(made, OneOf) and name in ("otherwise", "mode"):
                models = self._play.titles
                made.offer(choices(name, rule.id, models), usual(name, rule.id, models))
            self._show(made, on=name in rule.params or name in GUARDS)
        for each in self.weights.values():
            self._show(each, on=WEIGHTS in rule.params)
        self._none.setVisible(not rule.params)
        self.put_in_order()
        self._rows.invalidate()
        self._area.updateGeometry()
        self.column.activate()
        most = ROWS * self.fontMetrics().lineSpacing()
        self.resize(max(WIDE, self.width()), min(most, self.sizeHint().height()))

    def _show(self, made: Field, *, on: bool) -> None:
        made.setVisible(on)
        if made in self._names:
            self._names[made].setVisible(on)

    def params(self) -> dict[str, Any]:
        """The settings as they are written. Raises BadInput."""
        rule = RULES[str(self.rule.currentData())]
        found: dict[str, Any] = {}
        for name, made in self.fields.items():
            if name in rule.params or name in GUARDS:
                found[name] = made.value()
        if WEIGHTS in rule.params:
            each = {who: made.value() for who, made in self.weights.items()}
            found[WEIGHTS] = {who: weight for who, weight in each.items() if weight is not None}
        return _said(found)

    def _look_at_bad(self) -> None:
        """Put the keyboard into the first field that says nothing that could be set."""
        fields = (*self.fields.values(), *self.weights.values())
        for made in (each for each in fields if not each.isHidden()):
            try:
                made.value()
            except BadInput:
                made.setFocus()
                self.column.activate()  # the sentence has taken its room
                self._area.ensureWidgetVisible(made)
                return

    def _accept(self) -> None:
        """Accept, unless something is no setting."""
        rule, scene = str(self.rule.currentData()), self._play.scene
        try:
            params = self.params()
        except BadInput as error:
            self.error.setText(error.sentence)
            self.error.show()
            self._look_at_bad()
            return
        if (rule, params) != (scene.rule, _said(scene.params)):
            self.asked = {"rule": rule, "params": json.dumps(params)}
        self.accept()


def _said(params: Any) -> dict[str, Any]:
    """Settings that are not as usual."""
    usual = (None, False)  # by what they are: 0 is a number like others
    return {
        name: value
        for name, value in params.items()
        if not any(value is each for each in usual) and value not in ({}, [])
    }
