"""The column of text in a lane: how wide it is, and where it stands."""

from PySide6.QtWidgets import QTextEdit

from stage.ui.dress import fonts
from stage.ui.lanes.ink import GUTTER

MEASURE = 70  # characters in a row at most
MARGIN = 20


def fit(text: QTextEdit, size: float) -> float:
    """Keep the column at a comfortable measure, in the middle of a wide lane; how wide it is."""
    widest = int(MEASURE * text.fontMetrics().averageCharWidth() * size / fonts.INTERFACE)
    room = text.viewport().width() - GUTTER - MARGIN
    spare = max(0, room - min(room, widest)) // 2
    form = text.document().rootFrame().frameFormat()
    if form.leftMargin() != GUTTER + spare or form.rightMargin() != MARGIN + spare:
        form.setLeftMargin(GUTTER + spare)
        form.setRightMargin(MARGIN + spare)
        form.setTopMargin(18)
        form.setBottomMargin(28)
        text.document().rootFrame().setFrameFormat(form)
    return float(room - 2 * spare)
