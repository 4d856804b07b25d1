from stage.director.opened import OpenPlay
from stage.director.wardrobe import load_scene, shipped
from stage.play.line import Kind, Line
from stage.play.tree import Tree


def opened(scene_number, *lines):
    root = Line("root", None, "p", Kind.SCENE, None, "", order=1)
    tree = Tree([root, *lines])
    return OpenPlay("p", load_scene(shipped("scenes")[scene_number]), "2026-01-01", 7, tree)


def line(name, parent, speaker, order, **more):
    return Line(name, parent, "p", Kind.SPEECH, speaker, name, order=order, **more)


def test_the_path_leaves_the_scene_root_out():
    play = opened(0, line("a", "root", "iris", 2), line("b", "a", "marlow", 3))
    assert [each.id for each in play.path("b")] == ["a", "b"]
    assert play.start == "root"
    assert play.leaf == "b"


def test_the_rule_sees_only_what_everybody_heard():
    whisper = line("b", "a", "marlow", 3, heard_by=("marlow", "iris"))
    play = opened(0, line("a", "root", "iris", 2), whisper)
    assert play.decide("b").queue == ("marlow",)
    assert play.decide("a").queue == ("marlow",)


def test_people_are_skipped_when_asked():
    play = opened(2, line("a", "root", "assistant", 2))
    assert play.decide("a").queue == ("guest",)
    assert play.decide("a", skip_humans=True).queue == ("iris",)
    assert play.decide("a", rule="manual", chosen="marlow").queue == ("marlow",)


def test_a_fan_out_speaks_on_every_model_else_the_members_own():
    assert opened(2).models_for("iris") == ("base", "chat")
    assert opened(0).models_for("iris") == ("base",)
