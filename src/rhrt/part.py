"""What rulebooks, records and answers are made of: dataclasses that do not change once made."""

from collections.abc import Iterable, Mapping
from dataclasses import FrozenInstanceError, dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

from pydantic_core import to_json

from rhrt.made_once import made_once

T = TypeVar("T")
P = TypeVar("P", bound="Piece")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def part(kind: type[T]) -> type[T]:
    """Make a class a dataclass whose parts are named when it is made, and do not change.

    `Part` freezes it: with `frozen=True`, for which more code is made for each class, `rhrt assess` takes 1.12 of
    the time.
    """
    return dataclass(slots=True, kw_only=True, repr=False, eq=False)(kind)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def often_made(kind: type[T]) -> type[T]:
    """Make a class as `part` does, for what is made for every record: frozen by dataclasses, one is made faster."""
    return dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)(kind)


class Part:
    """The base of every `part`, which is set once. pydantic accepts no key in its data beyond those it names."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(self, name):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        return None, self.as_dict()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((type(self).__name__, *map(_hashable, self.as_dict().values())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.as_dict().items())})"

    def as_dict(self) -> dict[str, Any]:
        """Give each part by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]


class Piece(Part):
    """The base of what an answer is made of. Nothing of it changes, so what answers share is encoded once."""

    __slots__ = ("encoded",)
    encoded: bytes
    """The piece as JSON in UTF-8, without spaces."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> bytes:
            """Encode the piece: only what is not there yet is asked for here."""
            if name != "encoded":
                raise AttributeError(name)
            object.__setattr__(self, "encoded", encoded := to_json(self))
            return encoded


class Pieces(tuple[P, ...]):
    """Pieces that many answers have together: encoded together, once."""

    @made_once
    def encoded(self) -> bytes:
        """The pieces as JSON in UTF-8, without spaces."""
        return list_of(self)


def list_of(pieces: Iterable[Piece]) -> bytes:
    """Give pieces as a list in JSON."""
    return b"[%b]" % b",".join([piece.encoded for piece in pieces])


def _hashable(value: Any) -> Any:
    """Give something that is equal where values are equal, and can be hashed: the order of keys does not count."""
    if isinstance(value, Mapping):
        return frozenset((key, _hashable(own)) for key, own in value.items())
    return tuple(map(_hashable, value)) if isinstance(value, list | tuple) else value
