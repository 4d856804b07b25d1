"""How a model is loaded: what is left empty, Stage chooses."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from stage.director.shelving import CACHES, NUMBERS
from stage.ui.dress import fonts, theme
from stage.ui.widgets.fields import Check, Choice
from stage.ui.widgets.labels import MUTED, label


class LoadForm(QWidget):
    """Fields; each tells at once what it settles.

    Signals:
        settled: "key=value", "key=auto" forgets it.
    """

    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with everything left to Stage."""
        super().__init__(parent)
        self.fields: dict[str, QLineEdit] = {}
        self.kv = Choice(self.tr("Type of the cache"), self)
        self.map = Check(self.tr("map the file into memory"), self)
        self._settled: Mapping[str, Any] = {}
        titles = {
            "context": self.tr("Context, tokens a take"), "cells": self.tr("Cells, tokens in all"),
            "takes": self.tr("Takes at a time"), "gpu_layers": self.tr("Layers on the GPU"),
        }  # fmt: skip
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for at, (name, title) in enumerate(titles.items()):
            grid.addWidget(label(title, role=MUTED), at, 0)
            grid.addWidget(self._field(name, title), at, 1)
        grid.addWidget(label(self.tr("Type of the cache"), role=MUTED), len(titles), 0)
        grid.addWidget(self.kv, len(titles), 1)
        grid.addWidget(self.map, len(titles) + 1, 0, 1, 3)
        about = self.tr("Kept with the model wherever its file lies; used when it is loaded next.")
        small = fonts.interface(fonts.SMALL)
        grid.addWidget(label(about, font=small, role=MUTED, wrap=True), len(titles) + 2, 0, 1, 3)
        for kind in CACHES:
            self.kv.addItem(kind, kind)
        self.kv.activated.connect(self._cached)
        self.map.clicked.connect(self._mapped)

    def show_settled(self, settled: Mapping[str, Any]) -> None:
        """Show what is settled."""
        self._settled = settled
        for name, field in self.fields.items():
            if not field.hasFocus() or not field.isModified():
                field.setText(str(settled.get(name, "")))
                field.setModified(False)
        self.kv.setCurrentIndex(self.kv.findData(settled.get("kv", CACHES[0])))
        self.map.setChecked(bool(settled.get("map_file", True)))

    def _field(self, name: str, title: str) -> QLineEdit:
        low, high = NUMBERS[name]
        made = QLineEdit(self)
        made.setValidator(QIntValidator(0, high, made))
        made.setPlaceholderText(self.tr("Stage chooses") if low else "0")
        made.setAccessibleName(title)
        made.setMaximumWidth(made.fontMetrics().horizontalAdvance("0") * 18 + 24)
        theme.dress(made, "field")
        made.editingFinished.connect(partial(self._typed, name))
        self.fields[name] = made
        return made

    def _typed(self, name: str) -> None:
        field = self.fields[name]
        if field.isModified():
            field.setModified(False)
            self.settled.emit(f"{name}={field.text().strip() or 'auto'}")

    def _cached(self) -> None:
        chosen = str(self.kv.currentData())
        self.settled.emit(f"kv={'auto' if chosen == CACHES[0] else chosen}")

    def _mapped(self, on: bool) -> None:
        self.settled.emit(f"map_file={'auto' if on else 'false'}")
