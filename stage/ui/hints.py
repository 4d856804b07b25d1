"""What the names of frames and kinds of lines mean, in a sentence shown over them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt

from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import plain_tip
from stage.ui.words import tr

FRAMES: Mapping[str, str] = {
    "transcript": "A script with names that a base model goes on writing.",
    "screenplay": "A script for base models, names in capitals on rows of their own.",
    "self": "The persona is the assistant of a chat, all others speak in the user's turn.",
    "all_assistant": "The assistant writes every model's part, people are the user.",
    "script_user": "The whole script in one turn of the user, to be continued.",
    "raw": "A script that a chat model goes on writing, without its template.",
    "prose": "One text that goes on, without names, title or cast.",
    "untitled": "A chat model prints a file that happens to be the script.",
    "user_slot": "Another member is the assistant, this one is written as the user.",
}
KINDS: Mapping[str, str] = {
    "speech": "Everybody on stage hears it.",
    "thought": "Only whoever thinks it is told.",
    "aside": "For spectators: nobody on stage hears it.",
    "whisper": "Only the speaker and whoever is named hear it.",
    "direction": "What is to happen; everybody on stage is told.",
    "narration": "What happens; everybody on stage is told.",
    "ooc": "No model is told.",
}
READ = "Markdown as it is meant; a row with more than 80 marks stays as it was said."


def explain(choice: Choice, hints: Mapping[str, str]) -> None:
    """Say over each item what it means, and over the choice what the chosen one does."""
    for at in range(choice.count()):
        said = hints.get(str(choice.itemData(at)), "")
        tip = plain_tip(tr("hints", said)) if said else ""
        choice.setItemData(at, tip, Qt.ItemDataRole.ToolTipRole)

    def follow(at: int) -> None:
        choice.setToolTip(str(choice.itemData(at, Qt.ItemDataRole.ToolTipRole) or ""))

    choice.currentIndexChanged.connect(follow)
    follow(choice.currentIndex())
