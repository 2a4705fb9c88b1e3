"""Pins: what a project relies on is used, held to its fingerprint, and written without touching anything else."""

from __future__ import annotations

import pickle
import tomllib
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import mscos
from mscos import Pin, Taxonomy, cli
from mscos.errors import CannotPin, CannotRead, ChangedSincePinned, NoPin, OtherPin, PinnedIsNotHere
from mscos.pins import find_pin, pinned_text, read_pin

ROOT = Path(__file__).parent.parent
SAFE_HOUSE = ROOT / "examples/safe-house/evaluation.toml"
AREA = ROOT / "examples/area-partnership/members"
EXAMPLE = ROOT / "tests/data/example1.json"
FINGERPRINT = mscos.load_taxonomy("2023.1").fingerprint
FIELDS = f'edition = "2023.1"\nfingerprint = "{FINGERPRINT}"\n'
PINNED = f"[tool.mscos]\n{FIELDS}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that pins the packaged edition."""
    (tmp_path / "pyproject.toml").write_text(PINNED)
    return tmp_path


def unnamed(folder: Path) -> Path:
    """Write a record that names no edition."""
    record = folder / "record.toml"
    record.write_text(SAFE_HOUSE.read_text(encoding="utf-8").replace('edition = "2023.1"\n', ""), encoding="utf-8")
    return record


def run(folder: Path, *arguments: str | Path) -> Result:
    """Run a command in a folder; what ends it is left in the result."""
    with chdir(folder):
        return CliRunner().invoke(cli.commands, [*map(str, arguments)], standalone_mode=False)


def stamps(done: Result) -> tuple[str, str]:
    made = mscos.Report.model_validate_json(done.output).stamps
    return made.edition, made.edition_from


def test_the_pinned_edition_is_used_where_nothing_else_names_one(project: Path) -> None:
    done = run(project, "check", unnamed(project), "--format", "json")

    assert done.return_value == 0
    assert stamps(done) == ("2023.1", "pin")


def test_a_report_says_that_its_edition_was_pinned(project: Path) -> None:
    done = run(project, "check", unnamed(project))

    assert f"  Edition 2023.1, pinned by the project; nothing else names one (sha256 {FINGERPRINT})." in done.output


def test_a_record_that_names_the_pinned_edition_is_judged_by_it(project: Path) -> None:
    done = run(project, "check", SAFE_HOUSE, "--format", "json")

    assert stamps(done) == ("2023.1", "record")


def test_data_are_judged_by_the_pinned_edition(project: Path) -> None:
    folder = ROOT / "examples/ticked-boxes"

    done = run(project, "check", folder / "data.csv", "--codebook", folder / "dictionary.csv", "--format", "json")

    assert stamps(done) == ("2023.1", "pin")


def test_a_portfolio_is_judged_by_the_pinned_edition(project: Path) -> None:
    done = run(project, "portfolio", AREA, "--format", "json")
    shown = run(project, "portfolio", AREA)

    assert mscos.PortfolioReport.model_validate_json(done.output).stamps.edition_from == "pin"
    assert "Edition 2023.1, pinned by the project" in shown.output


def test_a_pin_is_looked_for_in_the_working_directory_and_nowhere_else(project: Path) -> None:
    below = project / "below"
    below.mkdir()

    with chdir(below):
        assert find_pin() is None
    with chdir(project):
        assert find_pin() == Pin("pyproject.toml", "2023.1", FINGERPRINT)


@pytest.mark.parametrize("content", ["", "not TOML at all", "[project]\nname = 'a'\n", "[tool.other]\n# mscos\n"])
def test_a_project_without_a_pin_pins_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "pyproject.toml").write_text(content)

    with chdir(tmp_path):
        assert find_pin() is None


def test_a_file_with_the_pin_can_be_named(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    done = run(elsewhere, "check", unnamed(project), "--pin", project / "pyproject.toml", "--format", "json")

    assert stamps(done) == ("2023.1", "pin")


@pytest.mark.parametrize(
    "arguments", [["check", SAFE_HOUSE], ["check", SAFE_HOUSE, "--edition", "2023.1"], ["portfolio", AREA]]
)
def test_a_changed_edition_is_refused_with_both_fingerprints(project: Path, arguments: list[str | Path]) -> None:
    (project / "pyproject.toml").write_text(PINNED.replace(FINGERPRINT, "0" * 64))

    done = run(project, *arguments)

    assert isinstance(done.exception, ChangedSincePinned)
    assert str(done.exception) == (
        f"pyproject.toml: edition '2023.1' is pinned with sha256 {'0' * 64}, and it has {FINGERPRINT}. "
        'Find out why it differs; if that is right, pin it anew with "mscos pin". Nothing was checked.'
    )


def test_a_pinned_edition_that_is_not_packaged_can_come_from_its_file(tmp_path: Path, example1: Taxonomy) -> None:
    pin = f'[tool.mscos]\nedition = "example1"\nfingerprint = "{example1.fingerprint}"\n'
    (tmp_path / "pyproject.toml").write_text(pin)
    record = tmp_path / "record.json"
    record.write_text('{"kind": "evaluation", "record_id": "a", "title": "b", "outcomes": []}')

    alone = run(tmp_path, "check", record)
    with_file = run(tmp_path, "check", record, "--taxonomy", EXAMPLE, "--format", "json")

    assert isinstance(alone.exception, PinnedIsNotHere)
    assert str(alone.exception) == (
        "pyproject.toml: edition 'example1' is pinned here, and it is not packaged (have: 2023.1). "
        'Give its file with --taxonomy, or pin another one with "mscos pin". Nothing was checked.'
    )
    assert stamps(with_file) == ("example1", "caller")


def test_the_file_of_the_pinned_edition_is_held_to_the_pin(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[tool.mscos]\nedition = "example1"\nfingerprint = "{"0" * 64}"\n')

    done = run(tmp_path, "check", SAFE_HOUSE, "--taxonomy", EXAMPLE)

    assert isinstance(done.exception, ChangedSincePinned)


def test_a_record_that_names_another_edition_than_the_pinned_one_is_an_error_that_says_what_to_do(
    project: Path, example1: Taxonomy
) -> None:
    document = {"kind": "evaluation", "record_id": "a", "title": "b", "edition": "example1", "outcomes": []}
    record = mscos.read_record(document, taxonomy=example1)
    file = project / "record.json"
    file.write_text(record.model_dump_json(exclude_none=True))

    with pytest.raises(OtherPin) as caught:
        mscos.check(record, edition=Pin("pyproject.toml", "2023.1", FINGERPRINT))
    done = run(project, "check", file)

    assert str(caught.value) == (
        "pyproject.toml: edition '2023.1' is pinned here, and the record names another one. Bring it to this "
        'edition with "mscos migrate", or pin the other one with "mscos pin". Nothing was checked.'
    )
    assert str(done.exception) == str(caught.value)
    assert isinstance(caught.value, CannotRead)  # so the status is 3: what was given could not be followed


def test_a_record_whose_edition_is_no_text_is_not_said_to_name_another_one(project: Path) -> None:
    record = project / "record.json"
    record.write_text('{"kind": "evaluation", "record_id": "a", "title": "b", "edition": 7, "outcomes": []}')

    done = run(project, "check", record)

    assert isinstance(done.exception, mscos.InvalidDocument)
    assert [fault.pointer for fault in done.exception.faults] == ["/edition"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[tool]\nmscos = 1", ["/tool/mscos: Write named fields here."]),
        ("[tool.mscos]", ["/tool/mscos/edition: This is missing."]),
        (
            '[tool.mscos]\nedition = "newest please"',
            ["/tool/mscos/edition: Write the name of an edition in quotation marks, such as '2023.1'."],
        ),
        (
            "[tool.mscos]\nedition = 2023.1",
            ["/tool/mscos/edition: Write the name of an edition in quotation marks, such as '2023.1'."],
        ),
        (
            '[tool.mscos]\nedition = "2023.1"\nfingerprint = "35b4"',
            [
                "/tool/mscos/fingerprint: Write the sha256 of the edition, 64 digits and letters from a to f, in quotation marks."
            ],
        ),
        (
            '[tool.mscos]\nedition = "2023.1"\nfingerprints = "35b4"',
            [
                '/tool/mscos: There is a field that has no place here. Take it out, or mend its name. Did you mean "fingerprint"?'
            ],
        ),
    ],
)
def test_a_pin_that_cannot_be_read_is_an_error_with_its_faults(tmp_path: Path, table: str, said: list[str]) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(table)

    with pytest.raises(mscos.InvalidDocument) as caught:
        read_pin(file)

    assert [str(fault) for fault in caught.value.faults] == said


def test_a_named_file_without_a_pin_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[tool.other]\n")

    with pytest.raises(NoPin) as caught:
        read_pin(file)

    assert str(caught.value) == (
        f'{file}: there is no table [tool.mscos] in it; write one with "mscos pin". Nothing was checked.'
    )


def test_pinning_makes_the_file_and_pinning_again_leaves_it_alone(tmp_path: Path) -> None:
    first = run(tmp_path, "pin")
    written = (tmp_path / "pyproject.toml").read_bytes()
    stamp = (tmp_path / "pyproject.toml").stat().st_mtime_ns
    second = run(tmp_path, "pin")

    assert written.decode() == PINNED
    assert (tmp_path / "pyproject.toml").stat().st_mtime_ns == stamp
    assert first.output == f"Edition 2023.1 is pinned in pyproject.toml, sha256 {FINGERPRINT}.\n"
    assert second.output == first.output


def test_pinning_another_edition_says_which_one_it_replaces(project: Path, example1: Taxonomy) -> None:
    done = run(project, "pin", "--taxonomy", EXAMPLE)

    assert done.output == (
        f"Edition example1 is pinned in pyproject.toml in place of 2023.1, sha256 {example1.fingerprint}.\n"
    )
    assert read_pin(project / "pyproject.toml").fingerprint == example1.fingerprint


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", PINNED),
        ("[project]\nname = 'a' # kept\n", f"[project]\nname = 'a' # kept\n\n{PINNED}"),
        ("[project]\nname = 'a'", f"[project]\nname = 'a'\n\n{PINNED}"),
        ("# only\r\n", f"# only\n\n{PINNED}".replace("\n", "\r\n")),
        (
            "[ tool . mscos ] # ours\nedition = '2022.1' # old\n# why\n\n[tool.x]\na = 1\n",
            f"[ tool . mscos ] # ours\n{FIELDS}# why\n\n[tool.x]\na = 1\n",
        ),
        ("\ufeff[tool.mscos]\nedition = '1'\n", f"\ufeff{PINNED}"),
    ],
)
def test_a_pin_is_written_and_every_other_line_stays(before: str, after: str) -> None:
    made = pinned_text(before.encode(), "pyproject.toml", mscos.load_taxonomy("2023.1"))

    assert made.decode() == after


@pytest.mark.parametrize(
    "content",
    [
        "[tool]\nmscos = {edition = '1'}\n",
        "tool.mscos.edition = '1'\n",
        "tool = 1\n",
        "a = '''\n[tool.mscos]\n'''\n",
        "[[tool.mscos]]\nedition = '1'\n",
    ],
)
def test_a_file_that_could_lose_something_is_left_alone_and_the_lines_are_shown(content: str) -> None:
    with pytest.raises(CannotPin) as caught:
        pinned_text(content.encode(), "pyproject.toml", mscos.load_taxonomy("2023.1"))

    assert str(caught.value) == (
        "pyproject.toml: the pin cannot be written here without touching other lines, so nothing was. "
        f"Write these lines yourself, in place of what there is:\n{PINNED.rstrip()}"
    )
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes


LINES = st.sampled_from(
    [
        "[tool.mscos]",
        "[tool.other]",
        "[project]",
        "edition = '2022.1'",
        "name = 'a'",
        "# [tool.mscos]",
        "",
        "a = [",
        "]",
        "'''",
        "b = '''",
        "fingerprint='x'",
        "tool.mscos.edition = '3'",
        "[tool]",
        "mscos = {}",
    ]
)
OURS = {"edition", "fingerprint"}


@given(lines=st.lists(LINES, max_size=8), end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_file_holds_a_pin_changes_nothing_but_itself(lines: list[str], end: str) -> None:
    content = end.join(lines).encode()

    try:
        made = pinned_text(content, "a.toml", mscos.load_taxonomy("2023.1"))
    except CannotRead:
        return

    before, after = tomllib.loads(content.decode()), tomllib.loads(made.decode())
    pin = after["tool"].pop("mscos")
    was = before.setdefault("tool", {}).pop("mscos", {})
    assert after == before
    assert (pin["edition"], pin["fingerprint"]) == ("2023.1", FINGERPRINT)
    assert {name: pin[name] for name in pin if name not in OURS} == {
        name: was[name] for name in was if name not in OURS
    }
    assert pinned_text(made, "a.toml", mscos.load_taxonomy("2023.1")) == made


def test_a_pin_is_written_whole_with_the_permissions_of_the_file(project: Path) -> None:
    (project / "pyproject.toml").write_text("[project]\n")
    (project / "pyproject.toml").chmod(0o640)

    run(project, "pin")

    assert (project / "pyproject.toml").stat().st_mode & 0o777 == 0o640
    assert [file.name for file in project.iterdir()] == ["pyproject.toml"]


def test_the_command_line_is_stronger_than_a_pin_on_an_edition_of_another_name(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[tool.mscos]\nedition = "2029.1"\nfingerprint = "{"0" * 64}"\n')

    done = run(tmp_path, "check", unnamed(tmp_path), "--edition", "2023.1", "--format", "json")

    assert stamps(done) == ("2023.1", "caller")


def test_a_link_stays_a_link_and_what_it_leads_to_is_pinned(project: Path) -> None:
    (project / "pyproject.toml").rename(project / "real.toml")
    (project / "real.toml").write_text("[project]\n")
    (project / "pyproject.toml").symlink_to("real.toml")

    run(project, "pin")

    assert (project / "pyproject.toml").is_symlink()
    assert (project / "real.toml").read_text() == f"[project]\n\n{PINNED}"


def test_an_edition_and_a_file_cannot_both_be_named(project: Path) -> None:
    done = run(project, "check", SAFE_HOUSE, "--edition", "2023.1", "--taxonomy", EXAMPLE)

    assert str(done.exception) == "--edition names a packaged edition and --taxonomy a file; give one of them."


def test_two_editions_are_used_side_by_side_in_one_process(example1: Taxonomy, edition: Taxonomy) -> None:
    document = {"kind": "evaluation", "record_id": "a", "title": "b", "outcomes": []}

    reports = [
        mscos.check(mscos.read_record(document, taxonomy=each), edition=each) for each in (example1, edition) * 2
    ]

    assert [len(report.core) for report in reports] == [3, 7, 3, 7]
    assert [report.stamps.edition for report in reports] == ["example1", "2023.1"] * 2
