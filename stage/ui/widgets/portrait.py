"""The picture of a persona, small: decoded beside the window, whatever it is."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import isValid

from stage.director.cards import picture_of
from stage.kit.tasks import spawn
from stage.play.persona import Persona

MOST = 16_000_000  # pixels of a picture that are decoded for it


class Portrait(QLabel):
    """A square of a picture, hidden where there is none.

    Signals:
        settled: it is known whether there is one.
    """

    settled = Signal()

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        """Show nobody; `side` is in pixels."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._side = side
        self._of: Persona | None = None
        self.setFixedWidth(side)
        self.hide()

    def show_of(self, persona: Persona | None) -> None:
        """Show the picture of a persona's card, as soon as it is decoded."""
        was, self._of = self._of, persona
        if persona is None or was is None or persona.name != was.name:
            self.hide()
        if persona is not None and (was is None or persona.version != was.version):
            spawn(self._show(persona), name="picture of a persona")

    async def _show(self, persona: Persona) -> None:
        ratio = self.devicePixelRatioF()
        image = await picture_of(persona, lambda data: middle(data, round(self._side * ratio)))
        if persona is not self._of or not isValid(self):
            return
        self.setVisible(image is not None)
        if image is not None:
            face = QPixmap.fromImage(image)
            face.setDevicePixelRatio(ratio)
            self.setPixmap(face)
            self.setAccessibleName(self.tr("Picture of {0}").format(persona.name))
        self.settled.emit()


def middle(data: bytes, side: int) -> QImage | None:
    """The upper middle of a PNG as a square; None for what is none, or has too many pixels.

    Its head says how many before anything of it is decoded, and no other form of picture is
    tried: some name files.
    """
    bytes_ = QByteArray(data)
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"png"))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if not size.isValid() or not 0 < size.width() * size.height() <= MOST:
        return None
    wide = size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    if wide.width() * wide.height() > MOST:
        return None  # a strip: so narrow that the whole would be far longer than wide
    reader.setScaledSize(wide)
    image = reader.read()
    if image.isNull():
        return None
    return image.copy((image.width() - side) // 2, 0, side, side)
