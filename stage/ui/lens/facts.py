"""Beside a text that was read: the token looked at, what the text is worth, and ways to copy it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.measures.average import Average
from stage.ui import words
from stage.ui.dress import fonts
from stage.ui.lanes.verbatim import printed_bytes
from stage.ui.lens.columns import Columns
from stage.ui.lens.options import OptionList
from stage.ui.lens.pasted import Reading, Sums, flipped, told
from stage.ui.lens.sight import Meeting, Sight
from stage.ui.lens.tokens import TokenFacts
from stage.ui.models.options import options
from stage.ui.widgets.bars import Sparkline
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, Elided, heading, label, plain_tip
from stage.ui.widgets.scrolled import Scrolled


class LensFacts(Scrolled):
    """The right side of the lens.

    Signals:
        copied: "tsv" or "json" is wanted.
        picked: a token is to be looked at.
    """

    copied = Signal(str)
    picked = Signal(int)

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
        self.spark = Sparkline(self.tr("Surprise along the text"), inner)
        self.spark.nothing = self.tr("Not read yet.")
        self.spark.picked.connect(self.picked)
        self.worth = Columns(4, inner)
        self.tsv = Button(self.tr("Copy as TSV"), parent=inner)
        self.json = Button(self.tr("Copy as JSON"), parent=inner)
        self.tsv.clicked.connect(self._tsv)
        self.json.clicked.connect(self._json)
        self._fill(column)
        self.show_token((), None, 0, 0)
        self.show_sums((), [])
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
        column.addWidget(heading(self.tr("Surprise along the text")))
        column.addWidget(self.spark)
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

    def show_line(self, sight: Sight | None, meeting: Meeting | None, at: int) -> None:
        """Show a bar for each token, what the other model thinks of it as a curve; `at`: marked."""
        both = meeting is not None and meeting.one is sight
        others = meeting.beside if meeting is not None and both else []
        self.spark.show_values(sight.surprise if sight is not None else [], at, others)
        self.spark.setToolTip(
            plain_tip(
                self.tr("Bars: {0}. Curve: {1}.").format(meeting.one.model, meeting.other.model)
            )
            if meeting is not None and both else ""
        )  # fmt: skip

    def show_sums(self, sums: Sequence[Sums], more: Sequence[str]) -> None:
        """Show what the text is worth to each model, and how it was read."""
        few = [words.few_tokens()] * any(each.per_token.low is None for each in sums)
        names = (self.tr("tokens"), self.tr("nats"), self.tr("nats/token"), self.tr("bits/byte"))
        columns = [(each.model, *each.words()) for each in sums]
        self.worth.show_columns(names if sums else [""] * 4, columns, [*more, *few])

    def show_reading(self, reading: Reading) -> None:
        """Show the sums of a reading, and say how a long text was read."""
        parts = [each for each in reading.reads if each.stretches > 1]
        more = []
        if reading.meeting is not None:
            apart, meeting = reading.apart, reading.meeting
            more.append(self._apart(apart, meeting) if apart else self._why_none(reading))
        if parts:
            said = self.tr(
                "Read in {0} parts, each after {1} tokens of what stands before it or more."
            )
            fewest = min(each.before or 0 for each in parts)
            more.append(said.format(parts[0].stretches, fewest))
        self.show_sums(reading.sums, more)
        known = any(each.bytes for each in reading.reads) and not reading.running
        self.tsv.setEnabled(known)
        self.json.setEnabled(known)

    def _why_none(self, reading: Reading) -> str:
        """Why there is no number of how much two models differ, and what there is instead."""
        if len({each.bytes for each in reading.reads}) > 1:
            return self.tr("No difference: not both have read all of it; read it once more.")
        return self.tr(
            "No difference in nats/token: the two models have other tokens; compare bits/byte."
        )

    def _apart(self, apart: Average, meeting: Meeting) -> str:
        """By how much the two models differ: to whom the text is likelier."""
        flip = apart.value < 0
        found = flipped(apart) if flip else apart
        name = (meeting.other if flip else meeting.one).model
        said = self.tr("{0} nats/token likelier to {1}, of {2} tokens both scored.")
        return said.format(told(found), name, words.number(apart.n))
