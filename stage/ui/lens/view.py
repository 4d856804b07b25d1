"""The lens on any text: typed or pasted, read by one model or two, token by token."""

import asyncio
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.dress import theme
from stage.ui.lanes.ink import Tint
from stage.ui.lanes.transcript import mark_token
from stage.ui.lens.asking import Asking
from stage.ui.lens.facts import LensFacts
from stage.ui.lens.form import LensForm
from stage.ui.lens.legend import LensLegend
from stage.ui.lens.pasted import Reading, as_json, as_tsv
from stage.ui.lens.read_text import ID, ReadText, Tints
from stage.ui.lens.sight import Meeting, Sight, meet
from stage.ui.lens.tinting import Tips, places, shade_slowly, tints
from stage.ui.pacing.building import Building
from stage.ui.widgets.card import Card
from stage.ui.widgets.labels import label
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.split import Split
from stage.ui.widgets.titlerow import title_font, title_row


class LensView(Asking):
    """A form over the text as it was read, facts at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, slowly: bool = False) -> None:
        """Read nothing yet."""
        super().__init__(parent)
        self._desk = desk
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.form = LensForm(self._desk, self)
        yield
        self.reading = Reading(self._desk.director, self)
        self.legend = LensLegend(self)
        self.text = ReadText(self)
        self.text.set_spoken_size(self._desk.settings.spoken_size)
        self.body = Either(self.text, self)
        self._say_unread()
        yield
        self.facts = LensFacts(self)
        yield
        self.cards: list[Card] = []
        self._at, self._token, self._shown = 0, -1, 0
        self._tints: list[Tint] = []
        self._meeting: Meeting | None = None
        self._painting: asyncio.Task[None] | None = None
        self._lay_out()
        yield
        self._connect()
        self._show_legend()

    def _lay_out(self) -> None:
        self._results = QVBoxLayout()
        self._results.setContentsMargins(0, 0, 0, 0)
        self._results.setSpacing(0)
        self._results.addWidget(self.legend)
        self._results.addWidget(self.body, 1)
        results = QWidget(self)
        results.setLayout(self._results)
        down = Split(Qt.Orientation.Vertical, self)
        across = Split(Qt.Orientation.Horizontal, self)
        for split, parts in ((down, (self.form, results)), (across, (down, self.facts))):
            for part in parts:
                split.addWidget(part)
            split.setHandleWidth(1)
            split.setChildrenCollapsible(False)
        down.setSizes([230, 400])
        across.setStretchFactor(0, 1)
        down.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        name = label(self.tr("Token lens"), font=title_font())
        title_row(head := QWidget(self)).addWidget(name, 1)
        column.addWidget(head)
        column.addWidget(across, 1)
        self.beginning = self.form.text

    def _connect(self) -> None:
        self.asked.connect(self.form.ask)
        self.form.wanted.connect(self.begin)
        self.form.stopped.connect(self.reading.stop)
        self.reading.told.connect(self._told)
        self.reading.grew.connect(self._grew)
        self.reading.ended.connect(self._ended)
        self.reading.failed.connect(self._failed)
        self.legend.changed.connect(self._mode)
        self.legend.turned.connect(self._other)
        self.text.pressed.connect(self._pressed)
        self.text.stepped.connect(self.step)
        self.text.entered.connect(self._enter)
        self.text.left.connect(self.reading.stop)
        self.facts.list.stepped.connect(self.step)
        self.facts.copied.connect(self._copy)
        self.facts.picked.connect(self._look)
        self._desk.prefs.changed.connect(self._preferred)

    # acting

    def begin(self) -> None:
        """Let the chosen models read the text."""
        models = self.form.chosen()
        self._clear_cards()
        if not models:
            self._failed(self.tr("No model is chosen; choose a model file to read the text."))
            return
        self._at, self._meeting = 0, None
        self._forget_tints()
        self.text.clear_text()
        self._look_at_none()
        self.body.say(self.tr("Reading ..."))
        self.reading.begin(self.form.pasted(), models)
        self.facts.show_line(None, None, -1)
        self.facts.show_reading(self.reading)
        self.form.show_state(self.form.state.text(), running=True)
        self._show_legend()

    def step(self, step: int) -> None:
        """Look at the token before or after."""
        sight = self._sight()
        if sight is not None and 0 <= self._token + step < len(sight.tokens):
            self._look(self._token + step)

    # what comes

    def _sight(self) -> Sight | None:
        reads = self.reading.reads
        return reads[self._at].sight if self._at < len(reads) else None

    def _told(self, said: str) -> None:
        self.form.show_state(said, running=self.reading.running)

    def _grew(self) -> None:
        """Show what the first model has read so far, in its colours."""
        read = self.reading.reads[0]
        if len(self.reading.reads) > 1:
            return
        text = self.reading.pasted.text.encode("utf-8", "replace")[: read.bytes]
        self.text.show_text(text.decode("utf-8", "replace"), read.sight.model)
        self.body.show_page()
        if self.legend.mode != "difference":
            self._tints.extend(tints(self.legend.mode, read.sight, None, self._shown))
            self._shown = len(read.sight.spans)
            self.text.tint(ID, Tints(self._tints), Tips(read.sight, None))

    def _ended(self) -> None:
        self._meeting = self.reading.meeting
        self._show_legend()
        self.facts.show_reading(self.reading)
        self.form.show_state("", running=False)
        self._say_unread()
        self._paint()
        self._look(self._token)

    def _failed(self, sentence: str) -> None:
        self._clear_cards()
        title = self.tr("The text was not read")
        card = Card(sentence, title=title, retry=bool(self.form.chosen()), parent=self)
        card.retried.connect(self.begin)
        card.closed.connect(self._clear_cards)
        self.cards.append(card)
        self._results.addWidget(card)
        self._say_unread()

    def _say_unread(self) -> None:
        if not self.text.script.placed:
            below = self.tr("Type or paste a text, choose a model, and let it read: Ctrl+Enter.")
            self.body.say(self.tr("Nothing has been read yet."), below)

    # colours

    def _paint(self) -> None:
        """Colour everything again, in the background."""
        if self._painting is not None:
            self._painting.cancel()
        if self._sight() is not None:
            self._painting = spawn(self._colour(), name="colour a text")

    async def _colour(self) -> None:
        sight, both = self._sight(), self.reading.meeting
        if sight is None:
            return
        known = both
        if both is not None and both.one is not sight:
            known = await meet(sight, both.one)
        made = await shade_slowly(self.legend.mode, sight, known, turned=self._at > 0)
        self._meeting = known
        self.facts.show_line(sight, known, self._token)
        self._tints = list(made.tints)
        self.text.tint(ID, made.tints, made.tips)
        if self.text.script.placed:
            self.text.show_text(self.text.script.placed[0].entry.text, sight.model)

    def _forget_tints(self) -> None:
        if self._painting is not None:
            self._painting.cancel()
        self._tints, self._shown = [], 0

    def _mode(self) -> None:
        self._show_legend()
        if self.reading.running:  # what comes is coloured so, what was is at the end
            self._forget_tints()
            self.text.clear_tints()
        else:
            self._paint()

    def _other(self, at: int) -> None:
        self._at = at
        self._look_at_none()
        self._show_legend()
        if not self.reading.running:
            self._paint()

    def _show_legend(self) -> None:
        names = [each.sight.model for each in self.reading.reads]
        met = self.reading.meeting
        alike = self.legend.mode == "difference" and met is not None and met.alike
        there = len(names) > 1 and not self.reading.running and not alike
        self.legend.show_models(names if there else (), self._at)
        self.legend.show_scale([title for title, _ in self.form.chosen()])

    def _preferred(self, name: str) -> None:
        if name == "spoken_size":
            self.text.set_spoken_size(self._desk.settings.spoken_size)

    # tokens

    def _pressed(self, line_id: str, token: int) -> None:
        self._look(token)

    def _look(self, token: int) -> None:
        sight = self._sight()
        if sight is None or token < 0:
            return
        self._token, meeting = token, self._meeting
        self.facts.spark.mark(token)
        mark_token(self.text, ID, places(sight, token))
        if meeting is None or meeting.one is not sight:
            self.facts.show_token([(sight, token)], None, 0, token)
            return
        views = [(sight, token), (meeting.other, meeting.facing(token))]
        self.facts.show_token(views[:: -1 if self._at else 1], meeting, self._at, token)

    def _look_at_none(self) -> None:
        self._token = -1
        mark_token(self.text, ID, ())
        self.facts.spark.mark(-1)
        self.facts.show_token((), None, 0, 0)

    def _enter(self) -> None:
        self.facts.list.begin()
        self.facts.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _copy(self, form: str) -> None:
        spawn(self._put(form), name="copy a reading")

    async def _put(self, form: str) -> None:
        made = await (as_tsv if form == "tsv" else as_json)(self.reading)
        QGuiApplication.clipboard().setText(made)
        count = sum(len(each.sight.tokens) for each in self.reading.reads)
        said = self.tr("{0} are on the clipboard.")
        self._desk.wishes.said.emit(said.format(words.count(count, "token")))

    def _clear_cards(self) -> None:
        while self.cards:
            card = self.cards.pop()
            card.hide()
            card.deleteLater()
