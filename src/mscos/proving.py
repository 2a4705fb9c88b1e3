"""Another implementation proves itself: it judges each case, and its answers are held against what must be found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Timer

from mscos._printable import printable
from mscos.cases import Case, write_files
from mscos.errors import MscosError, shown

LIMIT = 4 * 1024 * 1024
"""Most bytes that a command may print for one case."""

_LONGEST = 40
"""Longest part of a foreign answer that is shown."""

Ask = Callable[[Sequence[str]], bytes]
"""Judges a case: takes the arguments, and gives what is printed."""


class NotStarted(MscosError):
    """
    The command could not be started.

    Attributes:
        command: Its first word.
    """

    def __init__(self, command: str) -> None:
        super().__init__(command)
        self.command = command

    def __str__(self) -> str:
        return f"{shown(self.command)} could not be started; look at its name, and at whether it may be run"


class NoAnswer(MscosError):
    """
    The command gave no answer that can be held against anything.

    Attributes:
        why: Why not.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What an implementation says of a case.

    Attributes:
        verdicts: The answer of each verdict; none where it refused the input.
        statuses: The status of each core outcome.
        rules: The rules that it names.
    """

    verdicts: Mapping[str, str]
    statuses: Mapping[str, str]
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    How a case went.

    Attributes:
        case: The case.
        differences: What is not as it must be, each a sentence; none if the case passes.
    """

    case: Case
    differences: tuple[str, ...]


def prove(cases: Iterable[Case], ask: Ask) -> Iterator[Outcome]:
    """Put cases to an implementation, one after the other."""
    for case in cases:
        with TemporaryDirectory() as folder:
            arguments = write_files(case, Path(folder))
            try:
                found = tuple(differences(case, answer(ask(arguments))))
            except NoAnswer as error:
                found = (str(error),)
        yield Outcome(case, found)


def differences(case: Case, answer: Answer) -> Iterator[str]:
    """Say in which ways an answer is not what it must be."""
    expected = case.expected
    yield from _unlike("verdict", dict[str, str](expected.verdicts.items()), answer.verdicts)
    yield from _unlike("status", expected.statuses, answer.statuses)
    for rule in expected.found:
        if rule not in answer.rules:
            yield f"rule {rule}: it must be named, and is not"
    for rule in expected.not_found:
        if rule in answer.rules:
            yield f"rule {rule}: it must not be named, and is"


def _unlike(what: str, expected: Mapping[str, str], given: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*expected, *given}):
        wanted, got = expected.get(name, "none"), given.get(name, "none")
        if wanted != got:
            yield f"{what} {_short(name)}: expected {wanted}, got {_short(got)}"


def _short(words: str) -> str:
    return printable(words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…")


def answer(printed: bytes) -> Answer:
    """
    Read what an implementation prints: a report, a failure, or an object with ``verdicts``, ``statuses``, ``rules``.

    Raises:
        NoAnswer: If it is none of these.
    """
    try:
        said = json.loads(printed)
    except ValueError:
        raise NoAnswer("it printed no JSON") from None
    if not isinstance(said, dict):
        raise NoAnswer("it printed no JSON object")
    try:
        match said.get("kind"):
            case "report":
                return _of_report(said)
            case "failure":
                return _of_failure(said)
            case _:
                return Answer(_texts(said["verdicts"]), _texts(said["statuses"]), frozenset(_listed(said["rules"])))
    except (KeyError, TypeError):
        raise NoAnswer("its JSON is neither a report nor an object with verdicts, statuses and rules") from None


def _of_report(said: Mapping[str, Sequence[Mapping[str, str]]]) -> Answer:
    return Answer(
        _texts({each["name"]: each["answer"] for each in said["verdicts"]}),
        _texts({line["outcome"]: line["status"] for line in said["core"]}),
        frozenset(_listed([finding["rule"] for finding in said["findings"]])),
    )


def _of_failure(said: Mapping[str, object]) -> Answer:
    named = [said["rule"]]
    for places in (said["faults"], said["stops"]):
        named += [place["rule"] for place in places if place["rule"]]  # type: ignore[attr-defined] # not so: TypeError
    return Answer({}, {}, frozenset(_listed(named)))


def _texts(given: object) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(each, str) for each in given.values()):
        raise TypeError
    return given


def _listed(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise TypeError
    return tuple(given)


def command(words: Sequence[str], timeout: float) -> Ask:
    """
    Make a command into something that can be asked.

    Args:
        words: The command and its first arguments.  No shell looks at them.
        timeout: Seconds after which it is ended.
    """
    return lambda arguments: _run((*words, *arguments), timeout)


def _run(words: Sequence[str], timeout: float) -> bytes:
    """
    Run a command and give what it prints.

    Raises:
        NotStarted: If there is no such command.
        NoAnswer: If it takes too long, or prints too much.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own command, and no shell looks at it
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        process = None
    if process is None or process.stdout is None:
        raise NotStarted(words[0])
    late = Event()
    timer = Timer(timeout, _end, (process, late))
    timer.start()
    try:
        with process:
            printed = process.stdout.read(LIMIT + 1)
            if len(printed) > LIMIT:
                _end(process)
    finally:
        timer.cancel()
    if late.is_set():
        raise NoAnswer(f"it took more than {timeout:g} seconds")
    if len(printed) > LIMIT:
        raise NoAnswer(f"it printed more than {LIMIT:,} bytes")
    return printed


def _end(process: subprocess.Popen[bytes], late: Event | None = None) -> None:
    """End a command with all that it started, and note it if it was too late."""
    if late is not None:
        late.set()
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:  # it has ended by itself
        pass
