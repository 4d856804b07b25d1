"""Asks how a play is to be written, how much of it, and where."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from stage.director.exporting import Wanted, forms
from stage.director.opened import OpenPlay
from stage.ui.desk.choosing import Choosing, file_name
from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, heading, label

PARTS = ("lane", "path", "whole", "to", "under")


class Export(Dialog):
    """Two choices and a file.

    Attributes:
        wanted: what was chosen, None until it is.
        target: the file.
    """

    def __init__(
        self, play: OpenPlay, line: str = "", choosing: Choosing | None = None,
        parent: QWidget | None = None, *, leaf: str = "",
    ) -> None:  # fmt: skip
        """Ask about a play; the chosen line and where the lane on stage ends, "" for none."""
        super().__init__(parent, spacing=8)
        self._play, self._line, self._leaf = play, line, leaf
        self._part = ""  # what was chosen by hand; it stays with another form
        self._choosing = choosing or Choosing()
        self.wanted: Wanted | None = None
        self.target = Path()
        self.setWindowTitle(self.tr("Export “{0}”").format(play.scene.title))
        self.form = Choice(self.tr("Form"), self)
        self.part = Choice(self.tr("How much"), self)
        self.file = QLineEdit(self)
        self.file.setAccessibleName(self.tr("File"))
        theme.dress(self.file, "field")
        self.error = label(wrap=True)
        theme.dress(self.error, "warning")
        self.write = Button(self.tr("Write"), primary=True, parent=self)
        self._about = label(role=MUTED, wrap=True, font=fonts.interface(fonts.SMALL))
        for each in forms():
            self.form.addItem(each.title, each.id)
        self._lay_out()
        self.form.activated.connect(self._formed)
        self.part.activated.connect(self._parted)
        self.write.clicked.connect(self.try_to_write)
        self.setMinimumWidth(560)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        usual = Path(folder) if folder and Path(folder).is_dir() else Path.home()
        self._folder = self._choosing.folder("exports") or usual
        self._formed()

    def _lay_out(self) -> None:
        choose = Button(self.tr("Choose"), parent=self)
        choose.setAccessibleName(self.tr("Choose the file"))
        choose.clicked.connect(self._choose)
        column = self.column
        column.addWidget(heading(self.tr("Form")))
        column.addWidget(self.form)
        column.addWidget(heading(self.tr("How much")))
        column.addWidget(self.part)
        column.addWidget(self._about)
        column.addWidget(heading(self.tr("A new file")))
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(choose)
        column.addLayout(row)
        column.addWidget(self.error)
        column.addStretch(1)
        self.add_foot(self.write)
        self.error.hide()

    def try_to_write(self) -> None:
        """Accept where the file can be one, else say what is wrong."""
        typed = target = Path(self.file.text().strip())
        why = ""
        try:
            target = typed.expanduser()
            if not target.name or not target.parent.is_dir():
                why = self.tr("There is no folder {0}; choose another.").format(target.parent)
            elif target.exists():
                why = self.tr("There is a file of that name; name a new one.")
        except (OSError, RuntimeError, ValueError):  # too long, ~nobody, a zero in it
            why = self.tr("No file can be called {0}; choose another name.").format(typed.name)
        self.error.setText(why)
        self.error.setVisible(bool(why))
        if not why:
            self.wanted, self.target = self._wanted(), target
            self._choosing.keep("exports", target)
            self.accept()

    def _wanted(self) -> Wanted:
        play, part = self._play, str(self.part.currentData())
        form = next(each for each in forms() if each.id == self.form.currentData())
        if part == "lane":
            return Wanted(play.id, form.id, leaf=self._leaf)
        if part == "to":
            return Wanted(play.id, form.id, leaf=self._line)
        if part == "under":
            return Wanted(play.id, form.id, top=self._line)
        if part == "whole":
            return Wanted(play.id, form.id, top=None if form.whole else play.start)
        return Wanted(play.id, form.id, leaf=play.tree.canonical or play.leaf)

    def _parted(self) -> None:
        self._part = str(self.part.currentData())

    def _parts(self) -> list[str]:
        """What may be chosen; where a lane shows the play, nobody means the path last visited."""
        lacks = {"to", "under"} if not self._line else set()
        if not self._leaf:
            lacks.add("lane")
        elif not self._play.tree.canonical:
            lacks.add("path")
        return [each for each in PARTS if each not in lacks]

    def _formed(self) -> None:
        form = next(each for each in forms() if each.id == self.form.currentData())
        titles = {
            "lane": self.tr("The branch on stage"),
            "path": self.tr("The path that counts")
            if self._play.tree.canonical
            else self.tr("The path last visited"),
            "whole": self.tr("The whole play, every branch"),
            "to": self.tr("The path down to the chosen line"),
            "under": self.tr("The chosen line and all that stands under it"),
        }
        able = ["whole"] if form.lossless else self._parts()
        self.part.clear()
        for each in able:
            self.part.addItem(titles[each], each)
        usual = "whole" if form.whole else "path" if "path" in able else "lane"
        self.part.setCurrentIndex(max(0, self.part.findData(self._part or usual)))
        lossless = self.tr("Keeps everything: it comes back as it went.")
        told = self.tr("What this form does not keep is listed when it is written.")
        self._about.setText(lossless if form.lossless else told)
        self._name(form.suffix)

    def _name(self, suffix: str) -> None:
        plain = file_name(self._play.scene.title, self.tr("play"))
        target, number = self._folder / f"{plain}{suffix}", 1
        while target.exists():
            number += 1
            target = self._folder / f"{plain} {number}{suffix}"
        self.file.setText(str(target))

    def _choose(self) -> None:
        title = self.tr("Export into a new file")
        self._choosing.a_new_one(self, "exports", title, "", self.file.text(), self.file.setText)
