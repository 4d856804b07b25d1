"""Beside a text that was read: the token looked at, what the text is worth, and ways to copy it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.ui import words
from stage.ui.dress import fonts
from stage.ui.lanes.verbatim import printed_bytes
from stage.ui.lens.options import OptionList
from stage.ui.lens.pasted import Reading, Sums
from stage.ui.lens.sight import Meeting, Sight
from stage.ui.lens.tokens import TokenFacts
from stage.ui.models.options import options
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, Elided, heading, label
from stage.ui.widgets.scrolled import Scrolled


class LensFacts(Scrolled):
    """The right side of the lens.

    Signals:
        copied: "tsv" or "json" is wanted.
    """

    copied = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        column = QVBoxLayout()
        super().__init__(column, parent)
        inner = self.widget()
        self.title = Elided(font=fonts.heading(), role=MUTED, parent=inner)
        right = Qt.AlignmentFlag.AlignRight
        self.names = Elided(font=fonts.heading(), role=MUTED, align=right, parent=inner)
        self.about = label(font=fonts.interface(fonts.SMALL), role=MUTED, wrap=True)
        self.list = OptionList(self.tr("Alternatives"), self)
        self.list.itemDelegate().marked = False  # type: ignore[attr-defined]
        self.facts = TokenFacts(inner)
        self.worth = label(font=fonts.interface(fonts.SMALL), wrap=True)
        self.worth.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tsv = Button(self.tr("Copy as TSV"), parent=inner)
        self.json = Button(self.tr("Copy as JSON"), parent=inner)
        self.tsv.clicked.connect(self._tsv)
        self.json.clicked.connect(self._json)
        self._fill(column)
        self.show_token((), None, 0, 0)
        self.show_sums((), "")
        self.tsv.setEnabled(False)
        self.json.setEnabled(False)
        self.setMinimumWidth(300)

    def _fill(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.names)
        column.addLayout(head)
        for each in (self.about, self.list, self.facts):
            column.addWidget(each)
        column.addSpacing(10)
        column.addWidget(heading(self.tr("The whole text")))
        column.addWidget(self.worth)
        row = QHBoxLayout()
        row.addWidget(self.tsv)
        row.addWidget(self.json)
        row.addStretch(1)
        column.addSpacing(6)
        column.addLayout(row)
        column.addStretch(1)

    def _tsv(self) -> None:
        self.copied.emit("tsv")

    def _json(self) -> None:
        self.copied.emit("json")

    def show_token(
        self, views: Sequence[tuple[Sight, int | None]], meeting: Meeting | None, own: int, at: int
    ) -> None:
        """Show a token by model; `own` is the view whose token it is, `at` its index there."""
        there = bool(views)
        for each in (self.list, self.facts):
            each.setVisible(there)
        self.names.set_text(" · ".join(sight.model for sight, _ in views))
        if not there:
            self.title.set_text(self.tr("Token"))
            self.about.setText(self.tr(
                "Click a token, or press comma or full stop in the text, to see what else might "
                "have stood there."
            ))  # fmt: skip
            return
        sight = views[own][0]
        token = sight.tokens[at]
        self.title.set_text(self.tr("Token \u201c{0}\u201d").format(printed_bytes(token.piece)))
        self.about.setText(self.tr("{0} of {1}").format(at + 1, len(sight.tokens)))
        self.list.options.show_options([each.model for each, _ in views], options(views, own))
        mine = meeting if meeting is None or meeting.one is sight else None
        self.facts.show_views(views, mine, at)

    def show_sums(self, sums: Sequence[Sums], more: str) -> None:
        """Show what the text is worth to each model, and how it was read."""
        rows = []
        for each in sums:
            rows += [each.model, *(f"  {said}" for said in each.words())]
        if any(each.per_token.low is None for each in sums):
            rows.append(words.few_tokens())
        self.worth.setText("\n".join([*rows, more] if more else rows) or self.tr("Not read yet."))

    def show_reading(self, reading: Reading) -> None:
        """Show the sums of a reading, and say how a long text was read."""
        parts = [each for each in reading.reads if each.stretches > 1]
        more = ""
        if parts:
            said = self.tr(
                "Read in {0} parts, each after {1} tokens of what stands before it or more."
            )
            more = said.format(parts[0].stretches, min(each.before or 0 for each in parts))
        self.show_sums(reading.sums, more)
        known = any(each.bytes for each in reading.reads) and not reading.running
        self.tsv.setEnabled(known)
        self.json.setEnabled(known)
