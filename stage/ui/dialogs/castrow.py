"""Somebody of a cast that is put together: picture, name, what they are, and who plays them."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.play.persona import Persona
from stage.ui.dress import fonts
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, Elided
from stage.ui.widgets.portrait import Portrait

FACE = 40  # pixels
TOLD = 400  # characters of what somebody is; the tooltip has them


class CastRow(QWidget):
    """One member.

    Signals:
        out: they are to take no part.
    """

    out = Signal()

    def __init__(self, persona: Persona, parent: QWidget | None = None) -> None:
        """Show a persona that nobody plays yet."""
        super().__init__(parent)
        self.actor = Choice(self.tr("Who plays {0}").format(persona.name), self)
        self.face = Portrait(FACE, self)
        self.face.show_of(persona)
        about = persona.public or persona.text("description") or persona.text("personality")
        about = re.sub(r"\{\{char\}\}|<BOT>", persona.name, about, flags=re.IGNORECASE)
        away = Link(self.tr("Take out"), self)
        away.setAccessibleName(self.tr("Take {0} out").format(persona.name))
        away.clicked.connect(self.out)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(persona.name, parent=self))
        if about:
            small = fonts.interface(fonts.SMALL)
            words.addWidget(Elided(about[:TOLD], font=small, role=MUTED, parent=self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.face)
        row.addLayout(words, 1)
        row.addWidget(self.actor)
        row.addWidget(away)
