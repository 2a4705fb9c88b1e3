"""What reading gives, or how it is refused: for tests of what an error must not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from mscos import errors
from mscos.errors import Fault

PATH = "book.json"


def refusal(read: Callable[[], object]) -> errors.CannotRead | errors.WhichResource | None:
    """Give the error with which reading refuses; None if it does not.  Any other error is a failure."""
    try:
        read()
    except (errors.CannotRead, errors.WhichResource) as error:
        return error
    return None


def faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    """Give the faults of a document, which must have some."""
    with pytest.raises(errors.InvalidDocument) as caught:
        read()
    assert caught.value.path == PATH
    return caught.value.faults


def said_by(error: BaseException | None) -> str:
    """Everything that an error and those behind it hold."""
    return "\n".join(f"{each} {each!r} {each.args}" for each in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
