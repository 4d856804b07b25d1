import hashlib

KEYS = [
    "text", "tokens", "frame", "model", "as", "at", "left_out", "repairs", "warnings",
    "template_hash", "lore", "macros",
]  # fmt: skip


def test_it_is_the_prompt_the_line_was_spoken_from(played, stage, tmp_path):
    library = tmp_path / "library.db"
    before = hashlib.sha256(library.read_bytes()).digest()
    play = played[-1]["play"]
    views = {}
    for row in played[:-1]:
        asked = (row["parent"], row["speaker"], row["model"])
        if asked not in views:  # the takes of a turn were spoken from one prompt
            at = ["--at", row["parent"]] if row["parent"] else []
            words = ("--as", row["speaker"], "--model", row["model"], "--json")
            said = stage("prompt", play, *at, *words)
            assert said.code == 0, said.err
            views[asked] = said.rows[0]
        view = views[asked]
        assert list(view) == KEYS
        sent = stage("line", row["id"], "--json").rows[0]
        if row["parent"]:
            assert (view["text"], view["tokens"]) == (
                sent["prompt"]["text"], sent["prompt"]["tokens"],
            )  # fmt: skip
            assert (view["frame"], view["as"]) == (sent["frame"], row["speaker"])
    assert hashlib.sha256(library.read_bytes()).digest() == before


def test_frames_words_and_differences(played, stage):
    play = played[-1]["play"]
    words = stage("prompt", play, "--as", "iris", "--model", "chat", "--frame", "transcript")
    assert words.code == 0
    assert "Iris:" in words.out
    assert "tokens for stage-chat, frame transcript" in words.out
    two = stage("prompt", play, "--as", "Iris", "--diff", "Marlow", "--json").rows[0]
    assert two["one"]["as"] == "Iris"
    assert two["other"]["as"] == "Marlow"
    assert any(row.startswith("-") and "Iris" in row for row in two["diff"])
    shown = stage("prompt", play, "--as", "Iris", "--diff", "Marlow")
    assert shown.out.startswith("--- Iris")
    assert stage("prompt", play, "--as", "Iris", "--diff", "Iris").out.strip() == (
        "Both receive the same."
    )


def test_bad_input_is_one_sentence(played, stage, tmp_path):
    play = played[-1]["play"]
    for words, reason in (
        ([play, "--as", "Nobody"], "called Nobody"),
        ([play, "--as", "Iris", "--at", "x"], "no line x"),
        ([play, "--as", "Iris", "--model", "x"], "no model called x"),
        ([play, "--as", "Iris", "--frame", "x"], "x"),
        (["gone", "--as", "Iris"], "gone"),
    ):
        said = stage("prompt", *words)
        assert (said.code, said.out) == (2, "")
        assert len(said.err.strip().splitlines()) == 1
        assert reason in said.err
    missing = tmp_path / "missing.db"
    assert stage("prompt", play, "--as", "Iris", library=missing).code == 2
    assert not missing.exists()
