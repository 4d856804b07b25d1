"""Summaries of the branch on stage: which lines each stands for; one more, another text, none."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from stage.director.opened import OpenPlay
from stage.director.summing import Summary, summaries, would_cover
from stage.kit.errors import BadInput
from stage.play.line import Kind, Line
from stage.ui import words
from stage.ui.dress import fonts
from stage.ui.dress.glyphs import colour_index
from stage.ui.dress.icons import disc_icon
from stage.ui.lanes.verbatim import excerpt
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.paragraph import Paragraph

WORDS = 60  # characters of a line in a list
LISTED = 40  # lines that are told one by one
OFFERED = 400  # lines up to which may be summed up, the last ones


class Summaries(Dialog):
    """One summary at a time, or a new one.

    Attributes:
        asked: (operation, the line it is about, its keys), None until something is to be done.
    """

    def __init__(self, play: OpenPlay, leaf: str, parent: QWidget | None = None) -> None:
        """Show what stands on the path down to a line; begin with the last summary."""
        super().__init__(parent, spacing=10)
        self.setWindowTitle(self.tr("Summaries"))
        self.setMinimumWidth(560)
        self.asked: tuple[str, str, dict[str, Any]] | None = None
        self._play, self._leaf = play, leaf
        self._known = summaries(play, leaf)
        self.which = Choice(self.tr("Summary"), self)
        self.member = Choice(self.tr("Who sums up what it heard"), self)
        self.last = Choice(self.tr("Up to the line"), self)
        self.text = Paragraph(self.tr("What it says"), self)
        self.stands = Paragraph(self.tr("Stands for"), self, font=fonts.interface(fonts.SMALL))
        self.stands.setReadOnly(True)
        self.about = label(role=MUTED, wrap=True)
        self.drop = Button(self.tr("Drop it"), parent=self)
        self.keep = Button(self.tr("Sum up"), primary=True, parent=self)
        self._fill()
        fields = (self.which, self.member, self.last, self.text, self.stands)
        self.column.addLayout(form(fields))
        self.column.addWidget(self.about)
        self.column.addStretch(1)
        self.add_foot(self.keep, self.drop)
        self._connect()
        self._show()

    def _fill(self) -> None:
        cast = self._play.cast(self._leaf)
        for each in self._known:
            who = cast.label_of(each.line) or self.tr("Narrator")
            many = words.count(len(each.of), "line")
            self.which.addItem(self.tr("{0} on {1}").format(who, many), each.line.id)
        self.which.addItem(self.tr("a new one"), "")
        for member in cast:
            self.member.addItem(disc_icon(colour_index(member)), member.label, member.id)
        told = [line for line in self._play.path(self._leaf) if line.kind is not Kind.OOC]
        for line in told[-OFFERED:]:
            self.last.addItem(self._row(line), line.id)
        # The last lines are never left out of a prompt: what is worth summing up is before them.
        self.last.setCurrentIndex(max(0, self.last.count() - 5))
        self.text.setPlaceholderText(self.tr("Empty: the model that plays it writes it"))

    def _connect(self) -> None:
        self.which.activated.connect(self._show)
        for choice in (self.member, self.last):
            choice.activated.connect(self._tell)
        self.text.textChanged.connect(self._tell)
        self.keep.clicked.connect(self._keep)
        self.drop.clicked.connect(self._drop)

    @property
    def summary(self) -> Summary | None:
        """The one that is looked at; None for a new one."""
        chosen = self.which.currentData()
        return next((each for each in self._known if each.line.id == chosen), None)

    def _show(self, *_: object) -> None:
        seen = self.summary
        for choice in (self.member, self.last):
            choice.setEnabled(seen is None)
        if seen is not None:
            self.member.setCurrentIndex(self.member.findData(seen.line.speaker))
        self.text.setPlainText(seen.line.text if seen is not None else "")
        self.drop.setVisible(seen is not None)
        self.keep.setText(self.tr("Keep") if seen is not None else self.tr("Sum up"))
        self._tell()

    def _tell(self, *_: object) -> None:
        """Which lines it stands for, or why there can be no summary."""
        seen, why = self.summary, ""
        covers: Sequence[Line] = seen.of if seen is not None else ()
        if seen is None:
            try:
                covers = self._would_cover()
            except BadInput as error:
                why = error.sentence
        rows = [self._row(line) for line in covers[:LISTED]]
        if len(covers) > LISTED:
            rows.append(self.tr("and {0} more").format(words.number(len(covers) - LISTED)))
        self.stands.setPlainText("\n".join(rows))
        many = words.count(len(covers), "line")
        said = self.tr("Prompts hold it in the place of {0}; the lines stay as they are.")
        self.about.setText(why or said.format(many))
        text = self.text.toPlainText().strip()
        changed = seen is None or (bool(text) and text != seen.line.text)
        self.keep.setEnabled(bool(covers) and not why and changed)

    def _would_cover(self) -> list[Line]:
        member, last = self.member.currentData(), self.last.currentData()
        if not member or not last:
            raise BadInput(self.tr("There is nothing to sum up yet."))
        return would_cover(self._play, self._leaf, str(member), str(last))

    def _row(self, line: Line) -> str:
        who = self._play.cast(line.id).label_of(line) or self.tr("Scene")
        return f"{who}: {excerpt(line.text, WORDS)}"

    def _keep(self) -> None:
        seen, text = self.summary, self.text.toPlainText().strip()
        if seen is not None:
            self.asked = ("edit", seen.line.id, {"text": text, "onward": True})
        else:
            given = {"member": self.member.currentText(), "last": self.last.currentData()}
            self.asked = ("summarise", self._leaf, {**given, **({"text": text} if text else {})})
        self.accept()

    def _drop(self) -> None:
        seen = self.summary
        if seen is not None:
            self.asked = ("delete", seen.line.id, {"only": True})
            self.accept()
