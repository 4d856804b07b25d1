from dataclasses import replace

from stage.director.opened import OpenPlay
from stage.director.wardrobe import load_scene, shipped
from stage.play.cast import Cast
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


def cut_in_two(frame):
    """A play whose line "ab" was split into "a" and "b", and "c", which was said after it."""
    split = {"model": "base", "take": 2}
    play = opened(
        0, line("ab", "root", "iris", 2, model="base", hidden=True),
        line("a", "root", "iris", 3, **split), line("b", "a", "iris", 4, **split),
        line("c", "b", "iris", 5, moved=True, after="ab"),
    )  # fmt: skip
    iris = play.scene.cast["iris"]
    mine = replace(iris, actor=replace(iris.actor, model="base", frame=frame))
    cast = Cast([mine if each.id == "iris" else each for each in play.scene.cast])
    play.scene = replace(play.scene, cast=cast)
    return play


def test_what_follows_a_text_cut_into_lines_elsewhere_was_not_moved():
    play = cut_in_two("prose")
    assert not play.moved(play.tree["c"])
    assert not play.moved(play.tree["b"])
    play.tree.add(line("b", "a", "iris", 4, model="base", hidden=True))
    play.tree.add(line("x", "a", "iris", 6, model="base"))
    play.tree.add(line("c", "x", "iris", 5, moved=True, after="ab"))
    assert play.moved(play.tree["c"]), "the text above it is another"


def test_a_line_after_two_where_one_was_is_said_after_another_script():
    play = cut_in_two("transcript")
    assert play.moved(play.tree["c"])
    play.tree.add(line("c", "b", "iris", 5, moved=True, after="gone"))
    assert play.moved(play.tree["c"])


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


def test_a_queue_is_spoken_to_its_end_before_a_rule_is_asked_again():
    play = opened(0, line("a", "root", "iris", 2), line("b", "a", "iris", 3))
    decision = play.decide("a", rule="list")
    assert decision.queue == ("iris", "marlow", "tamsin")[: len(decision.queue)]
    play.spoken(play.tree["b"], decision)
    later = play.decide("b", rule="list")
    assert later.queue == decision.queue[1:]
    assert "still to speak" in later.reason
    assert play.decide("b", rule="list", attempt=1).queue == decision.queue
    assert play.decide("b", rule="round_robin").queue == (decision.queue[1],)


def test_draws_are_the_same_when_a_play_is_performed_again_and_new_at_an_attempt():
    one = opened(0, line("a", "root", "iris", 2, take=1), line("b", "a", "marlow", 3))
    two = opened(0, line("x", "root", "iris", 2, take=1), line("y", "x", "marlow", 3))
    assert one.decide("b", rule="talkativeness") == two.decide("y", rule="talkativeness")
    draws = {one.decide("b", rule="talkativeness", attempt=n).draws for n in range(3)}
    assert len(draws) == 3


def test_who_left_is_never_chosen():
    gone = Line("b", "a", "p", Kind.EXIT, "marlow", "x", order=3)
    play = opened(0, line("a", "root", "iris", 2), gone)
    assert play.present("a") - play.present("b") == {"marlow"}
    assert "marlow" not in play.ears("b", Kind.SPEECH, "iris")
    for rule in ("round_robin", "list", "pooled", "talkativeness", "natural"):
        assert "marlow" not in play.decide("b", rule=rule).queue


def test_the_cast_of_every_line_of_a_path_is_known_after_one_walk(monkeypatch):
    mute = {"cast:iris": {"muted": True}}
    lines = [line(f"l{at}", f"l{at - 1}" if at else "root", "iris", at + 2) for at in range(200)]
    lines[9] = replace(lines[9], labels=mute)
    play, walked = opened(0, *lines), []
    path = Tree.path

    def walking(tree, leaf):
        walked.append(leaf)
        return path(tree, leaf)

    monkeypatch.setattr(Tree, "path", walking)
    muted = [play.cast(each.id)["iris"].muted for each in reversed(lines)][::-1]
    assert muted == [at >= 9 for at in range(200)]
    assert walked == ["l199"]
    play.tree.add(replace(lines[9], labels={}))
    play.tree.add(replace(lines[50], labels=mute))
    assert [play.cast(f"l{at}")["iris"].muted for at in (9, 49, 50, 199)] == [
        False, False, True, True,
    ]  # fmt: skip
    assert not play.cast("root")["iris"].muted
