"""Many takes, told together by the model that said them, the persona, or the line they follow.

Every number is over lines of one group. Nothing is stored; scores under models that did not say a
line are given by whoever had them made.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from typing import Any, Literal

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.weighing.comparing import read
from stage.director.weighing.figures import Readings
from stage.director.weighing.worth import BITS, UNDER, Weights, measured, under_bits, under_takes
from stage.director.working import Work
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput
from stage.measures import MEASURES
from stage.measures.measure import Reading, Said, made
from stage.play.line import Line
from stage.play.sampling import brief
from stage.play.tree import Tree

PAGE = 50  # lines read at once
By = Literal["model", "persona", "prefix"]
BY: tuple[By, ...] = ("model", "persona", "prefix")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of models that have something in common.

    Attributes:
        key: (what, which) for each that they are told apart by: the play's name of a model, the
            id of a member, the line they stand under.
        takes: the lines with what the record knows of them.
        readings: what every measure of takes found.
        each: of measures that one take has a number for: that of every take, None: unknown.
    """

    key: tuple[tuple[By, str], ...]
    takes: tuple[Said, ...]
    readings: Readings = field(default_factory=dict)
    each: Mapping[tuple[str, str], tuple[float | None, ...]] = field(default_factory=dict)

    @property
    def begun(self) -> int:
        """How many takes were given their first tokens, so that they are no free draws."""
        return sum(bool(each.record and each.record.given) for each in self.takes)

    @property
    def samplers(self) -> list[tuple[Mapping[str, Any] | None, int]]:
        """How tokens of its takes were chosen and of how many, as stored; None: unknown."""
        found: list[tuple[Mapping[str, Any] | None, int]] = []
        for said in self.takes:
            how = said.record.sampler if said.record else None
            at = next((at for at, (known, _) in enumerate(found) if known == how), None)
            if at is None:
                found.append((how, 1))
            else:
                found[at] = how, found[at][1] + 1
        return found

    def drawn(self, of: Callable[[Mapping[str, Any] | None], str] = brief) -> str:
        """The same in words: "temp 1, nothing cut"; with how many takes where they differ."""
        told = dict[str, int]()
        for how, many in self.samplers:
            told[of(how)] = told.get(of(how), 0) + many
        alone = len(told) == 1
        return "; ".join(said if alone else f"{said} ({many})" for said, many in told.items())


def takes_of(tree: Tree, line_id: str) -> list[Line]:
    """A line and those that stand for it: the takes of models under the same line."""
    siblings = (tree[each] for each in tree.siblings(line_id))
    return [each for each in siblings if each.model is not None]


def under_line(tree: Tree, top: str) -> list[Line]:
    """Every line of a model under a line, that one included; deleted ones left out."""
    return [each for each in tree.subtree(top) if each.model is not None]


async def takes_under(director: Director, play: OpenPlay, top: str) -> list[Line]:
    """As `under_line`, of a play that may not be read whole, the ones recorded last first."""
    tree = await director.library.tree(play.id)
    found = under_line(tree, top) if top in tree else []
    return sorted(found, key=lambda line: -line.order)


async def learn(
    director: Director, lines: Sequence[Line], known: dict[str, Said], work: Work
) -> list[Said]:
    """What the record knows of lines; what is `known` already, by id, is not read again.

    Raises:
        Stopped: as `work` was asked to; what was read until then is known.
    """
    new = [line for line in lines if line.id not in known]
    work.begin("reading", len(new))
    for start in range(0, len(new), PAGE):
        found = await read(director, new[start : start + PAGE])
        known |= {said.line.id: said for said in found}
        work.on(len(found))
    return [replace(known[line.id], line=line) for line in lines]


async def tally(
    director: Director, play: OpenPlay, lines: Iterable[Line], by: Sequence[By] = ("model",)
) -> list[Group]:
    """Read and measure lines in groups: models in the scene's order, all else as it begins.

    A take that a replay took over from the record counts once: its copies are no draws.

    Raises:
        BadInput: none of the lines was said by a model.
    """
    said = await read(director, list(lines))
    if not any(each.made for each in said):
        raise BadInput("No model has said anything there; name a line that has takes of models.")
    return await grouped(play, said, by)


async def grouped(
    play: OpenPlay, said: Sequence[Said], by: Sequence[By] = ("model",)
) -> list[Group]:
    """Measure what models said in groups, see `tally`."""
    found: dict[tuple[tuple[By, str], ...], list[Said]] = {}
    known = list(made(said))
    ids = {each.line.id for each in known}
    for each in known:
        if each.record and each.record.repeats in ids:
            continue
        key = tuple((what, _which(play, each.line, what)) for what in by)
        found.setdefault(key, []).append(each)
    groups = [Group(key, tuple(takes)) for key, takes in found.items()]
    groups.sort(key=lambda group: [_place(play, *each) for each in group.key])
    return [await aside(partial(_measured, each)) for each in groups]


async def weighed(
    group: Group, models: Sequence[str], weights: Weights, recarded: Collection[str]
) -> Group:
    """A group with what is known of it under models by now; reckoned aside of the loop.

    Args:
        recarded: as `since` has them.
    """

    def work() -> Group:
        found, each = dict(group.readings), dict(group.each)
        found |= measured(group.takes, models, weights, "takes", recarded)
        for (how, id_), name in product(UNDER.items(), models):
            of = partial(under_takes, model=name, how=how, weights=weights)
            bits = partial(under_bits, model=name, how=how, weights=weights)
            each[id_, name], each[BITS[how], name] = _each(group, of), _each(group, bits)
        return replace(group, readings=found, each=each)

    return await aside(work)


def _measured(group: Group) -> Group:
    wanted = [each for each in MEASURES if "takes" in each.fits]
    single = [each for each in wanted if not (each.share or each.count)]
    return replace(
        group,
        readings={(each.id, ""): each.of(group.takes) for each in wanted},
        each={(each.id, ""): _each(group, each.of) for each in single},
    )


def _each(
    group: Group, of: Callable[[Sequence[Said]], tuple[Reading, ...]]
) -> tuple[float | None, ...]:
    """What is found of every take by itself."""
    found = (of([said]) for said in group.takes)
    return tuple(readings[0].number.value if readings else None for readings in found)


def _place(play: OpenPlay, what: By, which: str) -> int:
    return [*play.scene.models, which].index(which) if what == "model" else 0


def _which(play: OpenPlay, line: Line, by: By) -> str:
    if by == "model":
        return str(line.model)
    return str(line.speaker if by == "persona" else line.parent)


def named(play: OpenPlay, group: Group) -> str:
    """What a group is called: "stage-base, Iris, after 01KA..."."""
    return ", ".join(_words(play, group, what, which) for what, which in group.key)


def persona(play: OpenPlay, group: Group) -> str:
    """What the cast calls the speaker of a group's first line."""
    return play.scene.cast.label_of(group.takes[0].line) or "nobody"


def _words(play: OpenPlay, group: Group, what: By, which: str) -> str:
    if what == "model":
        return play.title_of(which)
    if what == "persona":
        return persona(play, group)
    return "at the beginning" if which == play.start else f"after {which}"
