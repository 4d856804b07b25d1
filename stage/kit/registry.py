"""A registry is a list of names; each is a module of the package, with an ENTRY."""

from collections.abc import Iterator
from importlib import import_module
from typing import Generic, TypeVar, cast

T = TypeVar("T")


class Registry(Generic[T]):
    """Features of one kind, in order; a module is imported on first use.

    Adding a feature is a new file `package/name.py` with an `ENTRY`, and its name here.

    Attributes:
        package: where its modules are.
        names: of all features.
    """

    def __init__(self, package: str, *names: str) -> None:
        """Remember the names; nothing is imported yet."""
        self.package = package
        self.names = names

    def __getitem__(self, name: str) -> T:
        """Return the ENTRY called `name`. Raises KeyError for an unknown name."""
        if name not in self.names:
            raise KeyError(name)
        return cast(T, import_module(f"{self.package}.{name}").ENTRY)

    def __iter__(self) -> Iterator[T]:
        """Yield every ENTRY in registry order, importing as it goes."""
        return (self[name] for name in self.names)

    def __contains__(self, name: object) -> bool:
        """Tell whether a feature of that name exists."""
        return name in self.names
