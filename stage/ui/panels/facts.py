"""What is stored about the chosen line, in words; the prompt as sent is one click away."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from stage.director.opened import OpenPlay
from stage.measures.speed import after_first
from stage.play.line import Line
from stage.play.prompting.budget import how_many
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.desk.details import Reading
from stage.ui.dress import fonts
from stage.ui.dress.eliding import beginning
from stage.ui.lanes.entry import speaker
from stage.ui.panels.chosen import ChosenPanel
from stage.ui.panels.panel import Panel
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, label

ROWS = 12
NOTE = 600  # characters; the whole of it is where it is written


class FactsPanel(ChosenPanel):
    """Rows of a name and what is known."""

    def __init__(self, desk: Desk) -> None:
        """Follow the chosen line."""
        super().__init__(desk)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        grid.setHorizontalSpacing(10)
        grid.setColumnMinimumWidth(0, 76)
        grid.setColumnStretch(1, 1)
        self._rows = [self._row(grid, at) for at in range(ROWS)]
        self._prompt = Link(self.tr("Prompt as sent"), self)
        self._prompt.clicked.connect(self._ask_prompt)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self._prompt, 0, Qt.AlignmentFlag.AlignLeft)
        desk.bridge.changed.connect(self._soon.ask)  # it may be marked otherwise
        desk.details.arrived.connect(self._arrived)
        self._show()

    def _row(self, grid: QGridLayout, at: int) -> tuple[Any, Any]:
        name = label(font=fonts.interface(fonts.SMALL), role=MUTED)
        what = label(font=fonts.interface(fonts.SMALL), wrap=True)
        what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(what, at, 1)
        return name, what

    def _show(self) -> None:
        if not self.isVisible():
            return
        line = self._desk.session.chosen_line()
        ended = line is not None and line.model is not None and line.reason is not None
        reading = self._desk.details.get(line.id) if line and ended else None
        facts = list(self._facts(line, reading))[:ROWS]
        for at, (name, what) in enumerate(self._rows):
            known = facts[at] if at < len(facts) else ("", "")
            if known == (name.text(), what.text()) and name.isHidden() != bool(known[0]):
                continue
            name.setText(known[0])
            what.setText(known[1])
            name.setVisible(bool(known[0]))
            what.setVisible(bool(known[0]))
        self._prompt.setVisible(bool(reading and reading.detail.prompt))

    def _facts(self, line: Line | None, reading: Reading | None) -> Iterator[tuple[str, str]]:
        play = self._desk.session.play
        if line is None or play is None or line.parent is None:
            return
        yield from self._marked(play, line)
        siblings = play.siblings(line.id)
        if line.id in siblings and (len(siblings) > 1 or reading is not None):
            place = self.tr("{0} of {1}").format(siblings.index(line.id) + 1, len(siblings))
            seed = reading.detail.seed if reading else None
            seeded = self.tr(", seed {0}").format(seed) if seed is not None else ""
            yield self.tr("Sibling"), place + seeded
        if line.model is not None:
            take = self.tr("{0}, take {1}")  # counted by model, as the command line has it
            yield self.tr("Model"), take.format(play.title_of(line.model), line.take)
        if reading is not None:
            yield from self._measured(line, reading)
        if line.model is not None:  # else it was typed: its head says so
            yield self.tr("Ended"), words.ending(line)
        member = speaker(play, line)
        if member is not None:
            version = (line.persona_version or member.persona.version).removeprefix("b2:")[:8]
            yield self.tr("Persona"), f"{member.persona.name} · {version}"

    def _marked(self, play: OpenPlay, line: Line) -> Iterator[tuple[str, str]]:
        """What somebody put on it: it is what they look for first."""
        marks = " · ".join(words.labels(line, moved=play.moved(line), noted=False))
        if marks:
            yield self.tr("Marks"), marks
        if line.note:
            yield self.tr("Note"), beginning(line.note, NOTE)

    def _measured(self, line: Line, reading: Reading) -> Iterator[tuple[str, str]]:
        detail, timings = reading.detail, reading.detail.timings or {}
        begun = (detail.batch or {}).get("begun")
        if begun:
            given = words.count(int(begun["tokens"]), "token")
            yield self.tr("Begun"), self.tr("with {0} of another take").format(given)
        if detail.sampler:
            yield self.tr("Sampler"), words.sampler(detail.sampler)
        pace, first = after_first(timings, len(detail.tokens)), timings.get("first_token")
        if pace or first:  # as the measures of both have it
            speed = self.tr("{0} tok/s").format(f"{pace[0] / pace[1]:.1f}") if pace else ""
            after = self.tr("first {0} s").format(f"{first:.2g}") if first else ""
            yield self.tr("Speed"), ", ".join(each for each in (speed, after) if each)
        if detail.prompt:
            read = words.count(len(detail.prompt["tokens"]), "token")
            dropped = how_many(detail.prompt["dropped"])
            left = words.count(dropped, "line") if dropped else self.tr("nothing")
            yield self.tr("Prompt"), self.tr("{0}, {1} left out").format(read, left)
            if detail.prompt["repairs"]:
                yield self.tr("Template"), "; ".join(detail.prompt["repairs"])
        if detail.error:
            yield self.tr("Error"), detail.error

    def _ask_prompt(self) -> None:
        self._desk.wishes.action.emit("prompt")


ENTRY = Panel("facts", "This line", "right", FactsPanel, of_line=True)
