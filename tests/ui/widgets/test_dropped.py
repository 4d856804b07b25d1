from __future__ import annotations

from PySide6.QtCore import QMimeData, QUrl

from stage.ui.widgets.dropped import files


def test_only_files_of_this_machine_count_and_only_those_of_a_kind() -> None:
    mime = QMimeData()
    mime.setUrls(
        [QUrl(each) for each in ("file:///a/One.PNG", "https://b/two.png", "file:///c.txt")]
    )
    assert files(mime) == ["/a/One.PNG", "/c.txt"]
    assert files(mime, ".png") == ["/a/One.PNG"]
    words = QMimeData()
    words.setText("file:///a/One.PNG")
    assert files(words) == []
