"""What only the viewer is told, and what all are: cards, layers, examples and lore, expanded.

Pure: the same path, viewer and facts make the same pieces on any date and machine (a pattern
that runs out of time aside, see play.lore). Cards stand bottom up: "You are Y. Y plays X."
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stage.kit.canonical import content_hash
from stage.play import lore
from stage.play.cast import Cast, Layer, Member
from stage.play.line import Kind, Line
from stage.play.persona import FIELDS, LAST
from stage.play.prompting.macros import Macros, Words

NOON = "12:00"  # the play's clock stands still, as its date does
_CARDS = frozenset({"description", "personality", "scenario", "mesexamples"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Something the viewer is told beside what was said.

    Attributes:
        head: "About Ada"; empty: the text stands alone.
        rule: "example" or "lore", which may be dropped; "" for what may not.
        name: what it is called in reports.
        rank: of lore: (priority, order); the lowest goes first.
        book: which book it counts for, and `allowance`, how many tokens that may take.
        note: where it came from: {macros: [{macro, value}], lore, key}.
        own: among the last lines it stands as the viewer's own words, not as narration.
    """

    head: str
    text: str
    rule: str = ""
    name: str = ""
    rank: tuple[float, float] = (0.0, 0.0)
    book: str = ""
    allowance: int | None = None
    note: Mapping[str, Any] = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Everything of a generation that its path does not say.

    Attributes:
        shared: what all are told: lore of the play that is always true.
        setting: of the scene.
        public: member id -> what others may know of it.
        private: in order.
        last: what stands right before the nudge.
        placed: pieces with the number of last lines they stand before.
        prefill: the opening of the answer.
        draws: of what all are told.
        variables: those that were set.
    """

    shared: tuple[Piece, ...]
    setting: str
    public: Mapping[str, str]
    private: tuple[Piece, ...]
    last: tuple[Piece, ...]
    placed: tuple[tuple[int, Piece], ...]
    prefill: str
    draws: tuple[tuple[str, str], ...]
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """What telling knows of the play, see frame.Facts."""

    setting: str
    cast: Cast
    date: str
    seed: str
    node: str
    lore: Sequence[lore.Entry]
    variables: Mapping[str, str]


def tell(path: Sequence[Line], viewer: Member, place: Place) -> Told:
    """Work out what a viewer is told after the lines that it heard."""
    public = _Telling(Macros(f"{place.seed}/all", dict(place.variables)), path, place)
    shared = tuple(
        Piece("", _joined(each.content), name=each.name, note={"lore": each.name, "key": "always"})
        for each in sorted(place.lore, key=lambda each: each.order)
        if each.everybody
    )
    setting = public.expand(place.setting, _words(None, None, path, place))
    known = {
        each.id: public.expand(each.persona.public, _words(each, each.stack[-1], path, place))
        for each in place.cast
    }
    own = _Telling(
        Macros(f"{place.seed}/{place.node}/{viewer.id}", dict(place.variables)), path, place
    )
    private, placed, prefill = own.private(viewer)
    last = own.last(viewer)
    return Told(
        shared, setting, known, tuple(private), tuple(last), tuple(placed), prefill,
        tuple(public.macros.draws), own.macros.set_,
    )  # fmt: skip


class _Telling:
    """One generation's pieces on their way, macros expanded in the order of the prompt."""

    def __init__(self, macros: Macros, path: Sequence[Line], place: Place) -> None:
        self.macros = macros
        self._path = path
        self._place = place
        self._owners: dict[int, Layer] = {}

    def expand(self, text: str, words: Words) -> str:
        return self.macros.expand(text, words)

    def private(self, viewer: Member) -> tuple[list[Piece], list[tuple[int, Piece]], str]:
        """Lore before the card, the cards bottom up, lore after it, examples; what is placed."""
        fired, self._owners = self._fired(viewer), _owners(viewer)
        around = [each for each in fired if each.entry.depth is None]
        before = [each for each in around if each.entry.position == "before_char"]
        after = [each for each in around if each.entry.position != "before_char"]
        pieces = [self._lore(each, viewer) for each in before]
        for number, layer in enumerate(viewer.stack):
            pieces += self._card(viewer, layer, number)
        pieces += [self._lore(each, viewer) for each in after]
        pieces += self._examples(viewer)
        placed, prefill = [], ""
        for depth, role, piece in self._deep(fired, viewer):
            if depth == 0 and role == "assistant":
                prefill = piece.text
            elif piece.text:
                placed.append((depth, replace(piece, own=role == "assistant")))
        return [each for each in pieces if each.text], placed, prefill

    def _deep(
        self, fired: Sequence[lore.Fired], viewer: Member
    ) -> Iterator[tuple[int, str, Piece]]:
        """What stands among the last lines: (depth, role, piece). A card's own note stays in."""
        for each in fired:
            if each.entry.depth is not None:
                yield each.entry.depth, each.entry.role, self._lore(each, viewer)
        for layer in viewer.stack:
            note = layer.persona.depth_prompt
            if note is not None and note.depth is not None:
                words = _words(viewer, layer, self._path, self._place)
                name = f"depth prompt of {layer.label}"
                told = {"lore": name, "key": "always"}
                piece = self._piece("", note.content, words, told, name=name)
                yield note.depth, note.role, piece

    def last(self, viewer: Member) -> list[Piece]:
        layer = viewer.stack[-1]
        words = _words(viewer, layer, self._path, self._place, order(viewer))
        piece = self._piece("", layer.persona.text(LAST), words)
        return [piece] if piece.text else []

    def _card(self, viewer: Member, layer: Layer, number: int) -> list[Piece]:
        pieces = []
        if number:
            below = viewer.stack[number - 1]
            pieces.append(Piece("", f"Here {below.label} plays {layer.label}."))
        words = _words(viewer, layer, self._path, self._place, f"You are {layer.label}.")
        said = _sentences([*map(layer.persona.text, FIELDS), *layer.persona.secrets])
        pieces.append(self._piece(f"About {layer.label}", said, words))
        pieces.append(self._piece(f"Direction to {layer.label}", _joined(layer.direction), words))
        return pieces

    def _examples(self, viewer: Member) -> list[Piece]:
        layer = viewer.stack[-1]
        words = _words(viewer, layer, self._path, self._place)
        return [
            self._piece(
                f"How {layer.label} may speak", f"\n{each}", words, rule="example",
                name=f"example {number} of {layer.label}", rank=(-float(number), 0.0),
            )
            for number, each in enumerate(layer.persona.examples, 1)
        ]  # fmt: skip

    def _fired(self, viewer: Member) -> list[lore.Fired]:
        own = [entry for layer in viewer.stack for entry in layer.persona.book]
        entries = [*own, *(each for each in self._place.lore if not each.everybody)]
        if not entries:
            return []
        names = (viewer.label, *viewer.persona.aliases)
        lines = [
            (self._place.cast.label_of(each) or "", each.text)
            for each in self._path
            if each.kind not in (Kind.SCENE, Kind.OOC) and each.text
        ]
        return lore.fired(entries, lore.Scan(names, lines))

    def _lore(self, fired: lore.Fired, viewer: Member) -> Piece:
        entry = fired.entry
        owner = self._owners.get(id(entry))
        words = _words(viewer, owner or viewer.stack[-1], self._path, self._place)
        book = f"the book of {owner.label}" if owner else "the play's book"
        note = {"lore": entry.name, "key": fired.key, "book": book}
        if entry.idle:
            note["not run"] = ", ".join(entry.idle)
        return self._piece(
            "", entry.content.strip(), words, note, rule="lore",
            name=f"lore {entry.name}", rank=(entry.priority, entry.order), book=book,
            allowance=entry.allowance,
        )  # fmt: skip

    def _piece(
        self,
        head: str,
        text: str,
        words: Words,
        note: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Piece:
        start = len(self.macros.draws)
        said = self.expand(text, words)
        draws = drawn(self.macros.draws[start:])
        return Piece(head, said if said.strip() else "", note={**(note or {}), **draws}, **more)


def greeting(
    text: str, member: Member, cast: Cast, date: str, seed: str
) -> tuple[str, dict[str, Any]]:
    """A greeting of a card as it is said: the text, and the draws it took as a note."""
    place = Place("", cast, date, seed, "", (), {})
    macros = Macros(f"{seed}/greeting/{member.id}/{content_hash(text)}")
    words = _words(member, member.stack[-1], (), place)
    said = macros.expand(text, words)
    return said, drawn(macros.draws)


def greets(line: Line, member: Member, cast: Cast, date: str, seed: str) -> bool:
    """Whether a line is a greeting of a member's card, said as it stands there."""
    if line.model is not None or line.kind is not Kind.SPEECH:
        return False
    said = (greeting(each, member, cast, date, seed)[0] for each in
            member.persona.openings(group=True))  # fmt: skip
    return line.text in said


def drawn(draws: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Draws of macros as a note."""
    return {"macros": [{"macro": macro, "value": value} for macro, value in draws]} if draws else {}


def order(viewer: Member) -> str:
    """Who speaks now, in words."""
    return f"[{viewer.label} speaks now. Write only {viewer.label}'s words.]"


def counterpart(viewer: Member, cast: Cast) -> Member | None:
    """Whom {{user}} means for a member: its own choice, the first other person, the first other."""
    others = [each for each in cast if each.id != viewer.id and not each.persona.narrator]
    chosen = cast.named(viewer.counterpart) if viewer.counterpart else None
    people = [each for each in others if each.human]
    return next((each for each in [chosen, *people, *others] if each is not None), None)


def _owners(viewer: Member) -> dict[int, Layer]:
    """The lowest layer that has an entry in its book, by the entry itself."""
    return {id(entry): each for each in reversed(viewer.stack) for entry in each.persona.book}


def _words(
    viewer: Member | None,
    layer: Layer | None,
    path: Sequence[Line],
    place: Place,
    original: str = "",
) -> Words:
    """What macros stand for in a text of a layer of a member; of the scene itself for None."""
    told = (each for each in reversed(path) if each.kind not in (Kind.SCENE, Kind.OOC))
    last = next((each.text for each in told if each.text), "")
    group = [each.label for each in place.cast if not each.persona.narrator]
    values = {
        "group": ", ".join(group),
        "date": place.date,
        "time": NOON,
    }
    people = [each for each in place.cast if each.human and not each.persona.narrator]
    other = counterpart(viewer, place.cast) if viewer else next(iter(people), None)
    if other is not None:
        values |= {"user": other.label, "persona": other.persona.public}
    if viewer is not None and layer is not None:
        card = layer.persona
        values |= {
            "char": card.nickname or layer.label,
            "name": viewer.label,
            "original": original,
            "mesexamples": "\n".join(card.examples),
            "lastmessage": last,
            **{key: card.text(key) for key in ("description", "personality", "scenario")},
        }
    label = f"{viewer.id}/{layer.label}" if viewer and layer else "scene"
    return Words(values, _CARDS, f"{place.seed}/pick/{label}")


def _sentences(texts: Iterable[str]) -> str:
    """Fields of a card as one paragraph; one that ends in the middle of nowhere is ended."""
    said = [each for each in texts if each]
    ends = [f"{each}." if each[-1].isalnum() else each for each in said[:-1]]
    return " ".join([*ends, *said[-1:]])


def _joined(text: str) -> str:
    return " ".join(text.split())
