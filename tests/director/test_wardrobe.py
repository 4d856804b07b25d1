import pytest

from stage.director.wardrobe import (
    LARGEST,
    known_persona,
    load_persona,
    load_scene,
    model_file,
    read_text,
    shipped,
)
from stage.kit.errors import BadInput


@pytest.mark.parametrize("file", shipped("scenes"), ids=lambda path: path.stem)
def test_every_shipped_scene_can_be_played(file):
    scene = load_scene(file)
    assert scene.turns > 0
    assert [model_file(name) for name in scene.models.values()]
    assert all(member.persona.name for member in scene.cast)


@pytest.mark.parametrize("file", shipped("personas"), ids=lambda path: path.stem)
def test_every_shipped_persona_is_a_card(file):
    assert load_persona(file.stem, beside=file.parent).card["spec"] == "chara_card_v3"


def test_files_of_a_scene_are_looked_for_beside_it(tmp_path):
    (tmp_path / "ada.json").write_text(
        '{"spec": "chara_card_v3", "spec_version": "3.0", "data": {"name": "Ada"}}'
    )
    (tmp_path / "scene.toml").write_text(
        'title = "T"\n[models]\nm = "own.gguf"\n[[cast]]\npersona = "ada.json"\nmodel = "m"\n'
    )
    scene = load_scene(tmp_path / "scene.toml")
    assert scene.models == {"m": str(tmp_path / "own.gguf")}
    assert [member.label for member in scene.cast] == ["Ada"]


def test_another_file_can_be_named_and_only_for_a_model_of_the_scene(tmp_path):
    scene = load_scene(shipped("scenes")[0], {"base": "other.gguf"})
    assert scene.models["base"].endswith("/other.gguf")
    with pytest.raises(BadInput, match="no model called nobody"):
        load_scene(shipped("scenes")[0], {"nobody": "x.gguf"})


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"])
def test_what_cannot_be_read_is_one_sentence(content, tmp_path):
    path = tmp_path / "scene.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=r"scene\.toml"):
        read_text(path, "scene")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "scene.toml"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)  # takes no room
    with pytest.raises(BadInput, match="larger than 64 MiB"):
        load_scene(path)


def test_a_folder_is_not_a_scene(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        load_scene(tmp_path)


def test_a_missing_model_is_told():
    with pytest.raises(BadInput, match=r"gone\.gguf does not exist"):
        model_file("gone.gguf")


@pytest.mark.parametrize("name", ["nobody", "../personas/iris", "a" * 5000, "", ".", "a\0b"])
def test_a_name_that_no_card_has_is_not_known(name):
    assert known_persona(name) is None


def test_a_shipped_persona_is_known_by_its_name():
    assert {known_persona(file.stem) for file in shipped("personas")} == {*shipped("personas")}
