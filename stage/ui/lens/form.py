"""What the lens reads: a text, what stands above it, by which models, through which template."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from stage.director.wardrobe import shipped
from stage.director.weighing.pasting import Pasted
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.lens.long_text import LongText
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, Elided, label, plain_tip

FILE, NONE = "\0file", ""


class LensForm(QWidget):
    """Fields and choices; all of them are kept.

    Signals:
        wanted: the text is to be read.
        stopped: no more is to be read.
    """

    wanted = Signal()
    stopped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin with what was left."""
        super().__init__(parent)
        self._desk = desk
        self._files: list[str] = []
        hint = self.tr("Context right before it, read but not scored (optional)")
        self.context = LongText(self.tr("Context right before the text"), hint, self)
        tip = self.tr("The text follows it with nothing between: end it with a new row for one.")
        self.context.setToolTip(plain_tip(tip))
        self.text = LongText(self.tr("Text"), self.tr("Type or paste the text to be read"), self)
        self.models = [Choice(self.tr("Model"), self), Choice(self.tr("Second model"), self)]
        self.template = Choice(self.tr("Template"), self)
        self.template.addItem(self.tr("no template"), "text")
        self.template.addItem(self.tr("its own template"), "chat")
        self.score = Button(self.tr("Read"), primary=True, parent=self)
        self.stop = Button(self.tr("Stop"), parent=self)
        self.clear = Link(self.tr("Clear"), self)
        self.state = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._lay_out()
        self._connect()
        self._restore()

    def _lay_out(self) -> None:
        row = self.context.fontMetrics().lineSpacing()
        self.context.setFixedHeight(row + 26)
        self.text.setMinimumHeight(3 * row + 22)
        choices = QGridLayout()
        choices.setHorizontalSpacing(8)
        for at, choice in enumerate((*self.models, self.template)):
            choices.addWidget(choice, 0, at)
            choices.setColumnStretch(at, 1)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        acts.addWidget(self.score)
        acts.addWidget(label(self.tr("Ctrl+Enter"), font=fonts.interface(fonts.TINY), role=MUTED))
        acts.addWidget(self.stop)
        acts.addWidget(label(self.tr("Esc"), font=fonts.interface(fonts.TINY), role=MUTED))
        acts.addWidget(self.state, 1)
        acts.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(8)
        column.addWidget(self.context)
        column.addWidget(self.text, 1)
        column.addLayout(choices)
        column.addLayout(acts)

    def _connect(self) -> None:
        for field in (self.context, self.text):
            field.changed.connect(self._keep)
            field.accepted.connect(self.ask)
            field.stopped.connect(self.stopped)
        for choice in self.models:
            choice.activated.connect(partial(self._chose, choice))
        self.template.activated.connect(self._template)
        self.score.clicked.connect(self.ask)
        self.stop.clicked.connect(self.stopped)
        self.clear.clicked.connect(self._clear)
        self._desk.session.opened.connect(self.offer)

    def pasted(self) -> Pasted:
        """What is to be read."""
        form = self.template.currentData()
        return Pasted(self.text.text(), self.context.text(), form)

    def chosen(self) -> list[tuple[str, Path]]:
        """The models, each with its title."""
        found = {}
        for choice in self.models:
            file = choice.currentData()
            if file not in (NONE, FILE, None):
                found[str(file)] = (choice.currentText(), Path(str(file)))
        return list(found.values())

    def offer(self) -> None:
        """Offer the models of the play, the shipped ones, and files that were chosen."""
        play = self._desk.session.play
        found = {str(file): play.title_of(name) for name, file in play.models.items()} if (
            play is not None) else {}  # fmt: skip
        for file in (*map(str, shipped("models")), *self._files):
            found.setdefault(file, Path(file).stem)
        for at, choice in enumerate(self.models):
            before = choice.currentData() or self._kept(f"model {at}")
            choice.clear()
            if at:
                choice.addItem(self.tr("no second model"), NONE)
            for file, title in found.items():
                choice.addItem(title, file)
            choice.addItem(self.tr("Choose a file ..."), FILE)
            choice.setCurrentIndex(max(0, choice.findData(before)))
        self._part()

    def show_state(self, said: str, *, running: bool) -> None:
        """Say how far it is."""
        self.state.set_text(said)
        self.stop.setEnabled(running)
        self.score.setEnabled(not running)

    def ask(self) -> None:
        """Let the text be read, unless it is being read."""
        if self.score.isEnabled():
            self.wanted.emit()

    # inside

    def _clear(self) -> None:
        self.text.set_text("")
        self.text.setFocus()

    def _template(self) -> None:
        self._keep()

    def _chose(self, choice: Choice, index: int) -> None:
        if choice.currentData() != FILE:
            self._part()
            self._keep()
            return
        choice.setCurrentIndex(0)
        title, names = self.tr("Choose a model"), self.tr("Models (*.gguf);;All files (*)")
        self._desk.choosing.one(self, "models", title, names, partial(self.add_file, choice))

    def add_file(self, choice: Choice, file: str) -> None:
        """Offer a model file, and choose it."""
        self._files = [*(each for each in self._files if each != file), file]
        self.offer()
        choice.setCurrentIndex(max(0, choice.findData(file)))
        self._part()
        self._keep()

    def _part(self) -> None:
        """Offer no model as the second to itself: it would have nothing to tell."""
        first, second = self.models
        if second.currentData() == first.currentData():
            second.setCurrentIndex(0)
        rows = second.model()
        if isinstance(rows, QStandardItemModel):
            for at in range(second.count()):
                rows.item(at).setEnabled(second.itemData(at) != first.currentData())

    def _kept(self, name: str) -> object:
        kept = self._desk.session.saved.get("lens", {})
        return kept.get(name) if isinstance(kept, dict) else None

    def _restore(self) -> None:
        files = self._kept("files")
        self._files = [str(each) for each in files] if isinstance(files, list) else []
        context, text, form = (self._kept(name) for name in ("context", "text", "template"))
        self.offer()
        self.template.setCurrentIndex(max(0, self.template.findData(form)))
        self.context.set_text(str(context or ""))
        self.text.set_text(str(text or ""))
        self.show_state("", running=False)

    def _keep(self) -> None:
        self._desk.session.saved.put("lens", {
            "context": self.context.text(), "text": self.text.text(),
            "template": self.template.currentData(), "files": self._files,
            **{f"model {at}": each.currentData() for at, each in enumerate(self.models)},
        })  # fmt: skip
