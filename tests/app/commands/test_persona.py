from stage.formats import cards, png

CARD = (
    '{"name": "Nell Green", "description": "You mend nets.", "first_mes": "Who is there?",'
    ' "odd": 1.50}'
)


def test_a_card_comes_in_goes_out_and_takes_part(stage, shipped, tmp_path):
    picture = png.with_cards(png.blank(), [("chara", CARD)])
    (tmp_path / "nell.png").write_bytes(picture)
    said = stage("persona", "import", tmp_path / "nell.png", "--json")
    assert said.code == 0, said.err
    row = said.rows[0]
    assert (row["name"], row["label"], row["card_version"]) == ("nell-green", "Nell Green", 1)
    assert row["kept_unused"] == ["odd"]
    assert row["greetings"] == ["Who is there?"]
    shown = stage("persona", "show", "nell-green", "--json").rows[0]
    assert shown["persona_version"] == row["persona_version"]
    out = tmp_path / "out.png"
    assert stage("persona", "export", "nell-green", "--output", out).code == 0
    assert png.with_cards(out.read_bytes(), []) == png.with_cards(picture, [])
    again = cards.read(out.read_bytes(), where="x")
    assert CARD in again.text
    stage("persona", "export", "nell-green", "--format", "json", "--output", tmp_path / "o.json")
    assert (tmp_path / "o.json").read_text() == again.text
    scene = tmp_path / "scene.toml"
    scene.write_text(
        'title = "Nets"\nturns = 0\n[models]\nbase = "stage-base"\n[[cast]]\n'
        'persona = "nell-green"\nmodel = "base"\n'
        '[[opening]]\nspeaker = "Nell Green"\ngreeting = true\n'
    )
    played = stage("play", scene, "--turns", 0, "--json")
    assert played.code == 0, played.err
    tree = stage("tree", played.rows[-1]["play"], "--json").rows
    assert [row["text"] for row in tree] == ["Who is there?"]


def test_bad_input_is_one_sentence_and_nothing_is_overwritten(stage, tmp_path):
    (tmp_path / "bad.json").write_text("[]")
    (tmp_path / "iris.json").write_text('{"name": "Iris", "first_mes": "x"}')
    (tmp_path / "there").write_text("mine")
    for words, reason in (
        (["import", tmp_path / "bad.json"], "no character card"),
        (["import", tmp_path / "gone.png"], "cannot be read"),
        (["import", tmp_path / "iris.json"], "iris is there already"),
        (["export", "nobody"], "nobody is not known"),
        (["export", "iris", "--output", tmp_path / "there"], "cannot be written"),
        (["show", "nobody"], "nobody is not known"),
    ):
        said = stage("persona", *words)
        assert (said.code, said.out) == (2, "")
        assert len(said.err.strip().splitlines()) == 1
        assert reason in said.err
    assert (tmp_path / "there").read_text() == "mine"


def test_versions_are_listed_compared_and_gone_back_to(stage, shipped, tmp_path):
    played = stage("play", shipped / "scenes" / "1-base.toml", "--turns", 0, "--json")
    play = played.rows[-1]["play"]
    line = stage("tree", play, "--json").rows[0]["id"]
    edit = ["member=Iris", "field=description", "text=You have left."]
    done = stage("do", "edit_persona", "--line", line, *edit, "--json")
    assert done.code == 0, done.err
    old, new = stage("persona", "versions", "iris", "--json").rows
    assert (new["parent"], new["changed"], old["changed"]) == (old["version"], ["description"], [])
    (row,) = stage("persona", "diff", old["version"], new["version"], "--json").rows
    assert (row["field"], row["new"]) == ("description", "You have left.")
    assert "You have left." in stage("prompt", play, "--at", line, "--as", "Iris").out
    stage("do", "recast", "--line", line, "member=Iris", f"persona={old['version']}")
    assert "You have left." not in stage("prompt", play, "--at", line, "--as", "Iris").out
    said = stage("persona", "diff", "iris")
    assert (said.code, said.out) == (2, "")
    assert "Two names" in said.err


def test_what_only_the_library_has_is_shown_and_exported_too(stage, tmp_path):
    scene = tmp_path / "scene.toml"
    scene.write_text(
        'title = "T"\nturns = 0\n[models]\nbase = "stage-base"\n[[cast]]\nname = "Zoë"\n'
        'about = "You wait."\nmodel = "base"\n[[opening]]\nspeaker = "Zoë"\ntext = "Hm."\n'
    )
    assert stage("play", scene, "--turns", 0).code == 0
    (version,) = stage("persona", "versions", "zoë", "--json").rows
    for name in ("Zoë", version["version"]):
        shown = stage("persona", "show", name, "--json").rows[0]
        assert shown["persona_version"] == version["version"]
        assert shown["in_library"] == [version["version"]]
    out = tmp_path / "zoe.json"
    assert stage("persona", "export", "Zoë", "--format", "json", "--output", out).code == 0
    assert cards.read(out.read_bytes(), where="x").persona.version == version["version"]
