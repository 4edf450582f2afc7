"""What goes wrong with data, said so that a curator can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One broken promise: where it is, what stands there, what was expected.

    `row` is the line in the file as an editor counts it (the header is line 1); None when the
    whole file is meant.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    message: str
    remedy: str

    @property
    def place(self) -> str:
        """Where it is, as file:row:column, without what is not known."""
        return ":".join(str(part) for part in (self.file, self.row, self.column) if part)

    def __str__(self) -> str:
        value = "" if self.value is None else f" {self.value!r}"
        return f"{self.place}:{value} {self.message} {self.remedy}"


class DataContractError(ValueError):
    """The tables break the contract; the text lists each problem with its remedy."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"... and {len(self.problems) - SHOWN} more.")
        count = len(self.problems)
        super().__init__(f"The data break their contract in {count} place(s):\n" + "\n".join(lines))


class UnknownIdentifierError(KeyError):
    """An indicator, place or table was asked for that the catalogue does not hold."""

    def __init__(self, kind: str, identifier: str, known: Sequence[str]) -> None:
        self.kind = kind
        self.identifier = identifier
        near = ", ".join(list(known)[:8])
        super().__init__(f"No {kind} {identifier!r} in the catalogue; it holds {near} ...")

    def __str__(self) -> str:
        return str(self.args[0])
