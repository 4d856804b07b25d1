"""Which member of the cast is looked at, and at which line."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.events import Changed
from stage.play.cast import Member
from stage.play.line import Line
from stage.ui.desk.desk import Desk


class Casting(QObject):
    """Follows the chosen line; without one, the line the current lane stands on.

    Signals:
        changed: the member, the line or the cast is another one.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Look at the first member."""
        super().__init__(parent)
        self.desk = desk
        self._chosen = ""
        desk.session.opened.connect(self.changed)
        desk.session.chose.connect(self.changed)
        desk.session.moved.connect(self._moved)
        desk.bridge.changed.connect(self._moved)

    @property
    def line(self) -> Line | None:
        """The line from which on an edit counts."""
        return self.desk.session.chosen_line()

    @property
    def cast(self) -> tuple[Member, ...]:
        """The cast as it is after that line."""
        play, line = self.desk.session.play, self.line
        return play.cast(line.id).members if play is not None and line is not None else ()

    @property
    def models(self) -> dict[str, str]:
        """The titles of the play's models, by the scene's names of them."""
        play = self.desk.session.play
        return play.titles if play is not None else {}

    @property
    def member(self) -> Member | None:
        """Who is looked at."""
        members = self.cast
        found = next((each for each in members if each.id == self._chosen), None)
        return found or (members[0] if members else None)

    @property
    def there(self) -> bool:
        """Whether the member is on stage after the line."""
        play, line, member = self.desk.session.play, self.line, self.member
        if play is None or line is None or member is None:
            return False
        return member.id in play.present(line.id)

    def choose(self, member: str) -> None:
        """Look at a member."""
        if member != self._chosen:
            self._chosen = member
            self.changed.emit()

    def do(self, operation: str, **given: Any) -> None:
        """Do an operation on the member, from the line on."""
        line, member = self.line, self.member
        if line is not None and member is not None:
            self.desk.steps.do(operation, line.id, member=member.label, **given)

    def follow(self, done: Changed) -> None:
        """Go to the line that an operation made, so that what it did is seen."""
        session = self.desk.session
        if done.made and session.play is not None and session.play.id == done.play:
            session.move(session.at, done.made[-1])
            session.choose(done.made[-1])

    def _moved(self, _: object) -> None:
        self.changed.emit()
