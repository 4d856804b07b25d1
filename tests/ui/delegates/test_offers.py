from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListView

from stage.ui.actions.menus import Offer
from stage.ui.delegates.offers import OfferRow
from stage.ui.models.offers import OffersModel


def test_reason_and_key_are_painted_beside_the_words(shown: Any) -> None:
    def picture(offer: Offer) -> bytes:
        view = shown(QListView(), 500, 40)
        view.setModel(OffersModel([offer], view))
        view.setItemDelegate(OfferRow(view))
        return bytes(view.viewport().grab().toImage().constBits())

    plain = picture(Offer("a", "Split", "", "", ""))
    assert picture(Offer("a", "Split", "", "Alt+S", "")) != plain
    assert picture(Offer("a", "Split", "", "", "No line is chosen.")) != plain
    row = OfferRow()
    assert isinstance(row.sizeHint(None, None), QSize)  # type: ignore[arg-type]
    row.deleteLater()
