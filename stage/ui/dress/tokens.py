"""The colours of a scheme by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """One scheme. Text colours keep 4.5:1 on every ground they are used on.

    Attributes:
        accent: ground of the primary action, selection mark.
        mark: the accent as text or thin line.
        on_accent: text on the accent.
        faint: decoration and disabled things only, never read.
    """

    name: str
    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    faint: str
    rule: str
    accent: str
    accent_hover: str
    mark: str
    on_accent: str
    selection: str
    ok: str
    warning: str


LIGHT = Tokens(
    name="light",
    window="#F5F3EE",
    surface="#FFFFFF",
    sunken="#EFECE5",
    text="#211F1B",
    muted="#6A655B",
    faint="#9A9488",
    rule="#E3DED4",
    accent="#8C2F39",
    accent_hover="#7A2731",
    mark="#8C2F39",
    on_accent="#FFFFFF",
    selection="#F3E4E2",
    ok="#2A7454",
    warning="#8F5100",
)
DARK = Tokens(
    name="dark",
    window="#161513",
    surface="#1D1C19",
    sunken="#121110",
    text="#EAE6DE",
    muted="#A59F93",
    faint="#746F66",
    rule="#322F2A",
    accent="#BE4853",
    accent_hover="#C4505B",
    mark="#E0707A",
    on_accent="#FFFFFF",
    selection="#33211F",
    ok="#63B98F",
    warning="#E0A458",
)
