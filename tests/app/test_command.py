import json

from stage.app.command import Output, clean


def test_json_rows_are_one_ascii_line_each(capsys):
    Output(json=True).row({"text": "é\n\u2028\ud800"}, "words")
    out = capsys.readouterr().out
    assert out.isascii()
    assert out.count("\n") == 1
    assert json.loads(out)["text"] == "é\n\u2028\ud800"


def test_words_and_notes_go_their_own_ways(capsys):
    output = Output(json=False)
    output.row({"a": 1}, "said")
    output.note("beside")
    output.progress("never on a pipe")
    said = capsys.readouterr()
    assert said.out == "said\n"
    assert said.err == "beside\n"


def test_control_characters_are_shown_and_not_obeyed():
    assert clean("a\x1b[31mred\x07\n\tb") == "a\\x1b[31mred\\x07\n\tb"
    assert clean("\u202eabc") == "\\x202eabc"
    assert clean("naïve 灯") == "naïve 灯"
