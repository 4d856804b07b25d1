from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from stage.ui.dialogs.sheets import AboutSheet, PromptSheet, ShortcutSheet
from stage.ui.words import beside_prompt


def test_a_prompt_is_plain_text(shown: Any) -> None:
    text = "<|im_start|>system\n<b>You</b> are <img src='/dev/zero'>.\n"
    made = shown(PromptSheet(text, "9 tokens"))
    assert made.findChild(QPlainTextEdit).toPlainText() == text


def test_a_prompt_says_what_is_not_in_it(shown: Any) -> None:
    prompt = {
        "dropped": [{"what": "line", "line": "x", "tokens": 3, "rule": "oldest line"}],
        "repairs": ["folded"],
        "segments": [
            {"lore": "Sea", "key": "ship", "macros": [{"macro": "{{roll:6}}", "value": "4"}]},
            {"lore": "Year", "key": "constant"},
        ],
    }
    rows = beside_prompt(prompt)
    assert rows == [
        "Lore: Sea, for ship.", "Macro: {{roll:6}} is '4'.",
        "Told always: Year.",
        "Left out: line, 3 tokens, oldest line.", "Repaired: folded.",
    ]  # fmt: skip
    made = shown(PromptSheet("text", "9 tokens", rows))
    texts = [each.toPlainText() for each in made.findChildren(QPlainTextEdit)]
    assert texts == ["text", "\n".join(rows)]


def test_a_shortcut_is_found_by_its_words_and_by_its_key(shown: Any) -> None:
    groups = [
        ("File", [("New play", "Ctrl+N"), ("Find a play", "Ctrl+P")]),
        ("Walk", [("Next line", "Alt+Right")]),
    ]
    made = shown(ShortcutSheet(groups))

    def seen() -> set[str]:
        texts = {each.text() for each in made.findChildren(QLabel) if each.isVisible()}
        return texts & {"File", "Walk", "New play", "Find a play", "Next line", made.none.text()}

    assert seen() == {"File", "Walk", "New play", "Find a play", "Next line"}
    for typed, found in (
        ("play find", {"File", "Find a play"}), ("ctrl+n", {"File", "New play"}),
        ("walk", {"Walk", "Next line"}), ("lamp", {made.none.text()}),
    ):  # fmt: skip
        made.search.setText(typed)
        assert seen() == found


def test_shortcuts_and_about_are_plain_labels(shown: Any) -> None:
    groups = [("File", [("New <b>play</b>", "Ctrl+N")]), ("View", [("Dark", "")])]
    for made in (shown(ShortcutSheet(groups)), shown(AboutSheet(["Version <i>1</i>"]))):
        assert all(each.textFormat().name == "PlainText" for each in made.findChildren(QLabel))
        made.findChild(QPushButton).click()
        assert not made.isVisible()
