"""What else the model might have said: the likeliest tokens at one place of a line."""

from math import exp

from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui import fonts, words
from stage.ui.desk import Desk
from stage.ui.panels.panel import Panel
from stage.ui.verbatim import printed
from stage.ui.widgets.bars import Bar, Bars
from stage.ui.widgets.labels import MUTED, Elided

MOST = 8


class AlternativesPanel(QWidget):
    """Bars for the token that was clicked; the first token of the chosen line until then."""

    def __init__(self, desk: Desk) -> None:
        """Follow the chosen line and the clicked token."""
        super().__init__()
        self._desk = desk
        self._line, self._token = "", 0
        self._other = -1  # of the alternatives that were not said
        self._about = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self._bars = Bars(self.tr("Alternatives"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._about)
        column.addWidget(self._bars)
        desk.wishes.token.connect(self._pinned)
        desk.session.chose.connect(self._chose)
        desk.session.moved.connect(self._moved)
        desk.details.arrived.connect(self._arrived)
        self._chose()

    def step(self, step: int) -> None:
        """Look at the token before or after."""
        reading = self._desk.details.known(self._line)
        if reading is not None and 0 <= self._token + step < len(reading.detail.tokens):
            self._desk.wishes.token.emit(self._line, self._token + step)

    def cycle(self, step: int) -> str:
        """Look at the next of the tokens that might have been said; tells it, "" for none."""
        reading = self._desk.details.known(self._line)
        if reading is None or self._token >= len(reading.detail.tokens):
            return ""
        token = reading.detail.tokens[self._token]
        others = [each for each in token["top"][:MOST] if each["id"] != token["id"]]
        if not others:
            return ""
        first = 0 if step > 0 else -1
        self._other = (self._other + step if self._other >= 0 else first) % len(others)
        self._show()
        other = others[self._other]
        share = words.percent(exp(other["logprob"])) if other["logprob"] is not None else "?"
        said = self.tr("Alternative {0} of {1}: {2}, {3}.")
        return said.format(self._other + 1, len(others), printed(other["text"] or ""), share)

    def _pinned(self, line_id: str, token: int) -> None:
        self._line, self._token, self._other = line_id, token, -1
        self._show()

    def _chose(self) -> None:
        line = self._desk.session.chosen_line()
        wanted = line.id if line else ""
        if wanted != self._line:
            self._line, self._token, self._other = wanted, 0, -1
        self._show()

    def _moved(self, at: int) -> None:
        self._chose()

    def _arrived(self, line_id: str) -> None:
        line = self._desk.session.chosen_line()
        if line_id == self._line or (line is not None and line.id == line_id):
            self._show()

    def _show(self) -> None:
        play = self._desk.session.play
        line = play.tree[self._line] if play and self._line in play.tree else None
        if line is None or line.model is None:
            self._say(self.tr("A typed line has no tokens.") if line else "")
            return
        if line.reason is None:
            self._say(self.tr("Shown when the line has ended."))
            return
        reading = self._desk.details.get(self._line)
        if reading is None or not reading.detail.tokens:
            self._say("")
            return
        self._token = min(self._token, len(reading.detail.tokens) - 1)
        token = reading.detail.tokens[self._token]
        others = [each for each in token["top"][:MOST] if each["id"] != token["id"]]
        looked_at = others[self._other]["id"] if 0 <= self._other < len(others) else None
        rows = [
            _bar(each, chosen=each["id"] == token["id"], looked_at=each["id"] == looked_at)
            for each in token["top"][:MOST]
        ]
        if token["id"] not in [each["id"] for each in token["top"][:MOST]]:
            rows.append(_bar(token, chosen=True))
        place = self.tr("Token {0} of {1}").format(self._token + 1, len(reading.detail.tokens))
        self._about.set_text(f"{place}: {printed(token['text'])}")
        self._bars.show_rows(rows)

    def _say(self, sentence: str) -> None:
        self._about.set_text(sentence)
        self._bars.show_rows(())


def _bar(token: dict, *, chosen: bool, looked_at: bool = False) -> Bar:
    share = exp(token["logprob"]) if token["logprob"] is not None else 0.0
    text = printed(token["text"] or "")
    return Bar(f"\u25b8{text}" if looked_at else text, share, words.percent(share), chosen)


ENTRY = Panel("alternatives", "Token", "right", AlternativesPanel)
