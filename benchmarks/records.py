"""
How fast records are read, judged and tabulated, beside engines that only validate them.

    python benchmarks/records.py [NUMBER]     default: 10000 records; needs Linux

Every step runs on the same generated records, in a process of its own, three times, and prints the median as a
ratio to pydantic's own parsing.  Ratios hold from one machine to another; seconds do not.  Each step says how
many records it accepted, so that nothing is fast because it does nothing.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

STEPS = ("pydantic", "jsonschema_rs", "jsonschema", "read", "check", "portfolio")
SLOW = {"jsonschema": 20}
"""Steps that are run on one record in so many, and scaled up."""


def lines(path: str, every: int = 1) -> Iterator[bytes]:
    """Yield every so many-th record, as bytes."""
    with Path(path).open("rb") as file:
        yield from (line for number, line in enumerate(file) if number % every == 0)


def pydantic(path: str) -> int:
    """Parse and validate with pydantic alone."""
    from mscos import EvaluationRecord  # noqa: PLC0415 - each step pays for its own imports only

    return sum(EvaluationRecord.model_validate_json(line).kind == "evaluation" for line in lines(path))


def jsonschema_rs(path: str) -> int:
    """Validate against the published schema with the engine written in Rust."""
    import jsonschema_rs as engine  # noqa: PLC0415

    from mscos import schemas  # noqa: PLC0415

    validator = engine.validator_for(schemas.load_schema("evaluation.bundle"))
    return sum(validator.is_valid(json.loads(line)) for line in lines(path))


def jsonschema(path: str) -> int:
    """Validate against the published schema with the engine written in Python."""
    from mscos import schemas  # noqa: PLC0415

    validator = schemas.validator("evaluation.bundle")
    return SLOW["jsonschema"] * sum(validator.is_valid(json.loads(line)) for line in lines(path, SLOW["jsonschema"]))


def read(path: str) -> int:
    """Read: all faults, identifiers of the edition, contradictions."""
    import mscos  # noqa: PLC0415

    return sum(mscos.read_record(json.loads(line)).kind == "evaluation" for line in lines(path))


def check(path: str) -> int:
    """Read and judge by every rule."""
    import mscos  # noqa: PLC0415

    return sum(mscos.check(mscos.read_record(json.loads(line))).complete for line in lines(path))


def portfolio(path: str) -> int:
    """Read, judge and tabulate the whole file as a portfolio."""
    from mscos.portfolios.checking import check_portfolio  # noqa: PLC0415
    from mscos.portfolios.members import read_members  # noqa: PLC0415

    return len(check_portfolio(read_members([path])).members)


def measured(step: Callable[[str], int], path: str) -> str:
    """Run one step and say how many records it accepted, in what time and with how much memory."""
    begun = time.perf_counter()
    accepted = step(path)
    seconds = (time.perf_counter() - begun) * SLOW.get(step.__name__, 1)
    return f"{accepted} {seconds} {peak_memory()}"


def peak_memory() -> float:
    """Give the peak of this process in MB.  What `resource` says would include its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main(number: int) -> None:
    """Write the records, run every step and print the table."""
    import area  # noqa: PLC0415 - the generator that the tests use

    documents = area.evaluations(number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.ndjson"
        path.write_text("".join(f"{json.dumps(document)}\n" for document in documents), encoding="utf-8")
        print(f"{len(documents)} records, {path.stat().st_size / len(documents):.0f} bytes each")
        rounds = [{step: _run(step, path) for step in STEPS} for _ in range(3)]
    base = statistics.median(each["pydantic"][1] for each in rounds)
    for step in STEPS:
        columns = zip(*(each[step] for each in rounds), strict=True)
        accepted, seconds, memory = map(statistics.median, columns)
        ratio = f"{seconds / base:6.1f} x pydantic"
        print(f"{step:<14} {ratio}  {seconds:7.2f} s  {memory:6.0f} MB  {accepted:.0f} accepted")


def _run(step: str, path: Path) -> tuple[float, ...]:
    command = [sys.executable, __file__, step, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very file
    return tuple(map(float, done.stdout.split()))


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in STEPS:
        print(measured(globals()[sys.argv[1]], sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
