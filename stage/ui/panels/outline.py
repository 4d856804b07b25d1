"""The tree of the play on stage as rows, with a filter and what was hoisted above them."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout

from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.desk.telling import telling
from stage.ui.dress import fonts, theme
from stage.ui.outline.branches import Branches
from stage.ui.outline.finder import Finder
from stage.ui.panels.panel import Panel
from stage.ui.widgets.begins import Begins
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, Elided, heading, label
from stage.ui.widgets.typed import ROW

PAUSE = 150  # milliseconds after the last letter typed


class OutlinePanel(Begins):
    """Click goes to a line, Enter stands on it."""

    def __init__(self, desk: Desk) -> None:
        """Follow the desk's survey once it is seen."""
        super().__init__()
        self._desk, self._survey = desk, desk.survey
        self._finder = Finder(desk.director, desk.session, desk.survey)
        self._asked = 0
        self.filter = QLineEdit(self, placeholderText=self.tr("Filter lines, tags, speakers"))
        self.filter.setMaxLength(ROW)
        self.rows = Branches(self._survey.rows, self)
        small = fonts.interface(fonts.SMALL)
        self._count = label(font=fonts.figures(fonts.TINY), role=MUTED)
        self._above = Elided(font=small, role=MUTED, parent=self)
        self._back = Link(self.tr("Back"), self)
        self.tagged = Elided(font=small, role=MUTED, parent=self)
        self.reveal = Link("", self)
        self.none = label(role=MUTED, wrap=True)
        self.remedy = Link("", self)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._prepare()
        self._lay_out()
        self._connect()
        self._show()

    def _prepare(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.filter.setAccessibleName(self.tr("Filter lines, tags, speakers"))
        self.filter.setClearButtonEnabled(True)
        theme.dress(self.filter, "field")
        self._back.setToolTip(self.tr("Show what was shown before"))
        self.none.setContentsMargins(16, 8, 16, 0)
        self.remedy.setContentsMargins(16, 0, 16, 0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head, crumbs, field, cure, tags = (QHBoxLayout() for _ in range(5))
        field.setContentsMargins(14, 0, 14, 4)
        field.addStrut(self.filter.sizeHint().height())  # large text is not squeezed
        field.addWidget(self.filter)
        head.setContentsMargins(16, 0, 14, 0)
        head.addWidget(heading(self.tr("Outline")))
        head.addStretch(1)
        head.addWidget(self._count)
        crumbs.setContentsMargins(16, 0, 14, 0)
        crumbs.addWidget(self._above, 1)
        crumbs.addWidget(self._back)
        tags.setContentsMargins(16, 0, 14, 0)
        tags.addWidget(self.tagged, 1)
        tags.addWidget(self.reveal)
        cure.setContentsMargins(16, 0, 14, 0)
        cure.addWidget(self.remedy)
        cure.addStretch(1)
        for each in (field, head, crumbs, tags):
            column.addLayout(each)
        column.addWidget(self.none)
        column.addLayout(cure)
        column.addWidget(self.rows, 1)
        column.addStretch(0)  # without rows, what is said stands above

    def _connect(self) -> None:
        desk, survey = self._desk, self._survey
        self.filter.textChanged.connect(self._typed)
        self.filter.installEventFilter(self)
        desk.bridge.changed.connect(self._again)
        desk.bridge.ended.connect(self._again)
        self._timer.timeout.connect(self._find)
        self.rows.gone_to.connect(desk.paths.go)
        self.rows.stood_on.connect(desk.paths.stand)
        self.rows.folded.connect(self._fold)
        self.rows.moved.connect(self._move)
        self.rows.placed.connect(self._place)
        self.rows.asked.connect(desk.wishes.menu)
        self._back.clicked.connect(self._unhoist)
        self.remedy.clicked.connect(self._cure)
        self.reveal.clicked.connect(self._reveal)
        survey.changed.connect(self._show)
        survey.moved.connect(self._mark)
        desk.session.chose.connect(self._mark)
        desk.session.opened.connect(self.filter.clear)

    def begin(self, *, typing: bool = False) -> None:
        """Take the keyboard: the rows, or the field where there are none or it is wanted."""
        (self.filter if typing else self).setFocus(Qt.FocusReason.ShortcutFocusReason)
        if typing:
            self.filter.selectAll()

    # showing

    def _show(self) -> None:
        """Rows or, where there are none, why; the number of lines; what was hoisted."""
        survey = self._survey
        self._count.setText(self._counted())
        self._show_tagged()
        tops = [self._title(each) for each in survey.rows.hoisted]
        self._above.set_text(" \u203a ".join([self.tr("The play"), *tops]) if tops else "")
        self._above.setVisible(bool(tops))
        self._back.setVisible(bool(tops))
        said, remedy = self._nothing()
        self.none.setText(said)
        self.none.setVisible(bool(said))
        self.remedy.set_text(remedy)
        self.remedy.setVisible(bool(remedy))
        self.rows.setVisible(not said)
        self.beginning = self.filter if said else self.rows
        self._mark()

    def _counted(self) -> str:
        """How many lines there are, or fit the filter; those that are deleted are told apart."""
        outline = self._survey.rows.outline
        kept, deleted = outline.tally.kept(), outline.tally.binned()
        said = words.count(kept, "line") if len(outline) > 1 else ""
        if outline.hits is not None:
            some = self.tr("at least {0} of {1}") if self._finder.capped else self.tr("{0} of {1}")
            return some.format(words.number(len(outline.hits)), said)
        binned = self.tr("{0}, {1} in the bin").format(said, words.number(deleted))
        return binned if deleted else said

    def _show_tagged(self) -> None:
        """How many lines tags hide, and a way to see them, or to hide them again."""
        play, tally = self._desk.session.play, self._survey.rows.outline.tally
        hidden = play is not None and play.tags_hide
        count = tally.cut_off(play.cut()) if play is not None else 0
        lines = words.count(count, "line")
        self.tagged.set_text(
            self.tr("{0} hidden by tags").format(lines) if hidden
            else self.tr("{0} shown that tags hide").format(lines)
        )  # fmt: skip
        self.reveal.set_text(self.tr("Show") if hidden else self.tr("Hide"))
        self.tagged.setVisible(count > 0)
        self.reveal.setVisible(count > 0)

    def _reveal(self) -> None:
        play = self._desk.session.play
        if play is not None:
            self._desk.director.show_tagged(play, play.tags_hide)

    def _nothing(self) -> tuple[str, str]:
        survey, play = self._survey, self._desk.session.play
        if play is None:
            return self.tr("No play is open."), ""
        if survey.trouble:
            return survey.trouble, self.tr("Try again")
        if survey.loading:
            return self.tr("Reading the tree ..."), ""
        if survey.rows.rowCount() or survey.rows.outline.stale:
            return "", ""
        if survey.rows.outline.hits is not None:
            return self.tr("No line has this in its words, tags or speaker."), self.tr("Show all")
        return self.tr("Nothing is said yet."), ""

    def _title(self, line: str) -> str:
        row = self._survey.rows.outline.get(line)
        chapter = row.stem.labels.get("chapter") if row else None
        return str(chapter or self._survey.excerpts.get(line))[:32]

    def _mark(self) -> None:
        line = self._desk.session.chosen_line()
        if line is not None and self.isVisible():
            self.rows.mark(self._survey.rows.outline.index(line.id))

    def _cure(self) -> None:
        if self._survey.trouble:
            self._survey.again()
        else:
            self.filter.clear()

    # filtering

    def _typed(self, typed: str) -> None:
        self._asked += 1
        if typed.strip():
            self._timer.start()
        else:
            self._timer.stop()
            if self._survey.rows.outline.hits is not None:
                self._survey.look()

    def _again(self, event: object) -> None:
        """What is found may be more by now."""
        if self.filter.text().strip() and self.isVisible():
            self._timer.start()

    def _find(self) -> None:
        self._asked += 1  # what was found before may be fewer
        found = self._filter(self.filter.text().strip(), self._asked)
        spawn(telling(found, self._desk.wishes.said.emit), name="filter the outline")

    async def _filter(self, typed: str, asked: int) -> None:
        found = await self._finder.find(typed)
        if asked == self._asked:
            self._survey.look(hits=found, typed=typed)

    # doing

    def _fold(self, line: str, shut: bool) -> None:
        self._desk.steps.do("collapse", line, off=not shut)

    def _move(self, line: str, to: str) -> None:
        """Dropped on a row: under the last of the lines that share it."""
        outline = self._survey.rows.outline
        row = outline.get(to)
        last = to if row is None or outline.folded(row) else [*outline.members(row)][-1].stem.id
        self._desk.steps.do("move", line, to=last)

    def _place(self, line: str, before: str) -> None:
        """Dropped between rows: beside the line of the row below."""
        row = self._survey.rows.outline.get(before)
        if row is None or row.above is None:
            return
        beside = [each.stem.id for each in row.above.inside if not each.stem.hidden]
        others = [each for each in beside if each != line]
        if before not in others:
            self._desk.wishes.said.emit(self.tr("That line is deleted; drop it beside another."))
            return
        at = others.index(before) + 1
        self._desk.steps.do("move", line, to=row.above.stem.id, index=at) if (
            line not in beside
        ) else self._desk.steps.do("reorder", line, index=at)

    def _unhoist(self) -> None:
        self._desk.wishes.action.emit("unhoist")

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """From the filter Enter and Down lead to the rows, and so does Escape, past the filter."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
        key = event.key() if isinstance(event, QKeyEvent) else None
        if key == Qt.Key.Key_Escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # else it stops what is being said
            return True
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and key == Qt.Key.Key_Escape:
            self.filter.clear()
        elif not pressed or key not in keys or not self.rows.isVisible():
            return False
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is seen is read."""
        super().showEvent(event)
        self._survey.want()
        self._mark()


ENTRY = Panel("outline", "Outline", "left", OutlinePanel, own_title=True, grows=True)
