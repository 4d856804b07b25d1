"""What a window says, and which of its words have no room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from stage.ui.dress.theme import contrast
from stage.ui.widgets.labels import Elided

OPEN, SHUT = "\u27e6", "\u27e7"


class Pseudo(QTranslator):
    """A language in which every text is 40 % longer and cannot be mistaken."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        more = "~" * max(1, round(0.4 * len(text)))
        return f"{OPEN}{text}{more}{SHUT}"

    def isEmpty(self) -> bool:  # noqa: N802
        return False


def parts(window: QWidget) -> Iterator[QWidget]:
    """Every widget that is seen."""
    yield from (each for each in window.findChildren(QWidget) if each.isVisible())


def said(window: QWidget) -> Iterator[tuple[str, str]]:
    """(widget's class, text) of every text that is seen or read aloud."""
    for part in [window, *parts(window)]:
        texts = [part.toolTip(), part.accessibleName(), part.accessibleDescription()]
        if isinstance(part, QLabel | QAbstractButton):
            texts.append(part.text())
        if isinstance(part, Elided):
            texts.append(part.text())
        if isinstance(part, QLineEdit | QPlainTextEdit):
            texts.append(part.placeholderText())
        if isinstance(part, QComboBox):
            texts += [part.itemText(at) for at in range(part.count())]
        if isinstance(part, QMenuBar):
            texts += [each.text() for each in part.actions()]
        yield from ((type(part).__name__, text) for text in texts if text)
    for menu in window.findChildren(QMenu):
        for action in menu.actions():
            yield from ((type(menu).__name__, text) for text in (action.text(), action.toolTip()))


def clipped(window: QWidget) -> Iterator[str]:
    """What has less room than its words need. What is made to be elided is left out."""
    for part in parts(window):
        if isinstance(part, QLabel) and part.text():
            wide = part.wordWrap() or part.sizeHint().width() <= part.width() + 1
            needed = (
                part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
            )
            if not wide or needed > part.height() + 1:
                yield f"label {part.text()!r}: {part.sizeHint()} in {part.size()}"
        elif isinstance(part, QAbstractButton | QComboBox | QLineEdit):
            hint = part.minimumSizeHint()
            if isinstance(part, QAbstractButton):
                hint = part.sizeHint()
            if hint.width() > part.width() + 1 or hint.height() > part.height() + 1:
                yield f"{type(part).__name__} {part.accessibleName()!r}: {hint} in {part.size()}"


def out_of_sight(window: QWidget) -> Iterator[str]:
    """Controls that stand outside of what their window shows, scrolled places apart."""
    for part in parts(window):
        if not isinstance(part, QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit):
            continue
        shown = part.visibleRegion().boundingRect()
        cut = shown.width() < part.width() - 2
        if shown.isEmpty():
            cut = not scrolled(part)
        if cut or (shown.height() < part.height() - 2 and not scrolled(part)):
            yield f"{type(part).__name__} {part.accessibleName()!r}: {shown} of {part.rect()}"


def scrolled(part: QWidget) -> bool:
    """Whether a widget may be moved into sight."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above is not None


def overlapping(window: QWidget) -> Iterator[str]:
    """Buttons and labels of one parent that stand over each other."""
    kinds = (QAbstractButton, QLabel, Elided, QComboBox, QLineEdit)
    seen = [each for each in parts(window) if isinstance(each, kinds)]
    for at, one in enumerate(seen):
        for other in seen[at + 1 :]:
            same = one.parentWidget() is other.parentWidget()
            both = one.geometry().intersected(other.geometry())
            if same and both.width() > 1 and both.height() > 1:
                yield f"{one.accessibleName() or one} over {other.accessibleName() or other}"


def nameless(window: QWidget) -> Iterator[str]:
    """What takes the keyboard and has no name, or no role that a screen reader knows."""
    silent = (QAccessible.Role.NoRole, QAccessible.Role.Client)
    for part in parts(window):
        if not part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(part)
        named = interface is not None and interface.text(QAccessible.Text.Name)
        if interface is None or not named or interface.role() in silent:
            yield f"{type(part).__name__} in {type(part.parentWidget()).__name__}"


def unreached(window: QWidget, view: QWidget) -> Iterator[str]:
    """Controls of a view that Tab never comes to, going round once."""
    seen = round_by_tab(window, view)
    for part in parts(view):
        stops = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled()
        if stops and part not in seen and part.focusProxy() is None:
            yield f"{type(part).__name__} {part.accessibleName()!r}"


def round_by_tab(window: QWidget, view: QWidget) -> list[QWidget]:
    """Where Tab leads from where the keyboard begins in a view, until it is there again.

    A place may keep a few Tabs for itself, as a table does for its columns.
    """
    seen: list[QWidget] = []
    kept = 0
    view.setFocus(Qt.FocusReason.TabFocusReason)
    while (now := window.focusWidget()) is not None and kept < 9:
        kept = kept + 1 if seen[-1:] == [now] else 0
        if now in seen[:-1] and not kept:
            break
        seen += [] if kept else [now]
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return seen


def faint(window: QWidget, least: float = 4.5) -> Iterator[str]:
    """Words of the window whose ink has too little contrast to their ground."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    scale = picture.devicePixelRatio()
    for part in parts(window):
        if not isinstance(part, QLabel | QAbstractButton | Elided) or not part.isEnabled():
            continue
        area = QRect(part.mapTo(window, QPoint()), part.size())
        area = area.intersected(part.visibleRegion().boundingRect().translated(area.topLeft()))
        if not part.text().strip() or area.isEmpty() or area.height() < part.height():
            continue  # nothing of it is seen, or it is scrolled out in part, perhaps all its ink
        piece = picture.copy(QRect(area.topLeft() * scale, area.size() * scale))
        seen = Counter(memoryview(piece.constBits()).cast("I"))
        ground = QColor(seen.most_common(1)[0][0])
        best = max(contrast(QColor(each), ground) for each in seen)
        if best < least:
            yield f"{type(part).__name__} {part.text()!r}: {best:.2f}"
