"""A persona from nothing: a name, who they are, and how they greet."""

from PySide6.QtWidgets import QLineEdit, QWidget

from stage.director.cards import write_new
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.persona import Persona
from stage.ui.dress import theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.paragraph import Paragraph


class NewPersona(Dialog):
    """Asks for what a card needs; all else can be written in the cast view.

    Attributes:
        made: the name it is known by and the persona, None until it is kept.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.made: tuple[str, Persona] | None = None
        self.setWindowTitle(self.tr("New persona"))
        self.setMinimumWidth(560)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Name"))
        theme.dress(self.name, "field")
        self.description = Paragraph(self.tr("Description, private"), self)
        self.public = Paragraph(self.tr("What everybody may know"), self)
        self.greeting = Paragraph(self.tr("Greeting"), self)
        self.keep = Button(self.tr("Keep"), primary=True, parent=self)
        about = self.tr("Kept as a card of your own; the view Cast has all other fields.")
        self.column.addWidget(label(about, role=MUTED, wrap=True))
        self.column.addLayout(form((self.name, self.description, self.public, self.greeting)))
        self.error = label(wrap=True)
        theme.dress(self.error, "warning")
        self.error.hide()
        self.column.addWidget(self.error)
        self.column.addStretch(1)
        self.add_foot(self.keep)
        self.name.textChanged.connect(self._typed)
        self.keep.clicked.connect(self._begin)
        self._typed()

    def texts(self) -> dict[str, str]:
        """What was written, by field of the card."""
        pages = {"description": self.description, "public": self.public, "first_mes": self.greeting}
        return {field: page.toPlainText().strip() for field, page in pages.items()}

    async def try_to_keep(self) -> None:
        """Accept once it is kept, else say why it is not."""
        try:
            self.made = await write_new(self.name.text(), self.texts())
        except KnownError as error:
            self.error.setText(error.sentence)
            self.error.show()
        else:
            self.accept()

    def _begin(self) -> None:
        spawn(self.try_to_keep(), name="keep a persona")

    def _typed(self) -> None:
        self.keep.setEnabled(bool(self.name.text().strip()))
