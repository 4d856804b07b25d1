"""An open play: its scene, its tree as it stands now, and how its models are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stage.kit.canonical import content_hash_of
from stage.play.audience import heard_by, heard_by_all, present
from stage.play.cast import Cast
from stage.play.casting import Casts
from stage.play.chances import Chances
from stage.play.line import Kind, Line
from stage.play.naming import model_title, model_titles
from stage.play.persona import Persona
from stage.play.prompting.frame import Facts
from stage.play.prompting.prose import runs_on, same_text
from stage.play.scene import Scene
from stage.play.speaking import RULES
from stage.play.speaking.guards import guarded
from stage.play.speaking.rule import Decision, Dice, Rule, callers
from stage.play.tags import cut
from stage.play.tree import Tree


@dataclass
class OpenPlay:
    """A play being looked at or performed.

    Attributes:
        tree: kept current by the director; running lines stand in it.
        models: the scene's name of each model -> the file used.
        cards: the versions of personas that changes of the cast name, by hash.
        marks: line -> variables that were set when it was spoken, see prompting.macros.
        recorded: the cast of a record, whatever line is asked about; None: as it stands.
        seed: every draw of the play starts from it.
        expected: (line, rule) -> what a model that was asked expects after it.
        ghosts: line -> what its model went on to say for somebody else, see haunting.
        queues: (line, rule) -> who is still to speak after it, of what the rule chose.
        tags_hide: what tags keep out of sight is not shown now.
    """

    id: str
    scene: Scene
    date: str
    seed: int
    tree: Tree
    models: dict[str, Path] = field(default_factory=dict)
    cards: dict[str, Persona] = field(default_factory=dict)
    marks: dict[str, Mapping[str, str]] = field(default_factory=dict)
    expected: dict[tuple[str, str], Chances] = field(default_factory=dict)
    ghosts: dict[str, object] = field(default_factory=dict)
    recorded: Cast | None = None
    queues: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    tags_hide: bool = True
    _casts: tuple[tuple[object, ...], Casts] | None = field(default=None, repr=False, compare=False)
    _placed: "_Place | None" = field(default=None, repr=False, compare=False)
    _cut: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    _cut_at: tuple[Tree, int] | None = field(default=None, repr=False, compare=False)

    def cast(self, leaf: str) -> Cast:
        """The cast as it is after a line."""
        if self.recorded is not None:
            return self.recorded
        if not self.tree.marked("cast"):
            return self.scene.cast
        casts, known = self._casts, self._casts_of()
        if casts is None or casts[0] != known or leaf not in casts[1]:
            path = self.path(leaf)  # which may learn more of the tree
            if casts is None or casts[0] != (known := self._casts_of()):
                casts = self._casts = known, Casts(self.scene.cast, self.cards)
            casts[1].walk(path)
        return casts[1].after(leaf)

    def _casts_of(self) -> tuple[object, ...]:
        """What the casts that are known are those of."""
        return self.tree, self.tree.version, self.scene, len(self.cards)

    def facts(self, leaf: str) -> Facts:
        """What frames may know of the scene after a line."""
        path, variables = self.path(leaf), dict[str, str]()
        for line in path if self.marks else ():
            variables |= self.marks.get(line.id, {})
        return Facts(
            self.scene.title, self.scene.setting, self.cast(leaf), self.date, str(self.seed),
            _node(path), self.scene.lore, variables,
        )  # fmt: skip

    @property
    def start(self) -> str:
        """The id of the scene root: the first line's parent."""
        root = self.tree.root
        if root is None:
            raise LookupError("a play without a root")
        return root.id

    @property
    def leaf(self) -> str:
        """Where the play stands: the end of the path last visited."""
        return self.tree.leaf_under(self.start).id

    def title_of(self, model: str) -> str:
        """How a model is called, by what the scene calls it."""
        return model_title(model, self.models)

    @property
    def titles(self) -> dict[str, str]:
        """How its models are called, by what the scene calls them, in the scene's order."""
        known = model_titles(self.models)
        return {name: known.get(name, name) for name in self.scene.models}

    # what is in sight

    def cut(self) -> frozenset[str]:
        """Where tags cut the tree, whether they hide now or not, see play.tags."""
        if self._cut_at != (self.tree, self.tree.version):
            self._cut = cut(self.tree)  # which may learn more of the tree
            self._cut_at = (self.tree, self.tree.version)
        return self._cut

    def away(self) -> frozenset[str]:
        """Lines that tags hide now, with what stands under them."""
        return self.cut() if self.tags_hide else frozenset()

    def children(self, line: str) -> list[str]:
        """Ids of the lines right under one, in order; those out of sight are left out."""
        away = self.away()
        return [each for each in self.tree.visible(line) if each not in away]

    def siblings(self, line: str) -> list[str]:
        """Ids of the lines in sight under the same parent, itself included in any case."""
        away = self.away() - {line}
        return [each for each in self.tree.siblings(line) if each not in away]

    def place(self, line: str) -> tuple[int, int]:
        """Its place among its siblings in sight, from 1, and their number, as far as known."""
        if not self.away():
            return self.tree.place(line)
        siblings = self.siblings(line)
        return siblings.index(line) + 1 if line in siblings else 1, max(len(siblings), 1)

    def onward(self, line: str) -> str | None:
        """The child in sight that was visited last, else the first one; None where none is."""
        children, last = self.children(line), self.tree.selected(line)
        return last.id if last is not None and last.id in children else next(iter(children), None)

    def end(self, line: str) -> str:
        """Follow the children last visited down, as far as they are in sight."""
        if not self.away():
            return self.tree.leaf_under(line).id
        while (child := self.onward(line)) is not None:
            line = child
        return line

    # the lines

    def path(self, leaf: str) -> list[Line]:
        """The spoken lines down to `leaf`, without the scene root."""
        return self.tree.path(leaf)[1:]

    def moved(self, line: Line) -> bool:
        """Whether a line stands after something else than what it was said after.

        A text that runs on may be cut into lines anywhere: it stays the same to go on with.
        """
        before, here = line.after, line.parent
        if before is None or here is None or before not in self.tree:
            return line.moved
        mine = (each for each in self.cast(line.id) if each.id == line.speaker)
        writer = next((each for each in mine if runs_on(each)), None)
        return writer is None or not same_text(self.path(before), self.path(here), writer)

    def present(self, leaf: str) -> frozenset[str]:
        """Member ids on stage after `leaf`."""
        path, cast, last = self.path(leaf), self.cast(leaf), self._placed
        known = last is not None and last.cast == cast and last.path == path
        return last.there if known and last is not None else present(path, cast)

    def ears(
        self, leaf: str, kind: Kind, speaker: str, audience: Sequence[str] | None = None
    ) -> tuple[str, ...] | None:
        """Who hears a line spoken after `leaf`. Raises BadInput when it cannot be spoken."""
        return heard_by(kind, speaker, audience, self.cast(leaf), self.present(leaf))

    def decide(
        self,
        leaf: str,
        *,
        rule: str | None = None,
        skip_humans: bool = False,
        chosen: str = "",
        attempt: int = 0,
    ) -> Decision:
        """Ask a speaker rule who speaks after `leaf`; a queue that is not yet spoken goes on.

        Args:
            rule: id of a rule instead of the scene's.
            skip_humans: pass over members that a person plays.
            chosen: the member a person picked, for the rule `manual`.
            attempt: raised to draw again, among the cast alone.
        """
        asked = self._asked(leaf, rule, skip_humans=skip_humans, chosen=chosen)
        able, excluded = callers(asked.cast, asked.params)
        queued = tuple(each for each in self.queues.get((leaf, asked.rule.id), ()) if each in able)
        if queued and attempt == 0:
            reason = "still to speak from the last choice"
            return Decision(queued, asked.rule.id, reason, tuple(excluded))
        dice = Dice(f"{self.seed}/{asked.node}/{asked.rule.id}/{attempt}")
        params = {**asked.params, **({"newcomers": False} if attempt else {})}
        return guarded(asked.rule, asked.view, asked.cast, params, dice)

    def wants(self, leaf: str, rule: str | None = None) -> str:
        """What a model has to be asked before a rule can decide, see Rule; "": nothing."""
        asked = self._asked(leaf, rule)
        if (leaf, asked.rule.id) in self.expected or self.queues.get((leaf, asked.rule.id)):
            return ""
        return asked.rule.wants(asked.view, asked.cast, asked.params)

    def _asked(
        self, leaf: str, rule: str | None, *, skip_humans: bool = False, chosen: str = ""
    ) -> "_Asked":
        place = self._place(leaf)
        name = rule or self.scene.rule
        params = {
            **self.scene.params,
            "skip_humans": skip_humans,
            "chosen": chosen,
            "present": place.there,
            "chances": self.expected.get((leaf, name)),
        }
        return _Asked(RULES[name], place.view, place.cast, params, place.node)

    def _place(self, leaf: str) -> "_Place":
        """What rules are told of a place; kept for the last one, which is asked about most."""
        path, cast, last = self.path(leaf), self.cast(leaf), self._placed
        if last is None or last.cast != cast or last.path != path:
            there = present(path, cast)
            last = _Place(path, cast, there, heard_by_all(path, cast, there), _node(path))
            self._placed = last
        return last

    def node(self, leaf: str) -> str:
        """A name of the place after a line, the same when the play is performed again."""
        return self._place(leaf).node

    def spoken(self, line: Line, decision: Decision | None) -> None:
        """Remember who is still to speak after a line that a decision asked for."""
        if decision is not None and len(decision.queue) > 1 and line.speaker == decision.queue[0]:
            self.queues[line.id, decision.rule] = decision.queue[1:]

    def models_for(self, speaker: str, leaf: str | None = None) -> tuple[str, ...]:
        """The models that speak for a member: the scene's fan-out, else the member's own.

        Args:
            leaf: after which line; None: where the play stands.
        """
        own = self.cast(leaf or self.leaf)[speaker].actor.model
        return self.scene.fan_out or ((own,) if own else tuple(self.scene.models)[:1])


@dataclass(frozen=True, slots=True)
class _Place:
    """The end of a path, with what everybody there has heard and a name for it."""

    path: Sequence[Line]
    cast: Cast
    there: frozenset[str]
    view: Sequence[Line]
    node: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rule and all that it is asked with, but for the dice."""

    rule: Rule
    view: Sequence[Line]
    cast: Cast
    params: Mapping[str, Any]
    node: str


def _node(path: Sequence[Line]) -> str:
    """See OpenPlay.node."""
    return content_hash_of([line.speaker, line.model, line.take, line.kind] for line in path)
