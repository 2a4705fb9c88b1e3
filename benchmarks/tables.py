"""
How fast a table in the canonical layout is checked, beside programs that check what they can express.

    python benchmarks/tables.py [ROWS] [csv|parquet]     default: 2000000 csv; needs Linux, polars, pandas

Every step runs on the same generated file, in a process of its own, three times in turn, and prints the median as a
ratio to a bare polars scan that takes in all columns.  Ratios hold from one machine to another; seconds do not.
pandera and frictionless are left out where they are not installed.  The file has planted defects, and each step says
what it found of them, so that nothing is fast because it does nothing.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OUTCOMES = ("housing", "safety", "support", "services", "purpose", "medical", "education")
TIMES = ("baseline", "month-6", "month-12")
HEADERS = ("participant", "timepoint", "outcome", "instrument", "value")
TYPOS = 7
"""Rows whose outcome is not in the set."""
REPEATED = 5
"""Rows that stand twice."""
SLOW = {"frictionless": 50}
"""Steps that are run on one row in so many, and scaled up."""


def planted(path: Path, rows: int) -> None:
    """Write a table of about so many rows: whole but for one missing answer in ten, and the planted defects."""
    import polars as pl  # noqa: PLC0415 - each step pays for its own imports only

    dice = random.Random(7)  # noqa: S311 - made-up data
    people = max(rows // (len(OUTCOMES) * len(TIMES)), 10)
    cells = [(time_point, outcome) for time_point in TIMES for outcome in OUTCOMES]
    values = [dice.choice(("1", "2", "3", "4", "5", "5", "4", "3", "2", "-99")) for _ in range(9973)]
    number = len(cells) * people
    frame = pl.DataFrame({"row": pl.int_range(number, eager=True)}).select(
        participant="P" + (pl.col("row") // len(cells)).cast(pl.String).str.zfill(7),
        timepoint=(pl.col("row") % len(cells)).replace_strict(dict(enumerate(cell[0] for cell in cells))),
        outcome=(pl.col("row") % len(cells)).replace_strict(dict(enumerate(cell[1] for cell in cells))),
        instrument=pl.lit("single-item"),
        value=(pl.col("row") * 31 % len(values)).replace_strict(dict(enumerate(values))),
    )
    typos = frame.head(TYPOS).with_columns(outcome=pl.lit("hosing"))
    whole = pl.concat([frame, typos, frame.filter(pl.col("value") != "-99").head(REPEATED)])
    whole.write_parquet(path) if path.suffix == ".parquet" else whole.write_csv(path)


def scan(path: str) -> str:
    """Take in every column and do nothing."""
    import polars as pl  # noqa: PLC0415

    lazy = pl.scan_parquet(path) if path.endswith("parquet") else pl.scan_csv(path, infer_schema=False)
    read = lazy.select(pl.all().str.len_bytes().sum()).collect()
    return f"{read.width} columns"


def mscos(path: str) -> str:
    """Check everything: screen, all rules, the verdict."""
    from mscos import check  # noqa: PLC0415

    report = check(data=path)
    found = {finding.rule for finding in report.findings}
    collected = sum(line.collected == "collected_over_time" for line in report.core)
    return f"{collected} of 7 collected; typos {'STR-04' in found}, repeated {'DAT-09' in found}"


def pandas(path: str) -> str:
    """Ask by hand for typos, repeated rows, and people with answers at the start and later."""
    import pandas as pd  # noqa: PLC0415

    read = pd.read_parquet if path.endswith("parquet") else pd.read_csv
    frame: Any = read(path) if path.endswith("parquet") else read(path, dtype=str)
    answered = frame[frame["value"].notna() & (frame["value"] != "-99")]
    typos = int((~frame["outcome"].isin(OUTCOMES)).sum())
    repeated = int(answered.duplicated(["participant", "timepoint", "outcome", "instrument"]).sum())
    answered = answered.assign(start=answered["timepoint"] == "baseline")
    seen = answered.groupby(["outcome", "participant"])["start"].agg(["min", "max"])
    both = ~seen["min"] & seen["max"]
    return f"{int(both.groupby('outcome').any().sum())} of 7 collected; typos {typos}, repeated {repeated}"


def _checks(module: Any) -> Any:  # noqa: ANN401 - pandera ships no types for its backends
    text = {name: module.Column(str, nullable=name == "value") for name in HEADERS}
    text["outcome"] = module.Column(str, module.Check.isin(OUTCOMES))
    text["timepoint"] = module.Column(str, module.Check.isin(TIMES))
    return module.DataFrameSchema(text, unique=["participant", "timepoint", "outcome", "instrument"])


def pandera_polars(path: str) -> str:
    """Check the columns, their lists of values and that no row stands twice, with pandera over polars."""
    import pandera.polars as pa  # noqa: PLC0415
    import polars as pl  # noqa: PLC0415

    read = pl.read_parquet(path) if path.endswith("parquet") else pl.read_csv(path, infer_schema=False)
    return _failed(_checks(pa), read, pa.errors.SchemaErrors)


def pandera_pandas(path: str) -> str:
    """Check the same with pandera over pandas."""
    import pandas as pd  # noqa: PLC0415
    import pandera.pandas as pa  # noqa: PLC0415

    read = pd.read_parquet(path) if path.endswith("parquet") else pd.read_csv(path, dtype=str)
    return _failed(_checks(pa), read, pa.errors.SchemaErrors)


def _failed(schema: Any, frame: Any, error: type[Exception]) -> str:  # noqa: ANN401 - as above
    try:
        schema.validate(frame, lazy=True)
    except error as failed:
        return f"{len(failed.failure_cases)} failure cases"  # type: ignore[attr-defined]
    return "nothing found"


def frictionless(path: str) -> str:
    """Validate one row in fifty against the published Table Schema."""
    import frictionless as fl  # noqa: PLC0415

    from mscos import schemas  # noqa: PLC0415

    sample = Path(path).with_suffix(".sample.csv")
    with Path(path).open(encoding="utf-8") as whole, sample.open("w", encoding="utf-8") as part:
        part.writelines(line for place, line in enumerate(whole) if place % SLOW["frictionless"] == 0)
    schema = fl.Schema(str(schemas.path() / "1/2023.1/dataset.tableschema.json"))
    with fl.system.use_context(trusted=True):
        report = fl.Resource(path=str(sample), schema=schema).validate()
    return f"valid {report.valid} of 1 row in {SLOW['frictionless']}"


STEPS: dict[str, Callable[[str], str]] = {
    "scan": scan,
    "mscos": mscos,
    "pandas": pandas,
    "pandera_polars": pandera_polars,
    "pandera_pandas": pandera_pandas,
    "frictionless": frictionless,
}


def one(step: str, path: str) -> None:
    """Run one step and print its seconds, its memory at the peak in MB and what it found."""
    begun = time.perf_counter()
    found = STEPS[step](path)
    seconds = (time.perf_counter() - begun) * SLOW.get(step, 1)
    print(f"{seconds}\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}\t{found}")


def measured(step: str, path: Path) -> tuple[float, int, str]:
    """Run one step in a process of its own."""
    done = subprocess.run([sys.executable, __file__, step, str(path)], capture_output=True, text=True, check=True)  # noqa: S603
    seconds, memory, found = done.stdout.rstrip("\n").split("\t")
    return float(seconds), int(memory), found


def main(rows: int, form: str) -> None:
    """Run the steps in turn, three times, and print the medians."""
    steps = [step for step in STEPS if step.partition("_")[0] in {"scan", "mscos"} or find_spec(step.partition("_")[0])]
    if form == "parquet":
        steps = [step for step in steps if step != "frictionless"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{form}"
        # Apart: a process begins with the memory that its parent had at the peak.
        subprocess.run([sys.executable, __file__, "planted", str(path), str(rows)], check=True)  # noqa: S603
        rounds = [{step: measured(step, path) for step in steps} for _ in range(3)]
    bare = statistics.median(each["scan"][0] for each in rounds)
    print(f"{rows:,} rows, {form}; a bare scan takes {bare:.2f} s\n")
    for step in steps:
        ratio = statistics.median(each[step][0] for each in rounds) / bare
        memory = statistics.median(each[step][1] for each in rounds)
        print(f"{step:16}{ratio:8.1f} x {memory:8.0f} MB   {rounds[0][step][2]}")


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in STEPS:
        one(sys.argv[1], sys.argv[2])
    elif sys.argv[1:2] == ["planted"]:
        planted(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000, sys.argv[2] if len(sys.argv) > 2 else "csv")  # noqa: PLR2004
