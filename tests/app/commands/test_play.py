import json
import os
import signal
import subprocess
import sys
import time

import pytest

KEYS = [
    "event",
    "id",
    "parent",
    "play",
    "speaker",
    "model",
    "take",
    "text",
    "generated",
    "stop",
    "seconds",
    "prompt_tokens_evaluated",
]


def test_every_take_is_told_and_one_is_followed(played, stage):
    *lines, done = played
    assert done["event"] == "done"
    assert done["lines"] == len(lines) == 8
    assert all(list(row) == KEYS for row in lines)
    assert {(row["model"], row["take"]) for row in lines} == {
        (model, take) for model in ("base", "chat") for take in (1, 2)
    }
    parents = list(dict.fromkeys(row["parent"] for row in lines))
    assert len(parents) == 2
    followed = next(row for row in lines if row["id"] == parents[1])
    assert (followed["model"], followed["take"]) == ("base", 1)
    assert done["leaf"] in {row["id"] for row in lines if row["parent"] == parents[1]}
    tree = {row["id"]: row for row in stage("tree", done["play"], "--json").rows}
    for row in lines:
        stored = tree[row["id"]]
        assert [stored[key] for key in ("parent", "speaker", "model", "take", "text")] == [
            row[key] for key in ("parent", "speaker", "model", "take", "text")
        ]


def test_the_same_seed_plays_the_same(played, stage, shipped):
    again = stage(
        "play",
        shipped / "scenes" / "3-both.toml",
        "--turns",
        1,
        "--takes",
        2,
        "--seed",
        5,
        "--json",
    ).rows
    texts = {(row["model"], row["take"]): row["text"] for row in again[:-1]}
    first = {(row["model"], row["take"]): row["text"] for row in played[:4]}
    assert texts == first


def test_a_play_goes_on_where_it_stood_or_at_a_line(played, stage):
    done = played[-1]
    on = stage("play", "--continue", done["play"], "--turns", 1, "--takes", 1, "--json")
    assert on.rows[0]["parent"] == done["leaf"]
    branch = stage(
        "play",
        "--continue",
        done["play"],
        "--at",
        played[0]["id"],
        "--turns",
        1,
        "--takes",
        1,
        "--json",
    )
    assert branch.rows[0]["parent"] == played[0]["id"]


def test_people_are_skipped_and_manual_plays_round_robin(stage, shipped, tmp_path):
    scene = tmp_path / "manual.toml"
    scene.write_text(
        (shipped / "scenes" / "3-both.toml").read_text().replace("round_robin", "manual")
    )
    said = stage("play", scene, "--turns", 1, "--takes", 1, "--json")
    assert said.code == 0
    assert "manual" in said.err
    assert "Guest" in said.err
    assert said.rows[0]["speaker"] == "Iris"


def test_another_file_plays_the_part(stage, shipped):
    chat = shipped / "models" / "stage-chat.gguf"
    said = stage(
        "play",
        shipped / "scenes" / "1-base.toml",
        "--turns",
        1,
        "--model",
        f"base={chat}",
        "--json",
    )
    detail = stage("line", said.rows[0]["id"], "--json").rows[0]
    assert detail["model"]["path"] == str(chat)
    assert detail["frame"] == "self"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["nowhere.toml"], "does not exist"),
        ([], "scene"),
        (["SCENE", "--model", "nobody=x.gguf"], "no model called nobody"),
        (["SCENE", "--model", "base=gone.gguf"], "gone.gguf"),
        (["SCENE", "--model", "base=FAKE"], "FAKE"),
        (["SCENE", "--model", "base=CUT"], "CUT"),
        (["SCENE", "--takes", "0"], "takes"),
        (["SCENE", "--takes", "65"], "takes"),
        (["SCENE", "--turns", "-1"], "turns"),
        (["SCENE", "--at", "x"], "--at"),
        (["--continue", "x"], "no library"),
        (["UNKNOWN"], "nessie"),
        (["BROKEN"], "TOML"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(words, reason, stage, shipped, tmp_path):
    good = (shipped / "scenes" / "1-base.toml").read_text()
    files = {
        "SCENE": good,
        "UNKNOWN": good.replace('"tamsin"', '"nessie"'),
        "BROKEN": good + "\n[[[",
        "FAKE": "<html>404</html>" * 10,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    whole = (shipped / "models" / "stage-base.gguf").read_bytes()
    (tmp_path / "CUT").write_bytes(whole[: len(whole) // 2])
    named = [_placed(word, tmp_path) for word in words]
    said = stage("play", *named)
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert reason in said.err
    assert not (tmp_path / "library.db").exists()


def _placed(word, folder):
    for name in ("SCENE", "UNKNOWN", "BROKEN", "FAKE", "CUT"):
        if word.endswith(name):
            return word.replace(name, str(folder / name))
    return word


def test_ctrl_c_keeps_what_was_said(shipped, tmp_path, stage):
    library = tmp_path / "library.db"
    words = ["play", str(shipped / "scenes" / "2-chat.toml"), "--turns", "500", "--takes", "4"]
    with subprocess.Popen(
        [sys.executable, "-m", "stage", *words, "--json", "--library", str(library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        first = json.loads(process.stdout.readline())
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the whole group hears it
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    rows = [first, *(json.loads(line) for line in out.splitlines())]
    assert rows[-1]["event"] == "done"
    tree = {row["id"]: row for row in stage("tree", first["play"], "--json").rows}
    assert all(tree[row["id"]]["text"] == row["text"] for row in rows[:-1])


def test_a_library_in_use_names_its_holder(shipped, tmp_path, stage):
    process = subprocess.Popen(
        [sys.executable, "-m", "stage", "play", str(shipped / "scenes" / "2-chat.toml"),
         "--turns", "500", "--json", "--library", str(tmp_path / "library.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    try:
        play = json.loads(process.stdout.readline())["play"]
        for words, code in ((("do", "rename", "title=x", "--play", play), 1), (("plays",), 0)):
            said = stage(*words)  # it can be read meanwhile
            assert said.code == code
            assert str(process.pid) in said.err
            assert len(said.err.strip().splitlines()) == 1
    finally:
        process.kill()
        process.communicate()


def test_a_chain_of_any_samplers_is_stored_as_it_was_written(stage, shipped, tmp_path):
    chain = [
        {"name": "logit_bias", "biases": [[5, -2.5]]},
        {"name": "dry", "multiplier": 0.8, "base": 1.75, "allowed": 2, "last_n": 64,
         "breakers": ["\n", "*"]},
        {"name": "top_n_sigma", "n": 2},
        {"name": "xtc", "p": 0.3, "threshold": 0.1, "keep": 1},
        {"name": "dynamic_temperature", "t": 0.9, "delta": 0.3, "exponent": 1.0},
        {"name": "mirostat_v2", "tau": 4, "eta": 0.1},
    ]  # fmt: skip
    written = ", ".join(
        "{" + ", ".join(f"{key} = {json.dumps(value)}" for key, value in step.items()) + "}"
        for step in chain
    )
    scene = tmp_path / "scene.toml"
    model = shipped / "models" / "stage-base.gguf"
    text = f'title = "T"\nsetting = "A room."\n[models]\nbase = "{model.as_posix()}"\n'
    cast = '[[cast]]\npersona = "{}"\nmodel = "base"\nsampler = {{{}}}\n'
    text += cast.format("iris", f"chain = [{written}], max_tokens = 6")
    text += cast.format("marlow", 'preset = "wild", max_tokens = 6')
    scene.write_text(text)
    played = stage("play", scene, "--turns", 2, "--seed", 3, "--json")
    assert played.code == 0, played.err
    ann, bob, _ = played.rows
    assert stage("line", ann["id"], "--json").rows[0]["sampler"]["chain"] == chain
    names = [
        step["name"] for step in stage("line", bob["id"], "--json").rows[0]["sampler"]["chain"]
    ]
    assert names == ["dry", "min_p", "xtc", "temperature", "dist"]


def test_a_broken_grammar_is_told_and_nothing_crashes(stage, shipped, tmp_path):
    scene = tmp_path / "scene.toml"
    model = shipped / "models" / "stage-base.gguf"
    scene.write_text(
        f'title = "T"\nsetting = "A room."\n[models]\nbase = "{model.as_posix()}"\n'
        '[[cast]]\npersona = "iris"\nmodel = "base"\n'
        'sampler = {chain = [{name = "grammar", text = "root = nonsense"}]}\n'
        '[[cast]]\npersona = "marlow"\nmodel = "base"\n'
    )
    played = stage("play", scene, "--turns", 1, "--json")
    assert "cannot read the grammar" in played.out + played.err
    assert "Traceback" not in played.err


def test_what_has_no_room_is_said_before_the_line(stage, shipped, tmp_path):
    long = "A long remark about the sea and the weather and the boats. " * 9
    rows = "".join(
        f'[[opening]]\nspeaker = "Marlow"\ntext = "{number} {long}"\n' for number in range(8)
    )
    scene = tmp_path / "long.toml"
    scene.write_text((shipped / "scenes" / "1-base.toml").read_text() + rows)
    said = stage("play", scene, "--turns", 1, "--json")
    assert said.code == 0, said.err
    lost, line = said.rows[:2]
    assert (lost["event"], line["event"], lost["speaker"]) == ("left_out", "line", line["speaker"])
    sent = stage("line", line["id"], "--json").rows[0]
    assert [each["line"] for each in lost["dropped"]] == [
        each["line"] for each in sent["prompt"]["dropped"]
    ]
    assert "left out: line" in stage("line", line["id"]).out
