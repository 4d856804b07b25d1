"""Every operation, with undo, redo and restarts, against a plain model of a play.

The model is dictionaries that are copied whole before every step: undo takes the copy back.
"""

from __future__ import annotations

import asyncio
import copy
import random
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from stage.director.director import Director
from stage.director.events import Changed
from stage.engine.pool import Pool
from stage.kit.errors import BadInput
from stage.play.changes import KINDS
from stage.play.tags import MODES, SCOPES
from stage.play.tree import Tree
from stage.store.library import Library
from tests.director.operations.acting import Act, begin, end

EXAMPLES, STEPS = 20, 60
MARKS = ("bookmark", "archive", "chapter", "note", "rate", "tag", "read", "collapse", "canonical")
SPEAKERS = ("ada", "bo")
KINDS_SAID = ("speech", "speech", "speech", "thought", "enter", "exit")
Voice = tuple[str, str, tuple[str, ...] | None]  # who says it, its kind, who hears it
dice_ = st.randoms(use_true_random=False)


@dataclass
class Model:
    """A play as dictionaries.

    `tokens` is None for a typed line; `voice` is who says it, its kind, and who hears it.
    """

    parent: dict[str, str] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    text: dict[str, str] = field(default_factory=dict)
    voice: dict[str, Voice] = field(default_factory=dict)
    tokens: dict[str, list[int] | None] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    labels: dict[str, dict[str, Any]] = field(default_factory=dict)
    title: str = "The lighthouse"
    frame: str | None = None

    def add(
        self, line: str, parent: str, text: str, voice: Voice, tokens: list[int] | None = None
    ) -> None:
        self.children[line] = []
        self.labels[line] = {}
        self.voice[line] = voice
        self.text[line], self.tokens[line] = text, tokens
        self.parent[line] = parent
        self.children[parent].append(line)

    def visible(self, parent: str) -> list[str]:
        return [each for each in self.children[parent] if each not in self.hidden]

    def path(self, line: str) -> list[str]:
        path = [line]
        while path[-1] in self.parent:
            path.append(self.parent[path[-1]])
        return path[::-1]

    def present(self, line: str) -> set[str]:
        there = {*SPEAKERS}
        for each in self.path(line)[1:]:
            speaker, kind, _ = self.voice[each]
            if kind in ("enter", "exit"):
                (there.add if kind == "enter" else there.discard)(speaker)
        return there

    def put(self, line: str, parent: str, index: int | None) -> None:
        """To an index among the visible ones; one that has as many before it stays."""
        shown = [each for each in self.visible(parent) if each != line]
        row = self.children[parent]
        if line in row:
            before = [each for each in row[: row.index(line)] if each in shown]
            if index is None or min(index, len(shown)) == len(before):
                return
        self.children[self.parent[line]].remove(line)
        at = len(row) if index is None or index >= len(shown) else row.index(shown[index])
        row.insert(at, line)
        self.parent[line] = parent

    def put_after(self, line: str, sibling: str) -> None:
        row = self.children[self.parent[line]]
        row.remove(line)
        row.insert(row.index(sibling) + 1, line)

    def hand_over(self, line: str, heir: str) -> None:
        for child in self.children[line]:
            self.parent[child] = heir
        self.children[heir], self.children[line] = self.children[line], []

    def carry(self, line: str, first: str, last: str) -> None:
        for key, value in self.labels[line].items():
            self.labels[last if key in ("collapse", "canonical") else first][key] = value
        self.labels[line] = {}

    def may_merge(self, line: str) -> bool:
        """A visible only child of a line that the same one said or typed, in the same way."""
        above = self.parent[line]
        return (
            above in self.parent
            and self.visible(above) == [line]
            and self.voice[line] == self.voice[above]
            and (self.tokens[line] is None) == (self.tokens[above] is None)
        )

    def in_sight(self, root: str) -> set[str]:
        """The lines that are kept and that no tag hides, by all that each tag reaches."""
        lines = self.subtree(root)
        put = [
            (line, value["scope"], value["mode"])
            for line in lines[1:]
            for key, value in self.labels[line].items()
            if key.startswith("tag:")
        ]
        hidden = {low for at, _, mode in put if mode == "hide" for low in self.subtree(at)}
        ends = [at for at, scope, mode in put if mode == "hide" and scope == "path"]
        for above in sorted({up for at in ends for up in self.path(at)[1:]}, key=self.depth)[::-1]:
            if self.visible(above) and hidden.issuperset(self.visible(above)):
                hidden.add(above)
        only = [(at, scope) for at, scope, mode in put if mode == "only"]
        wanted = {
            up
            for at, scope in only
            for low in (self.subtree(at) if scope == "subtree" else [at])
            if low not in hidden
            for up in self.path(low)
        }
        return {each for each in lines if each not in hidden and (each in wanted or not only)}

    def depth(self, line: str) -> int:
        return len(self.path(line))

    def subtree(self, line: str) -> list[str]:
        found, waiting = [], [line]
        while waiting:
            found.append(waiting.pop())
            waiting += self.visible(found[-1])
        return found


class Machine(RuleBasedStateMachine):
    """A director and a model do the same."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.past: list[tuple[str, Model]] = []
        self.future: list[tuple[str, Model]] = []
        self.steps = 0

    @initialize()
    def plant(self) -> None:
        self.act: Act = self.runner.run(begin(Path(self.folder.name)))
        self.root = self.act.made.root
        self.model = Model(children={self.root: []}, labels={self.root: {}})

    def teardown(self) -> None:
        if hasattr(self, "act"):
            self.runner.run(self.act.is_sound())
            self.runner.run(end(self.act))
        self.runner.close()
        self.folder.cleanup()

    # helpers

    def tree(self) -> Tree:
        return self.runner.run(self.act.tree())

    def any(self, dice: random.Random, *, root: bool = False) -> str:
        return dice.choice([*self.model.parent, self.root] if root else list(self.model.parent))

    def do(self, name: str, line: str | None = None, /, **keys: Any) -> Changed:
        return self.runner.run(self.act.do(name, line, **keys))

    def step(self, name: str, before: Model) -> None:
        """The model has changed: one more to undo, nothing to redo."""
        if before != self.model:
            self.past.append((name, before))
            self.future = []

    def before(self) -> Model:
        return copy.deepcopy(self.model)

    # rules

    @rule(dice=dice_)
    def add(self, dice: random.Random) -> None:
        before, parent = self.before(), self.any(dice, root=True)
        text = dice.choice(["one two", "yes", "a b c d", "caf\u00e9 \U0001f600 x"])
        speaker, kind = dice.choice(SPEAKERS), dice.choice(KINDS_SAID)
        there = self.model.present(parent)
        try:
            (made,) = self.do("add", parent, member=speaker, text=text, kind=kind).made
        except BadInput:
            assert speaker not in there
            assert kind != "enter"
            return
        assert speaker in there or kind == "enter"
        ears = {speaker} if kind == "thought" else there | {speaker}
        heard_by = None if ears == {*SPEAKERS} else tuple(sorted(ears))
        self.model.add(made, parent, text, (speaker, kind, heard_by))
        self.step("add", before)

    @rule(dice=dice_)
    def take(self, dice: random.Random) -> None:
        before, parent = self.before(), self.any(dice, root=True)
        ids = [dice.choice((0, 1, 2, 3, 4, 7)) for _ in range(dice.randrange(5))] + [0]
        ids += dice.choice(([], [5, 6], [1]))
        made = self.runner.run(self.act.take(parent, *ids))
        self.model.add(made, parent, self.tree()[made].text, ("ada", "speech", None), ids)
        self.step("line", before)

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_)
    def edit(self, dice: random.Random) -> None:
        before, line = self.before(), self.any(dice)
        (made,) = self.do("edit", line, text="edited").made
        self.model.add(made, self.model.parent[line], "edited", self.model.voice[line])
        self.step("edit", before)

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_, at=st.integers(0, 8))
    def split(self, dice: random.Random, at: int) -> None:
        before, line = self.before(), self.any(dice)
        text, tokens = self.model.text[line], self.model.tokens[line]
        try:
            made = self.do("split", line, **{"at" if tokens is None else "token": at}).made
        except BadInput:
            assert tokens is not None or not (text[:at].strip() and text[at:].strip())
            return
        texts = [self.tree()[each].text for each in made]
        if tokens is None:
            assert texts == [text[:at], text[at:]]
        assert "".join("".join(texts).split()) == "".join(text.split())
        for index, each in enumerate(made):
            part = None if tokens is None else (tokens[:at], tokens[at:])[index]
            above = (self.model.parent[line], made[0])[index]
            self.model.add(each, above, texts[index], self.model.voice[line], part)
        self.model.children[made[0]].remove(made[1])
        self.model.hand_over(line, made[1])
        self.model.children[made[0]].append(made[1])
        self.model.put_after(made[0], line)
        self.model.carry(line, *made)
        self.model.hidden.add(line)
        self.step("split", before)

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_)
    def merge(self, dice: random.Random) -> None:
        before, line = self.before(), self.any(dice)
        above, model = self.model.parent[line], self.model
        try:
            (new,) = self.do("merge", line).made
        except BadInput:
            assert not model.may_merge(line)
            return
        assert model.may_merge(line)
        text, tokens = self.tree()[new].text, None
        if model.tokens[line] is not None:
            tokens = [*(model.tokens[above] or ()), *(model.tokens[line] or ())]
        assert "".join(text.split()) == "".join((model.text[above] + model.text[line]).split())
        model.add(new, model.parent[above], text, model.voice[line], tokens)
        model.hand_over(line, new)
        model.put_after(new, above)
        model.carry(above, new, new)
        model.carry(line, new, new)
        model.hidden |= {line, above}
        self.step("merge", before)

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_, index=st.none() | st.integers(1, 4))
    def move(self, dice: random.Random, index: int | None) -> None:
        before, line, to = self.before(), self.any(dice), self.any(dice, root=True)
        try:
            self.do("move", line, to=to, index=index)
        except BadInput:
            assert line in self.model.path(to)
            return
        assert line not in self.model.path(to)
        self.model.put(line, to, None if index is None else index - 1)
        self.step("move", before)

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_, index=st.integers(1, 5))
    def reorder(self, dice: random.Random, index: int) -> None:
        before, line = self.before(), self.any(dice)
        done = self.do("reorder", line, index=index)
        self.model.put(line, self.model.parent[line], index - 1)
        assert bool(done.lines) == (before != self.model)
        self.step("reorder", before)

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_, name=st.sampled_from(("delete", "restore", "prune")))
    def bin(self, dice: random.Random, name: str) -> None:
        before, line = self.before(), self.any(dice)
        self.do(name, line)
        path = self.model.path(line)
        match name:
            case "delete":
                self.model.hidden.add(line)
            case "restore":
                self.model.hidden.discard(line)
            case "prune":
                for above in path[:-1]:
                    self.model.hidden |= set(self.model.children[above]) - set(path)
        self.step(name, before)

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_, name=st.sampled_from(MARKS), off=st.booleans())
    def mark(self, dice: random.Random, name: str, off: bool) -> None:
        before, line = self.before(), self.any(dice)
        labels = self.model.labels
        key, value, keys, reach = name, True, {"off": off}, [line]
        match name:
            case "note" | "chapter":
                value, keys = "words", {"text": "" if off else "words"}
            case "rate":
                key, value = "rating", dice.randrange(1, 6)
                keys = {"value": 0 if off else value}
            case "tag":
                value = {"scope": dice.choice(SCOPES), "mode": dice.choice(MODES)}
                tag = dice.choice(["good", "odd"])
                key, keys = f"tag:{tag}", {"name": tag, "off": off, **value}
            case "read":
                keys["scope"] = dice.choice(["line", "subtree"])
                reach = self.model.subtree(line) if keys["scope"] == "subtree" else reach
            case "canonical":
                for each in labels.values():
                    each.pop("canonical", None)
        self.do(name, line, **keys)
        for each in reach:
            labels[each].pop(key, None)
            if not off:
                labels[each][key] = value
        self.step(name, before)

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_, off=st.booleans())
    def hoist(self, dice: random.Random, off: bool) -> None:
        before, line = self.before(), self.any(dice)
        self.do("hoist", line, off=off)
        labels = self.model.labels[self.root]
        stack = list(labels.pop("hoist", ()))
        stack = stack[:-1] if off else stack if stack[-1:] == [line] else [*stack, line]
        if stack:
            labels["hoist"] = stack
        self.step("hoist", before)

    @rule(title=st.sampled_from(("One", "Two", "Three")))
    def rename(self, title: str) -> None:
        before = self.before()
        self.do("rename", title=title)
        self.model.title = title
        self.step("rename", before)

    @rule(frame=st.sampled_from(("transcript", "self")))
    def recast(self, frame: str) -> None:
        before = self.before()
        self.do("recast", member="Ada", frame=frame)
        self.model.frame = frame
        self.step("recast", before)

    @rule()
    def undo(self) -> None:
        if not self.past:
            try:
                self.runner.run(self.act.undo())
            except BadInput:
                return
            raise AssertionError("there was something to undo")
        name, before = self.past.pop()
        done = self.runner.run(self.act.undo())
        self.future.append((name, self.model))
        self.model = before
        assert done.words

    @rule()
    def redo(self) -> None:
        if not self.future:
            try:
                self.runner.run(self.act.redo())
            except BadInput:
                return
            raise AssertionError("there was something to redo")
        name, after = self.future.pop()
        self.runner.run(self.act.redo())
        self.past.append((name, self.model))
        self.model = after

    @precondition(lambda self: self.model.parent)
    @rule(dice=dice_)
    def look_elsewhere(self, dice: random.Random) -> None:
        line = self.any(dice)
        self.runner.run(self.act.director.stand(self.act.made.play, line))

    @rule()
    def restart(self) -> None:
        async def again() -> None:
            await end(self.act)
            library = await Library.open(Path(self.folder.name) / "library.db")
            self.act.made.library = library
            self.act.director = Director(library, Pool())

        self.runner.run(again())

    # what must hold

    @invariant()
    def they_agree(self) -> None:
        if not hasattr(self, "act"):
            return
        tree, model = self.runner.run(self.act.made.library.tree(self.act.made.play)), self.model
        for line in tree:
            if line.id != self.root and line.id not in model.parent:
                assert line.hidden  # its making was undone
        self.compare(tree, list(model.children))
        some = list(model.children)[self.steps % 7 :: 7]
        self.compare(self.tree(), some)  # which need not know the others
        self.steps += 1

    def compare(self, tree: Tree, lines: list[str]) -> None:
        model = self.model
        for line in lines:
            children = model.children[line]
            shown = [each.id for each in tree.children(line)]
            assert shown == [each for each in children if each not in model.hidden]
            ours = {key: value for key, value in tree[line].labels.items() if "cast" not in key}
            assert ours == model.labels[line]
            assert {key.partition(":")[0] for key in ours} <= KINDS.keys()
            if line != self.root:
                assert tree[line].parent == model.parent[line]
                assert tree[line].hidden == (line in model.hidden)
                assert tree[line].text == model.text[line]
                voice = tree[line].speaker, str(tree[line].kind), tree[line].heard_by
                assert voice == model.voice[line]
                assert [each.id for each in tree.path(line)] == model.path(line)
                assert tree.siblings(line) == [
                    each.id for each in tree.children(model.parent[line])
                ]

    @invariant()
    def words_and_tokens_agree(self) -> None:
        if not hasattr(self, "act"):
            return
        back, forth = self.runner.run(self.act.words())
        assert (back is None) == (not self.past)
        assert (forth is None) == (not self.future)
        play = self.runner.run(self.act.director.open(self.act.made.play))
        seen = self.model.in_sight(self.root) | {self.root}
        for line in seen:
            shown = [each for each in self.model.visible(line) if each in seen]
            assert play.children(line) == shown
        assert play.scene.title == self.model.title
        assert play.scene.cast["ada"].actor.frame == self.model.frame
        newest = next(reversed(self.model.tokens), None)
        if newest is not None:
            tokens = self.runner.run(self.act.made.library.tokens(newest))
            assert [each.id for each in tokens] == (self.model.tokens[newest] or [])


Machine.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestEverything = pytest.mark.slow(pytest.mark.timeout(900)(Machine.TestCase))
