"""Files that are offered are matched with the inputs that a report names, by their fingerprints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mscos import errors
from mscos._files import why_not_opened
from mscos.stamps import InputStamp
from mscos.verification import Discrepancy, discrepancy


@dataclass(frozen=True, slots=True)
class Matched:
    """
    What became of the inputs of a report.

    Attributes:
        files: The file that is each input, by the position of its stamp, as far as there is one with its fingerprint.
        discrepancies: What is missing, has changed, or does not belong there.
    """

    files: Mapping[int, str]
    discrepancies: tuple[Discrepancy, ...]


def matched(stamps: Sequence[InputStamp], given: Sequence[str], folder: Path) -> Matched:
    """
    Match files with the inputs of a report.

    Args:
        stamps: The inputs, as the report names them.
        given: The files that were handed in.  What is not among them is looked for by its name.
        folder: The folder of the report: names are relative to it, or to the working directory.

    Raises:
        CannotRead: If a file that was handed in cannot be read.
    """
    digests = [_digest(path, f"input {number}") for number, path in enumerate(given, start=1)]
    files = _same(stamps, digests, given)
    left_over = [number for number, path in enumerate(given) if path not in files.values()]
    open_stamps = [place for place in range(len(stamps)) if place not in files]
    changed = _changed(stamps, open_stamps, left_over, given)
    for place in open_stamps:
        found = None if place in changed else _found(stamps[place], folder)
        if found is not None:
            files[place] = found
    stands_for = set(changed.values())
    return Matched(
        files,
        (
            *_of_stamps(stamps, files, changed, folder),
            *(discrepancy("input_not_named", number=each + 1) for each in left_over if each not in stands_for),
        ),
    )


def _digest(path: str, name: str) -> str:
    """Give the sha256 of a file, which an error calls by its place: its name can be that of a person."""
    failure: errors.CannotRead
    try:
        if not Path(path).is_file():
            raise errors.NotAFile(name) if Path(path).exists() else errors.NoSuchFile(name)
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        if isinstance(error, errors.CannotRead):
            raise
        failure = why_not_opened(name, error)
    raise failure


def _same(stamps: Sequence[InputStamp], digests: Sequence[str], given: Sequence[str]) -> dict[int, str]:
    """Match by fingerprint: each input with the first file that has its own."""
    return {place: given[digests.index(stamp.sha256)] for place, stamp in enumerate(stamps) if stamp.sha256 in digests}


def _changed(
    stamps: Sequence[InputStamp], places: Sequence[int], left_over: Sequence[int], given: Sequence[str]
) -> dict[int, int]:
    """
    Say which left-over file stands for which input: the one of its name.

    The name of a data file is not known, so the one file that is left then stands for the data.
    """
    by_name = {Path(given[number]).name: number for number in left_over}
    found = {
        place: by_name[name]
        for place in places
        if stamps[place].sha256 and (name := Path(stamps[place].path or "").name) in by_name
    }
    rest = [number for number in left_over if number not in found.values()]
    data = [place for place in places if stamps[place].role == "data" and stamps[place].sha256]
    return found | ({data[0]: rest[0]} if len(rest) == 1 and len(data) == 1 else {})


def _found(stamp: InputStamp, folder: Path) -> str | None:
    """Look for a file by the name that the report gives; only one with the same fingerprint is the one."""
    return next((str(path) for path in _candidates(stamp, folder) if _digest(str(path), "") == stamp.sha256), None)


def _candidates(stamp: InputStamp, folder: Path) -> Iterator[Path]:
    if stamp.path is None or stamp.sha256 is None:
        return
    for path in dict.fromkeys((folder / stamp.path, Path(stamp.path))):
        try:
            if path.is_file():
                yield path
        except (OSError, ValueError):  # no path at all
            continue


def _of_stamps(
    stamps: Sequence[InputStamp], files: Mapping[int, str], changed: Mapping[int, int], folder: Path
) -> Iterator[Discrepancy]:
    for place, stamp in enumerate(stamps):
        if place in files:
            continue
        if stamp.sha256 is None:
            yield discrepancy("input_without_fingerprint", role=stamp.role, path=stamp.path)
        elif place in changed or any(_candidates(stamp, folder)):
            yield discrepancy("input_changed", role=stamp.role, path=stamp.path)
        else:
            yield discrepancy("input_missing", role=stamp.role, path=stamp.path)
