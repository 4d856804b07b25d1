"""One model: what it is, what it would take, how it is loaded, what it can do, who uses it."""

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stage.director.records import Capabilities
from stage.director.shelving import Judged, Shelved, Standing, Use
from stage.ui import words
from stage.ui.dress import fonts, theme
from stage.ui.library.chorecard import Progress
from stage.ui.shelf.loadform import LoadForm
from stage.ui.widgets.begins import in_order
from stage.ui.widgets.buttons import Button, Segment
from stage.ui.widgets.card import Card
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, Elided, heading, label
from stage.ui.widgets.scrolled import Scrolled

Rows = Sequence[tuple[str, str]]
KINDS = ("base", "chat", "auto")


class Facts(QWidget):
    """Rows of a name and words."""

    def __init__(self, rows: int, parent: QWidget | None = None) -> None:
        """Start empty, with labels at hand for so many rows."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._shown: Rows = ()
        self._labels: list[tuple[QLabel, QLabel]] = []
        for _ in range(rows):
            self._add()

    def _add(self) -> None:
        name, value = label(role=MUTED), label(wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for column, each in enumerate((name, value)):
            self._grid.addWidget(each, len(self._labels), column, Qt.AlignmentFlag.AlignTop)
        self._labels.append((name, value))

    def show_rows(self, rows: Rows) -> None:
        """Show these rows; those without words are left out."""
        rows = tuple(row for row in rows if row[1])
        if rows == self._shown:
            return
        self._shown = rows
        while len(self._labels) < len(rows):
            self._add()
        for pair, row in zip_longest(self._labels, rows):
            for each, said in zip(pair, row or ("", ""), strict=True):
                each.setText(said)
                each.setVisible(row is not None)


class ModelSheet(QWidget):
    """Everything about the chosen model.

    Signals:
        load, unload, again: the model is to be loaded, closed, or both.
        settled: "key=value" is to be settled about it.
        bound: a name of the open play's scene that it is to be known by.
        dismissed: the error was read.
    """

    load = Signal()
    unload = Signal()
    again = Signal()
    settled = Signal(str)
    bound = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        self._title = label(font=fonts.interface(fonts.TITLE, QFont.Weight.Bold), wrap=True)
        self._path = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._state = label(role=MUTED)
        self._bar = Progress(self.tr("Loading"), self)
        self.act = Button(self.tr("Load"), primary=True, parent=self)
        self.off = Button(self.tr("Unload"), parent=self)
        self.reload = Button(self.tr("Load again"), parent=self)
        self._error: Card | None = None
        self._said = ""
        self._facts, self._memory = Facts(7, self), Facts(3, self)
        self._reasons = label(role=MUTED, wrap=True)
        self._advice = label(wrap=True)
        theme.dress(self._advice, "warning")
        self._can = label(wrap=True)
        self._uses = label(wrap=True)
        self.form = LoadForm(self)
        self.kinds = {
            name: Segment(said, self.tr("This model is: {0}").format(said), self)
            for name, said in zip(
                KINDS, (self.tr("Base"), self.tr("Chat"), self.tr("As the file says")), strict=True
            )
        }
        self._names: list[Button] = []
        self._binding = QWidget(self)
        self._flow = Flow(self._binding)
        self._sections: list[QWidget] = []
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setContentsMargins(24, 18, 24, 24)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for button in (self.reload, self.off, self.act):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        for each in (self._path, self._state, self._bar):
            self._column.addWidget(each)
        kinds = QWidget(self)
        row = Flow(kinds, spacing=2)
        for segment in self.kinds.values():
            row.addWidget(segment)
        self._section(self.tr("What it is"), self._facts)
        self._section(self.tr("Base or chat"), kinds, self._reasons)
        self._section(self.tr("Memory"), self._memory, self._advice)
        self._section(self.tr("How it is loaded"), self.form)
        self._section(self.tr("What it can do"), self._can)
        self._section(self.tr("Used by"), self._uses)
        self._section(self.tr("Use it in the play on stage as"), self._binding)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(self._column, self)
        theme.dress(scrolled, "lane")
        inner = scrolled.widget()
        if inner is not None:
            theme.dress(inner, "page")
        whole.addWidget(scrolled)

    def _section(self, title: str, *parts: QWidget) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 12, 0, 0)
        inner.setSpacing(6)
        section = QWidget(self)
        section.setLayout(inner)
        inner.addWidget(heading(title))
        for part in parts:
            inner.addWidget(part)
        self._sections.append(section)
        self._column.addWidget(section)

    def _connect(self) -> None:
        self.act.clicked.connect(self.load)
        self.off.clicked.connect(self.unload)
        self.reload.clicked.connect(self.again)
        self.form.settled.connect(self.settled)
        for name, segment in self.kinds.items():
            segment.clicked.connect(partial(self.settled.emit, f"kind={name}"))

    # showing

    def show_file(self, shelved: Shelved) -> None:
        """Show what a file is."""
        card = shelved.card
        self._title.setText(card.name if card else shelved.path.name)
        self._path.set_text(str(shelved.path))
        for section in self._sections:
            section.setVisible(card is not None)
        if card is None:
            for each in (self.act, self.off, self.reload, self._state, self._bar):
                each.hide()
            return
        kind = str(shelved.settled.get("kind", "auto"))
        for name, segment in self.kinds.items():
            segment.setChecked(name == kind)
        own = {"unknown": self.tr("does not say")}.get(shelved.said, shelved.said)
        self.kinds["auto"].setText(self.tr("As the file says: {0}").format(own))
        self._reasons.setText("; ".join(card.reasons))
        self._facts.show_rows(self._rows(shelved))
        self.form.show_settled(shelved.settled)

    def show_error(self, sentence: str, *, retry: bool) -> None:
        """Show what went wrong as a card, "" for nothing."""
        if sentence == self._said:
            return
        self._said = sentence
        if self._error is not None:
            self._column.removeWidget(self._error)
            self._error.hide()
            self._error.deleteLater()
            self._error = None
        if sentence:
            title = self.tr("It was not loaded") if retry else self.tr("It cannot be played")
            self._error = Card(sentence, title=title, retry=retry, closes=retry, parent=self)
            self._error.retried.connect(self.load)
            self._error.closed.connect(self.dismissed)
            self._column.insertWidget(2, self._error)

    def show_standing(self, standing: Standing, uses: Sequence[Use], names: Sequence[str]) -> None:
        """Show how it stands, who uses it, and what the open play might call it."""
        phase = standing.state.phase
        loading, there = phase == "loading", standing.capabilities is not None
        self._state.setText(self._standing(standing))
        self._state.show()
        self._bar.setVisible(loading)
        self._bar.show_share(standing.state.progress if loading else None)
        self.off.set_text(self.tr("Stop loading") if loading else self.tr("Unload"))
        self.off.setVisible(phase != "closed")
        self.act.setVisible(phase == "closed")
        self.reload.setVisible(there and phase in ("ready", "crashed"))
        self._can.setText(can(standing.capabilities) if standing.capabilities else
                          self.tr("Known once it is loaded."))  # fmt: skip
        told = [self._use(each) for each in uses]
        self._uses.setText("\n".join(told) or self.tr("No open play."))
        self._show_names(names, {name for use in uses for name in use.names})

    def show_judged(self, found: Judged | str | None) -> None:
        """Show what it would take."""
        if found is None or isinstance(found, str):
            self._memory.show_rows(((self.tr("Estimate"), found or self.tr("being made ...")),))
            self._advice.hide()
            return
        made = found.estimate
        parts = {
            self.tr("the weights"): made.weights,
            self.tr("the cache, {0} cells of {1}").format(words.number(made.cells), made.kv):
                made.cache + made.recurrent,
            self.tr("computing, {0}").format(words.count(made.takes, "take")):
                made.compute + made.output + made.scoring,
            self.tr("the process itself"): made.process,
        }  # fmt: skip
        told = "; ".join(
            self.tr("{0} for {1}").format(words.size(count), name)
            for name, count in parts.items()
            if count
        )
        free = "" if found.free is None else words.size(found.free)
        self._memory.show_rows(
            (
                (self.tr("It takes"), words.size(made.total)),
                (self.tr("of which"), told),
                (self.tr("Free now"), free),
            )
        )
        self._advice.setText(found.advice)
        self._advice.setVisible(bool(found.advice))

    # words

    def _rows(self, shelved: Shelved) -> Rows:
        card = shelved.card
        assert card is not None
        context = card.context_length
        template = self.tr("its own") if card.has_template else self.tr("none")
        return (
            (self.tr("File"), f"{shelved.path.name}, {words.size(shelved.bytes)}"),
            (self.tr("Architecture"), card.architecture),
            (self.tr("Parameters"), words.number(card.parameters)),
            (self.tr("Quantisation"), card.quantisation),
            (self.tr("Context trained"), words.count(context, "token") if context else
             self.tr("does not say")),
            (self.tr("Vocabulary"), words.count(card.vocabulary, "token")),
            (self.tr("Chat template"), template),
        )  # fmt: skip

    def _standing(self, standing: Standing) -> str:
        state = standing.state
        if state.phase == "loading" and state.progress is not None:
            return words.progress("reading weights", round(100 * state.progress), 100)
        return words.phase(state.phase)

    def _use(self, use: Use) -> str:
        names = ", ".join(use.names)
        said = self.tr("“{0}” as {1}").format(use.title, names)
        if use.takes:
            said += self.tr(", {0} running").format(words.count(use.takes, "take"))
        return said

    def _show_names(self, names: Sequence[str], own: set[str]) -> None:
        if [button.text() for button in self._names] != list(names):
            for button in self._names:
                self._flow.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._names = [Button(name, parent=self._binding) for name in names]
            for name, button in zip(names, self._names, strict=True):
                button.clicked.connect(partial(self.bound.emit, name))
                self._flow.addWidget(button)
                button.show()
            in_order([self.form.map, *self._names])
        for button in self._names:
            button.setEnabled(button.text() not in own)
            why = self.tr("It is this file already.")
            button.setToolTip(why if button.text() in own else "")
        self._sections[-1].setVisible(bool(names))


def can(what: Capabilities) -> str:
    """What a loaded model can do, and what not, a sentence a row."""
    say = partial(words.tr, "modelsheet")
    rows = [
        say("{0} for a take, {1} for all takes together, {2} at a time.").format(
            words.count(what.n_ctx, "token"), words.count(what.cells, "token"),
            words.count(what.max_takes, "take"),
        )
    ]  # fmt: skip
    if what.window:
        rows.append(say("Sliding attention: some layers see the last {0} only.").format(
            words.count(what.window, "token")))  # fmt: skip
    if not what.branch_anywhere:
        rows.append(say("A kept beginning cannot be shared in its middle: going back to an older "
                        "branch reads the prompt again from the last kept place."))  # fmt: skip
    if not what.rewind:
        rows.append(say("It cannot be wound back (recurrent state)."))
    if not what.has_template:
        rows.append(say("No chat template: only frames that are plain text."))
    if not what.cancel_in_decode:
        rows.append(say("Stop is heard between two steps, not inside one."))
    return "\n".join(rows)
