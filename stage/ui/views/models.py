"""The shelf of models: where they are looked for, what there is, everything about one of them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from stage.director.shelving import Shelved
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.delegates.rows import TwoRows
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.models.shelf import ShelfModel
from stage.ui.pacing.building import Building
from stage.ui.shelf.modelsheet import ModelSheet
from stage.ui.shelf.places import Places
from stage.ui.shelf.stock import Stock
from stage.ui.views.view import View
from stage.ui.widgets.begins import Begins, in_order, stops_as_laid_out
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, Elided, label
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.split import Split
from stage.ui.widgets.titlerow import title_font, title_row

SOON = 250  # milliseconds before the chosen model is measured


class Models(Begins):
    """A list of models beside the sheet of the chosen one."""

    def __init__(self, desk: Desk, *, slowly: bool = False) -> None:
        """Show a desk's shelf; nothing is scanned before it is seen."""
        super().__init__()
        self._desk = desk
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        desk = self._desk
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.stock = Stock(desk.director, desk.bridge, desk.prefs, self)
        self.rows = ShelfModel(self._state, self)
        self.list = QListView(self)
        yield
        self.sheet = ModelSheet(self)
        yield
        self.places = Places(desk.prefs, desk.choosing, self)
        self.count = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self.scan = Link(self.tr("Scan again"), self)
        self.body = Either(self.sheet, self)
        self._scanned = False
        self._wanted = Path()  # a file that was just added and is to be chosen
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._prepare()
        self._lay_out()
        yield
        in_order(stops_as_laid_out(self), of=self)
        self._connect()
        self.beginning = self.list
        self._changed()

    def _prepare(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(TwoRows(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        theme.dress(self.list, "list")

    def _lay_out(self) -> None:
        left = QWidget(self)
        left.setObjectName("pane")
        theme.dress(left, "pane")
        top = QWidget(left)
        head = title_row(top)
        head.addWidget(label(self.tr("Models"), font=title_font()))
        head.addWidget(self.count, 1)
        head.addWidget(self.scan)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.places)
        split = Split(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for at, part in enumerate((left, self.body)):
            split.addWidget(part)
            split.setStretchFactor(at, at)
        split.setSizes([400, 800])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _connect(self) -> None:
        stock, sheet = self.stock, self.sheet
        stock.changed.connect(self._changed)
        stock.told.connect(self._told)
        self.scan.clicked.connect(self._scan)
        self.places.added.connect(self.add)
        self.body.nothing.wanted.connect(self.places.choose)
        self._soon.timeout.connect(self._judge)
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.list.activated.connect(self._activated)
        sheet.load.connect(self.load)
        sheet.unload.connect(self.unload)
        sheet.again.connect(self._reload)
        sheet.settled.connect(self._settle)
        sheet.bound.connect(self._bind)
        sheet.dismissed.connect(self._dismiss)
        for heard in (self._desk.session.opened, self._desk.turns.busy_changed):
            heard.connect(self._stand)

    # what can be asked for

    def chosen(self) -> Shelved | None:
        """The chosen file."""
        return self.rows.row(self.list.currentIndex().row())

    def load(self) -> None:
        """Load the chosen model."""
        shelved = self.chosen()
        if shelved is not None and shelved.card is not None:
            self.stock.load(shelved.path)

    def unload(self) -> None:
        """Close the chosen model, or give up its loading."""
        shelved = self.chosen()
        if shelved is not None:
            self.stock.unload(shelved.path)

    def add(self, paths: list[str]) -> None:
        """Look in these places, too: folders at any depth, or files."""
        files = [path for path in paths if path]
        if files:
            self._wanted = Path(files[-1])
            self.stock.watch(files)

    # inside

    def _scan(self) -> None:
        if self.stock.scanning:
            self.stock.stop()
        else:
            self.stock.scan()

    def _changed(self) -> None:
        stock = self.stock
        kept = self.chosen()
        self.rows.show(stock.shelved)
        at = self.rows.row_of(self._wanted) if self._wanted.name else -1
        if at >= 0:
            self._wanted = Path()
        elif kept is not None:
            at = self.rows.row_of(kept.path)
        if at < 0 and self.rows.rowCount() and not self.list.currentIndex().isValid():
            at = 0
        if at >= 0 and at != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.rows.index(at))
        self._count()
        self._show()

    def _count(self) -> None:
        stock, found = self.stock, self.rows.rowCount()
        self.scan.set_text(self.tr("Stop") if stock.scanning else self.tr("Scan again"))
        if stock.scanning:
            said = self.tr("scanning, {0} so far").format(words.count(stock.work.done, "file"))
        else:
            said = words.count(found, "file")
        self.count.set_text(said)

    def _chosen(self, *_: QItemSelection) -> None:
        self._show()

    def _show(self) -> None:
        shelved = self.chosen()
        if shelved is None:
            self._say_none()
            return
        self.sheet.show_file(shelved)
        self._stand()
        if shelved.card is None:
            self.sheet.show_error(shelved.sentence, retry=False)
        else:
            self.sheet.show_judged(self.stock.judged(shelved.path))
            self._soon.start()
        self.body.show_page()  # it is laid out once, with all that is told

    def _stand(self) -> None:
        shelved = self.chosen()
        if shelved is None or shelved.card is None or not self.isVisible():
            return
        path = shelved.path
        self.sheet.show_error(self.stock.failed(path), retry=True)
        names = self._desk.session.models
        self.sheet.show_standing(self.stock.standing(path), self.stock.uses(path), names)

    def _told(self, path: str) -> None:
        self.rows.tell()
        shelved = self.chosen()
        if shelved is not None and shelved.path == Path(path):
            self._stand()
            self.sheet.show_judged(self.stock.judged(shelved.path))
            self._soon.start()

    def _judge(self) -> None:
        shelved = self.chosen()
        if shelved is not None and shelved.card is not None and self.isVisible():
            self.stock.judge(shelved.path)

    def _state(self, path: Path) -> str:
        state = self.stock.standing(path).state
        if state.phase == "loading" and state.progress is not None:
            return words.progress_of(words.tr("words", "loading"), round(state.progress * 100), 100)
        return "" if state.phase == "closed" else words.phase(state.phase)

    def _say_none(self) -> None:
        if self.stock.scanning:
            self.body.say(self.tr("Looking for models ..."))
        else:
            below = self.tr("Drop a .gguf file here, or add the folder you keep models in.")
            self.body.say(self.tr("No model was found."), below, self.tr("Add a file"))

    def _activated(self, index: QModelIndex) -> None:
        self.load()

    def _reload(self) -> None:
        shelved = self.chosen()
        if shelved is not None:
            spawn(self._load_again(shelved.path), name="load again")

    async def _load_again(self, path: Path) -> None:
        try:
            await self._desk.director.shelving.unload(path)
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
        self.stock.load(path)

    def _settle(self, word: str) -> None:
        shelved = self.chosen()
        if shelved is not None:
            self.stock.settle(shelved.path, word)

    def _dismiss(self) -> None:
        shelved = self.chosen()
        if shelved is not None:
            self.stock.forgive(shelved.path)

    def _bind(self, name: str) -> None:
        shelved, play = self.chosen(), self._desk.session.play
        if shelved is not None and play is not None:
            self._desk.steps.do("bind", play.start, model=name, file=str(shelved.path))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, look for models."""
        super().showEvent(event)
        if not self._scanned:
            self._scanned = True
            self.stock.scan()
        self._show()


ENTRY = View("models", Models, frozenset(), partial(Models, slowly=True))
