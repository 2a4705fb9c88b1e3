"""Questions to other libraries, whose words about a file are never passed on: they may quote it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TypeVar

from mscos.errors import CannotRead

_T = TypeVar("_T")


def asked(question: Callable[[], _T], failure: CannotRead) -> _T:
    """
    Ask another library, or raise our own error without a trace of what it said.

    Args:
        question: Calls the library.  Its warnings are failures too: they may name what is in the file.
        failure: The error to raise if there is no answer.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return question()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001, S110 - a panic in compiled code is no Exception
        pass
    raise failure
