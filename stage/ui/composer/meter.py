"""How full the context is for whoever speaks next, and what will fall out of it."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from stage.director.events import Changed, Changes
from stage.director.opened import OpenPlay
from stage.director.prompts import view
from stage.director.room import Room, room
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.prompting.budget import Dropped
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.desk.session import performer, speaks
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.sheets import PromptSheet
from stage.ui.dress import fonts, theme
from stage.ui.lanes.verbatim import excerpt
from stage.ui.widgets.labels import plain_tip

REST = 250  # milliseconds without a change before it is measured
KEPT = 64  # measurements
LISTED, WORDS = 12, 60  # of what is left out, in the tooltip; characters of each
BAR, SHORT = 54, 22  # pixels of the bar, and of it where there is little room
Key = tuple[str, str, tuple[str, ...]]


class Meter(QAbstractButton):
    """A bar, a share, and what will be left out; a click shows the prompt that would be sent.

    Attributes:
        known: the measurement shown; None while it is unknown.

    Signals:
        told: it is another one.
    """

    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow whoever speaks next in the current lane; nothing is measured while hidden."""
        super().__init__(parent)
        self._desk = desk
        self.known: Room | None = None
        self._kept: OrderedDict[Key, list[Room]] = OrderedDict()
        self._measuring: tuple[OpenPlay, Key] | None = None
        self._bar = BAR
        self._forms: tuple[str, ...] = ("",)
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._timer.timeout.connect(self._measure)
        self.setFont(fonts.interface(fonts.SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for told in (
            desk.session.opened, desk.session.next_changed, desk.session.moved,
            desk.session.lanes_changed, desk.turns.busy_changed, desk.shelf.changed,
        ):  # fmt: skip
            told.connect(self._rest)
        desk.bridge.changed.connect(self._forget)
        desk.bridge.left_out.connect(self._rest)
        self.clicked.connect(self._clicked)
        self._unknown("")

    # what is measured

    def _asked(self) -> tuple[OpenPlay, Key] | None:
        """Whose context it is: (play, (line, member, the scene's names of models))."""
        session = self._desk.session
        play, ground = session.play, session.ground()
        member = session.member(performer(session))
        if play is None or ground is None or member is None or member.actor.model is None:
            return None
        lane = session.lanes[session.at].model
        models = play.models_for(member.id, ground.id)
        return play, (ground.id, member.id, (lane,) if lane else models)

    def _forget(self, event: Changed) -> None:
        """Something was done to the play: what was measured may be otherwise."""
        if event.changes & (Changes.TREE | Changes.PLAYS):
            self._kept.clear()
            self._measuring = None  # what is being measured may be of before
        self._rest()

    def _rest(self, *_: object) -> None:
        if self.isVisible():
            self._timer.start()

    def _measure(self) -> None:
        asked = self._asked()
        if asked is None:
            self._unknown(self.tr("It is not known who is next."))
            return
        play, key = asked
        if key in self._kept:
            self._told(play, self._kept[key])
        elif (self._measuring is None or self._measuring[1] != key) and not speaks(
            self._desk.session
        ):
            self._measuring = asked
            spawn(self._measured(play, key, asked), name="measure the context")

    async def _measured(self, play: OpenPlay, key: Key, mine: object) -> None:
        at, member, models = key
        try:
            found = [await room(self._desk.director.pool, play, at, member, one) for one in models]
        except KeyError:  # who was asked about is not in the play any more
            return
        finally:
            stale = self._measuring is not mine
            if not stale:
                self._measuring = None
        known = [each for each in found if each is not None]
        asked = self._asked()
        if stale or asked is None or asked[1] != key:
            self._rest()
            return
        if known:
            self._kept[key] = known
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._told(play, known)

    # what is shown

    def _told(self, play: OpenPlay, rooms: Sequence[Room]) -> None:
        """Of several models the one that leaves out most."""
        if not rooms:
            self._unknown(self.tr("It is known once the model is loaded; speaking loads it."))
            return
        most = max(rooms, key=lambda each: (bool(each.refused), each.lost, each.share))
        left, brief = self.tr("nothing left out"), ""
        if most.refused:
            left, brief = self.tr("no room for a line"), self.tr("no room")
        elif most.lost:
            lines = all(each.what == "line" for each in most.dropped)
            many = words.count(most.lost, "line" if lines else "part")
            left, brief = self.tr("{0} will be left out").format(many), self.tr("{0} left out")
            brief = brief.format(words.number(most.lost))
        share = words.percent(most.share)
        whole = self.tr("context {0}, {1}").format(share, left)
        shorter = self.tr("{0}, {1}").format(share, left)
        shortest = self.tr("{0}, {1}").format(share, brief) if brief else share
        self._show_known((whole, shorter, shortest), self._tip(play, most), most)

    def _unknown(self, why: str) -> None:
        """It is not measured."""
        self._show_known((self.tr("context unknown"), self.tr("unknown")), why)

    def _tip(self, play: OpenPlay, most: Room) -> str:
        label = play.cast(play.start).label(most.member) or ""
        member = self._desk.session.member(most.member)
        about = self.tr("For {0} on {1}: {2} of {3} tokens.").format(
            member.label if member else label, play.title_of(most.model), words.number(most.tokens),
            words.number(most.room),
        )  # fmt: skip
        rows = [about, *([most.refused] if most.refused else [])]
        rows += [self._row(play, each) for each in most.dropped[:LISTED]]
        if len(most.dropped) > LISTED:
            rows.append(self.tr("and {0} more").format(len(most.dropped) - LISTED))
        return "\n".join(rows)

    def _row(self, play: OpenPlay, dropped: Dropped) -> str:
        what = dropped.what
        if dropped.lines > 1:
            what = words.count(dropped.lines, "line")
        elif dropped.line is not None and dropped.line in play.tree:
            line = play.tree[dropped.line]
            who = play.cast(line.id).label_of(line) or ""
            what = f"{who}: {excerpt(line.text, WORDS)}"
        tokens = words.count(dropped.tokens, "token")
        return self.tr("Left out: {0}, {1}, {2}.").format(what, tokens, dropped.rule)

    def _show_known(self, forms: Sequence[str], tip: str, known: Room | None = None) -> None:
        """Show the longest form that there is room for; the tooltip begins with the whole."""
        self.known, self._forms = known, tuple(forms)
        said = forms[0]
        self.setEnabled(known is not None and not known.refused)
        self.setText(said)
        self.setAccessibleName(said)
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tip("\n".join(filter(None, (said, tip)))))
        self.updateGeometry()
        self.update()
        self.told.emit()

    def fitting(self) -> str:
        """The words as they are painted: the longest of their forms that fits."""
        metrics, wide = self.fontMetrics(), self._space().width()
        fits = (each for each in self._forms if metrics.horizontalAdvance(each) <= wide)
        elided = metrics.elidedText(self._forms[-1], Qt.TextElideMode.ElideRight, wide)
        return next(fits, elided)

    def _space(self) -> QRect:
        return self.rect().adjusted(self._bar + 12, 0, -2, 0)

    # the prompt that would be sent

    def _clicked(self) -> None:
        asked = self._asked()
        if asked is not None and self.known is not None:
            spawn(self._open(*asked), name="prompt to be sent")

    async def _open(self, play: OpenPlay, key: Key) -> None:
        at, member, models = key
        name = self.known.model if self.known is not None else models[0]
        try:
            seen = await view(self._desk.director.pool, play, at, member, model=name)
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        prepared = seen.received.prepared
        read = words.count(len(prepared.tokens), "token")
        about = self.tr("What {0} would receive now on {1}: {2}.")
        about = about.format(seen.member, play.title_of(name), read)
        title = self.tr("Prompt as it would be sent")
        sheet = PromptSheet(prepared.text, about, words.beside_view(seen), self.window(), title)
        await ask(sheet)

    def lie(self, low: bool) -> None:
        """Leave room to the words beside the buttons."""
        self._bar = SHORT if low else BAR
        self.updateGeometry()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the words, and a ring with the keyboard on it."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lost = self.known is not None and bool(self.known.lost or self.known.refused)
        bar = QRectF(4, self.height() / 2 - 2.5, self._bar, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.rule))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        if self.known is not None:
            full = QRectF(bar.topLeft(), bar.size())
            full.setWidth(max(2.0, self._bar * self.known.share))
            painter.setBrush(QColor(scheme.warning if lost else scheme.muted))
            painter.drawRoundedRect(full, 2.5, 2.5)
        painter.setPen(QColor(scheme.warning if lost else scheme.muted))
        painter.setFont(self.font())
        painter.drawText(self._space(), Qt.AlignmentFlag.AlignVCenter, self.fitting())
        if self.hasFocus():
            painter.setPen(QPen(QColor(scheme.mark), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 5, 5)

    def sizeHint(self) -> QSize:
        """Room for the bar and the words."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + self._bar + 18, metrics.height() + 16)

    def minimumSizeHint(self) -> QSize:
        """The bar, and the words in the fewest that tell it."""
        metrics = self.fontMetrics()
        least = self.tr("{0}, {1}").format("100 %", self.tr("{0} left out").format("99"))
        wide = max(map(metrics.horizontalAdvance, (least, self._forms[-1])))
        return QSize(wide + self._bar + 18, metrics.height() + 16)

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, measure."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Unseen, do nothing."""
        super().hideEvent(event)
        self._timer.stop()
