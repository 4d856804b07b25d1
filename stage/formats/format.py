"""What a format takes and gives."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, BinaryIO

from stage.formats.neutral import Found
from stage.play.cast import Member
from stage.play.casting import changes_of
from stage.play.line import Kind, Line
from stage.play.naming import model_title
from stage.play.prompting.prose import joined, written_by
from stage.play.scene import Scene
from stage.play.tree import Tree

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """A play to be written.

    Attributes:
        leaf: write the path down to this line; None: to the one last visited.
        whole: write every branch instead of one path.
        top: with `whole`: only this line and what stands under it.
        records: the library's rows (Library.dump), for formats that ask for them.
        accounts: ids of lines -> what is stored of them (Library.accounts), for formats that
            are `detailed` or `timed`.
        scored: ids of lines -> how often models were asked about them, where they were.
        only: ids of the only lines to be written, None: all that were chosen.
    """

    play: str
    scene: Scene
    tree: Tree
    leaf: str | None = None
    whole: bool = False
    top: str | None = None
    records: Iterable[Record] = ()
    accounts: Callable[[Sequence[str]], Sequence[Record]] = lambda ids: ()
    scored: Mapping[str, int] = field(default_factory=dict)
    only: frozenset[str] | None = None

    def model_of(self, line: Line) -> str | None:
        """How the model of a line is called, None for a typed one."""
        return None if line.model is None else model_title(line.model, self.scene.models)

    def meant_for(self, line: Line) -> list[str]:
        """Who hears a line, by name, its speaker apart; whoever joined the cast later too."""
        ears = [each for each in line.heard_by or () if each != line.speaker]
        return [str(each) for each in self.called(line, ears)]

    def called(self, line: Line, members: Iterable[str]) -> list[str | None]:
        """Names of members at a line; whoever joined the cast later is called as on its path."""
        cast = self.scene.cast
        return [cast.label(each) if each in cast else self._joined(line, each) for each in members]

    def _joined(self, line: Line, member: str) -> str:
        labels = self._newcomers.get(member, {})
        if len(labels) < 2:  # else it is called otherwise on another branch
            return next(iter(labels), member)
        marks = (change for each in self.tree.path(line.id) for change in changes_of(each))
        found = [change["label"] for id_, change in marks if id_ == member and "label" in change]
        return str(found[0]) if found else member

    @cached_property
    def _newcomers(self) -> dict[str, dict[str, None]]:
        """What members who joined later are called on any branch, by id."""
        found: dict[str, dict[str, None]] = {}
        for line in self.tree.marked("cast"):
            for member, change in changes_of(line):
                if "label" in change:
                    found.setdefault(member, {})[str(change["label"])] = None
        return found

    def path(self) -> list[Line]:
        """The chosen path from the first line after the scene."""
        root = self.tree.root
        if root is None:
            return []
        leaf = self.leaf or self.tree.leaf_under(root.id).id
        return [line for line in self.tree.path(leaf) if line.kind is not Kind.SCENE]

    def walk(self) -> Iterator[tuple[Line, bool]]:
        """The chosen lines, parents first and depth first, hidden ones left out.

        Yields:
            each line with whether it begins another branch than the line before it ended.
        """
        root = self.tree.root
        if not self.whole or root is None:
            yield from ((line, False) for line in self.path())
            return
        waiting = [(self.tree[self.top], False)] if self.top else self._under(root.id)
        while waiting:
            line, new = waiting.pop()
            if line.kind is not Kind.SCENE:
                yield line, new
            waiting += self._under(line.id)

    def sections(self) -> Iterator["Section"]:
        """The chosen lines, a branch at a time; of a play of just text with what they make."""
        found: list[Line] = []
        new = False
        for line, begins in self.walk():
            if begins and found:
                yield self._section(found, new)
                found, new = [], True
            found.append(line)
        if found:
            yield self._section(found, new)

    def _section(self, lines: list[Line], new: bool) -> "Section":
        if self.writer is None:
            return Section(tuple(lines), new, None)
        above = self._spoken_above(lines[0])  # how a text goes on hangs on how it ended there
        said = joined([*above, *lines], self.writer)[len(above) :]
        return Section(tuple(lines), new, "".join(said))

    def _spoken_above(self, line: Line) -> list[Line]:
        parent = line.parent
        while parent is not None and not self.tree[parent].text:
            parent = self.tree[parent].parent
        return [] if parent is None else [self.tree[parent]]

    @cached_property
    def writer(self) -> Member | None:
        """Whose text the chosen lines are, where they are nothing but one that runs on."""
        return written_by([line for line, _ in self.walk()], self.scene.cast)

    def _under(self, line: str) -> list[tuple[Line, bool]]:
        children = self.tree.children(line)
        return [(child, number > 0) for number, child in enumerate(children)][::-1]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that follow one another.

    Attributes:
        new: whether they begin another branch.
        text: of a play of just text what they say together, as its models receive it; else None.
    """

    lines: tuple[Line, ...]
    new: bool
    text: str | None


def walked(source: Source) -> Iterator[Line]:
    """The chosen lines in reading order."""
    return (line for line, _ in source.walk())


@dataclass(frozen=True, slots=True)
class Format:
    """One form a play can be written in or read from.

    Attributes:
        suffix: of its files, with the dot.
        sniff: (first bytes of a file) -> how surely it is this format, 0 to 1.
        write: (play) -> pieces of text; in a file UTF-8. None: cannot be written.
        read: (open file) -> records for Library.restore; raises BadInput. None: cannot be read.
        find: (open file) -> trees of another program, for Library.plant; raises BadInput.
            None: cannot be read, or as `read` says.
        lossless: needs `Source.records` and keeps everything.
        detailed: needs `Source.accounts`; files of several plays may follow one another.
        timed: needs `Source.accounts`, too, for the times of lines.
        whole: whether a play is written with all of its branches unless asked otherwise.
        keeps: aspects and labels that are in the file, see stage.formats.leaving.
        named: of these those that stand beside names, and so are not kept of a play of just text.
        changes: code -> (what the reader of the file will change, whether it would in a text).
        chosen: the lines that are written, in order.
    """

    id: str
    title: str
    suffix: str
    sniff: Callable[[bytes], float]
    write: Callable[[Source], Iterator[str]] | None
    read: Callable[[BinaryIO], Iterator[dict[str, Any]]] | None = None
    find: Callable[[BinaryIO], Iterator[Found]] | None = None
    lossless: bool = False
    detailed: bool = False
    timed: bool = False
    whole: bool = False
    keeps: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    changes: Mapping[str, tuple[str, Callable[[str], bool]]] = field(default_factory=dict)
    chosen: Callable[[Source], Iterable[Line]] = walked
