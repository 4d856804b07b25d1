"""What stands where there is nothing to show: a sentence, perhaps a second one, one action."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.pacing.painting import paint_later
from stage.ui.widgets.begins import Begins
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, label

_AGAIN = "\0again"


class Nothing(Begins):
    """Words in the middle of a page; they hold the keyboard where there is nothing to press.

    Attributes:
        column: what stands there, from above; acts of a subclass follow `act`.

    Signals:
        wanted: the button was pressed; the id of the action that it is for, "" where whoever
            gave it its words knows.
        again: what did not work is to be tried once more.
    """

    wanted = Signal(str)
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        self._said = label(font=fonts.spoken(18), wrap=True)
        self._below = label(role=MUTED, wrap=True)
        self.act = Button("", primary=True, parent=self)
        self.column = QVBoxLayout()
        self.column.setSpacing(10)
        for each in (self._said, self._below):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(each)
        self.column.addSpacing(4)
        self.column.addWidget(self.act, 0, Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(40, 24, 40, 24)
        outer.addStretch(2)
        outer.addLayout(self.column)
        outer.addStretch(3)
        self._for = ""
        self.act.clicked.connect(self._acted)
        self.say("")

    def say(self, sentence: str, below: str = "", act: str = "", of: str = "") -> None:
        """Say it.

        Args:
            act: what the button says, "" for no button.
            of: the id of the action that the button is for.
        """
        self._for = of
        self._said.setText(sentence)
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self.act.set_text(act)
        self.act.setVisible(bool(act))
        self.beginning = self.act if act else None
        alone = sentence and not act
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if alone else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{sentence} {below}".strip())

    def say_no_play(self) -> None:
        """Say what every view of a play says without one."""
        below = self.tr("Begin one from a scene, or choose one in the library.")
        self.say(self.tr("No play is open."), below, self.tr("New play"), "new")

    def say_trouble(self, said: str, why: str) -> None:
        """Say that something did not work, and why; it can be tried again."""
        self.say(said, why, self.tr("Try again"), _AGAIN)

    def _acted(self) -> None:
        if self._for == _AGAIN:
            self.again.emit()
        else:
            self.wanted.emit(self._for)


class Either(Begins):
    """A page, or what stands where it has nothing to show; who had the keyboard keeps it.

    Attributes:
        nothing: what is said instead; it may have more acts than one.
    """

    def __init__(
        self, page: QWidget, parent: QWidget | None = None, nothing: Nothing | None = None
    ) -> None:
        """Show the page."""
        super().__init__(parent)
        self.beginning = page
        self.nothing = nothing or Nothing(self)
        self._page = page
        self._stack = QStackedLayout(self)
        for each in (page, self.nothing):
            self._stack.addWidget(each)

    @property
    def shows(self) -> bool:
        """Whether the page is what is shown."""
        return self._stack.currentWidget() is self._page

    def show_page(self) -> None:
        """Show the page."""
        self._turn(self._page)

    def show_nothing(self) -> None:
        """Show what is said instead of the page."""
        self._turn(self.nothing)

    def say(self, sentence: str, below: str = "", act: str = "", of: str = "") -> None:
        """Say something instead of the page."""
        self.nothing.say(sentence, below, act, of)
        self.show_nothing()

    def say_no_play(self) -> None:
        """Say that no play is open."""
        self.nothing.say_no_play()
        self.show_nothing()

    def say_reading(self) -> None:
        """Say that what is to be shown is on its way."""
        self.say(self.tr("Reading ..."))

    def say_unread(self, why: str) -> None:
        """Say that what is to be shown cannot be read, and why."""
        self.nothing.say_trouble(self.tr("This cannot be read."), why)
        self.show_nothing()

    def _turn(self, to: QWidget) -> None:
        was, focused = self._stack.currentWidget(), QApplication.focusWidget()
        held = was and focused and (focused is was or was.isAncestorOf(focused))
        if was is not to:
            paint_later(self)  # whoever turns it has just learnt what to show
        self._stack.setCurrentWidget(to)
        self.beginning = to
        if held and was is not to:
            to.setFocus(Qt.FocusReason.OtherFocusReason)
