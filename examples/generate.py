"""
Write the data files of the worked examples.  Every person and every number in them is made up.

    python examples/generate.py            write
    python examples/generate.py --check    change nothing; status 1 and the names of the files that would change
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl
import pyreadstat
import xlsxwriter

from mscos.readers.reading import read_table

HERE = Path(__file__).parent


class Dice:
    """Chance from a seed.  Only `Random.random` is promised to be the same in every version of Python."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - nothing here is secret

    def pick(self, low: int, high: int) -> int:
        """Give a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """Say yes in that share of cases."""
        return self._random.random() < share

    def raised(self, scores: Iterable[int], ceiling: int) -> list[int]:
        """Let some scores go up by one."""
        return [min(ceiling, score + self.pick(0, 1)) for score in scores]

    def one_of(self, words: Sequence[str]) -> str:
        """Choose one of several words."""
        return words[self.pick(0, len(words) - 1)]


def safe_house() -> bytes:
    """Give 36 people at three visits, of whom a few leave and a few decline to answer."""
    dice = Dice(6001)
    rows = []
    for number in range(1, 37):
        scores = [dice.pick(2, 4) for _ in range(4)]
        mlq, doctor = dice.pick(11, 24), dice.chance(0.4)
        last = 12 if number <= 31 else 6 if number <= 34 else 0  # noqa: PLR2004 - five people leave
        for wave in (0, 6, 12):
            if wave > last:
                continue
            house, home, trafficker, learning = (min(5, score + wave // 6 * dice.pick(0, 1)) for score in scores)
            worker = "" if wave == 0 else dice.pick(0, 1)
            care = f"{2 + wave / 12 + dice.pick(0, 99) / 100:.2f}"
            doctor = doctor or (wave > 0 and dice.chance(0.6))
            asked = [house, home, trafficker, worker, care, min(35, mlq + wave // 2), int(doctor), learning]
            said = [-99 if answer != "" and dice.chance(0.02) else answer for answer in asked]
            rows.append([f"P{number:03}", wave, *said])
    headers = "pid wave house_ok safe_home safe_traff support_same_worker tic_grade mlq_p gp_reg learn_access"
    return _csv(headers.split(), rows)


def therapy_study() -> bytes:
    """Give 11 women whose symptoms fall a great deal, as REDCap exports them: one row each."""
    dice = Dice(6002)
    rows: list[list[object]] = []
    for number in range(1, 12):
        pcl, phq = dice.pick(48, 70), dice.pick(14, 25)
        later = [pcl - dice.pick(15, 25), pcl - dice.pick(20, 32), phq - dice.pick(3, 7), phq - dice.pick(5, 11)]
        rows.append([number, 1, 2, pcl, *later[:2], phq, *later[2:], 2])
    headers = (
        "record_id adult intake_complete pcl5_pre pcl5_post pcl5_fu3 phq9_pre phq9_post phq9_fu3 symptoms_complete"
    )
    return _csv(headers.split(), rows)


def ticked_boxes() -> bytes:
    """Give 22 people at two visits: one column empty, one full of -99, and one that the form filled in by itself."""
    dice = Dice(6003)
    rows: list[list[object]] = []
    for number in range(1, 23):
        house, safe, worker = (dice.pick(1, 4) for _ in range(3))
        doctor = dice.chance(0.5)
        for visit in (1, 2):
            more = dice.pick(0, 1) * (visit - 1)
            doctor = doctor or (visit > 1 and dice.chance(0.5))
            row = [number, f"visit_{visit}_arm_1", visit, 1, house + more, safe + more, worker + more]
            rows.append([*row, 3, -99, int(doctor), "", 2])
    headers = (
        "record_id redcap_event_name visit_number over_18 house_ok feels_safe same_worker staff_kind purpose "
        "gp___1 learn_access visit_complete"
    )
    return _csv(headers.split(), rows)


def activity_return() -> bytes:
    """Give what a service did in eight quarters, as a workbook."""
    dice = Dice(6004)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime(2025, 1, 6)})  # noqa: DTZ001 - a workbook knows no time zones
    sheet = book.add_worksheet("return")
    sheet.write_row(0, 0, ["quarter", "nights_housed", "gp_referrals", "classes_run", "calls_answered"])
    for row, quarter in enumerate((f"{year}-Q{part}" for year in (2023, 2024) for part in (1, 2, 3, 4)), start=1):
        numbers = [dice.pick(1400, 1900), dice.pick(12, 31), dice.pick(20, 36), dice.pick(300, 520)]
        sheet.write_row(row, 0, [quarter, *numbers])
    book.close()
    return content.getvalue()


def misleading_scores() -> bytes:
    """Give 40 people before and after, as SPSS keeps them: most scores have a fault that a mean would hide."""
    dice = Dice(6005)
    people = range(40)
    star = [dice.pick(3, 6) for _ in people]
    safe = [5 if person % 10 in {1, 4, 7} else dice.pick(2, 4) for person in people]  # 12 of 40 at the ceiling
    worker, learn = ([dice.pick(2, 4) for _ in people] for _ in range(2))
    care = [dice.pick(20, 39) / 10 for _ in people]
    # Some lost their decimal point, at either time.
    care_later = [10 * score if person in {8, 20} else score for person, score in enumerate(care)]
    care = [10 * score if person == 3 else score for person, score in enumerate(care)]  # noqa: PLR2004 - any would do
    raw = [dice.pick(15, 25) for _ in people]
    changed = [round(0.8 * score + dice.pick(2, 5) + 0.37, 2) for score in raw]
    doctor = [dice.pick(0, 1) for _ in people]
    return _sav(
        [
            ("pid", "Participant number [mscos:participant]", [f"M{person + 1:02}" for person in people]),
            ("adult", "18 or over [mscos:adult]", [1] * len(people)),
            *_twice(
                "star", "Managing the home", "housing dir=down inst=homelessness-star", star, dice.raised(star, 10)
            ),
            *_twice("safe", "Feels safe", "safety dir=up range=1..5", safe, dice.raised(safe, 5)),
            *_twice("worker", "Can count on a worker", "support dir=up range=1..5", worker, dice.raised(worker, 5)),
            *_twice("care", "TIC grade", "services dir=up inst=tic-grade range=1..5", care, care_later),
            *_twice("swb", "Wellbeing, raw and then changed", "purpose dir=up inst=swemwbs", raw, changed),
            *_twice("gp", "Has a doctor", "medical dir=up range=0..1", doctor, dice.raised(doctor, 1)),
            *_twice("learn", "Can learn what I want", "education dir=up range=1..5", learn, dice.raised(learn, 5)),
        ]
    )


def _twice(
    name: str, words: str, token: str, start: Sequence[float], later: Sequence[float]
) -> tuple[tuple[str, str, Sequence[object]], ...]:
    """Give a question as two variables: every second person has no later answer."""
    outcome, _, more = token.partition(" ")
    stayed = [answer if person % 2 == 0 else None for person, answer in enumerate(later)]
    return (
        (f"{name}_t0", f"{words}, start [mscos:{outcome} time=baseline by=self {more}]", start),
        (f"{name}_t1", f"{words}, month 6 [mscos:{outcome} time=month-6 by=self {more}]", stayed),
    )


FIRST_NAMES = ("Ada", "Ben", "Cleo", "Dov", "Eve", "Fay", "Gil", "Hana")
LAST_NAMES = ("Example", "Madeup", "Nobody", "Sample")


def case_system() -> bytes:
    """Give 24 cases as a case system exports them, with names that nobody has and ages from 15 to 44."""
    dice = Dice(6006)
    rows = []
    for number in range(1, 25):
        age = 15 + number % 3 if number % 8 == 0 else dice.pick(18, 44)
        rows.append(
            [
                f"CASE-{number:03}",
                dice.one_of(["Open", "Closed"]),
                dice.one_of(FIRST_NAMES),
                dice.one_of(LAST_NAMES),
                f"{2024 - age}-{dice.pick(1, 12):02}-{dice.pick(1, 28):02}",
                age,
                dice.one_of(["Woman", "Man"]),
                f"07700 900{dice.pick(0, 999):03}",  # numbers that Ofcom keeps for drama
                dice.one_of(["Forced labour", "Sexual exploitation", "Domestic servitude"]),
                dice.one_of(["Made-up note: waits for a bed.", "Made-up note: asks for a course."]),
                dice.one_of(["Education", "Health", "Legal", "Livelihood"]),
            ]
        )
    headers = (
        "cas_CaseID cas_Status prs_FirstName prs_SecondName prs_Birthdate prs_Age prs_Gender prs_MobilePhone "
        "vic_TypeOfExploitation vic_DetailsOfVulnerabilities spl_Type"
    )
    return _csv(headers.split(), rows)


FILES: dict[str, Callable[[], bytes]] = {
    "safe-house/data.csv": safe_house,
    "therapy-study/data.csv": therapy_study,
    "ticked-boxes/data.csv": ticked_boxes,
    "activity-return/return.xlsx": activity_return,
    "misleading-scores/data.sav": misleading_scores,
    "case-system/export.csv": case_system,
}
"""The data file of each example, and the function that makes it."""


def _csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode()


def _sav(variables: Sequence[tuple[str, str, Sequence[object]]]) -> bytes:
    frame = pl.DataFrame({name: values for name, _, values in variables})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        pyreadstat.write_sav(frame, str(path), column_labels={name: label for name, label, _ in variables})
        content = path.read_bytes()
    # The library notes in the header when it wrote the file, and so no two files would be alike.
    return content[:92] + b"06 Jan 2509:00:00" + content[109:]


def is_same(name: str, content: bytes) -> bool:
    """Tell whether a file that is there holds what it should; another version of a library may pack it otherwise."""
    path = HERE / name
    if not path.is_file() or path.read_bytes() == content or path.suffix == ".csv":
        return path.is_file() and path.read_bytes() == content
    with TemporaryDirectory() as folder:
        other = Path(folder) / path.name
        other.write_bytes(content)
        one, two = read_table(path), read_table(other)
        return one.codebook == two.codebook and one.frame.collect().to_polars().equals(two.frame.collect().to_polars())


def main(arguments: list[str]) -> int:
    """Write or check, as the arguments say."""
    if arguments not in ([], ["--check"]):
        print(__doc__)  # noqa: T201 - a script prints
        return 2
    stale = {name: content for name, write in FILES.items() if not is_same(name, content := write())}
    for name, content in stale.items():
        if not arguments:
            (HERE / name).write_bytes(content)
        print(f"{'stale' if arguments else 'written'}: examples/{name}")  # noqa: T201 - a script prints
    return 1 if stale and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
