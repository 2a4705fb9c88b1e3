"""Nothing is fetched: with sockets blocked, every format is read and every command runs."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import mscos
from canaries import CODEBOOKS, HEADERS, WRITERS, codebook_file, data_file, rows, run, said_of
from mscos.cli import commands
from profile_tables import BACKENDS
from test_canary import DOCUMENT
from test_data_canary import BOOK
from written import in_form

ROOT = Path(__file__).parent.parent
RECORD = str(ROOT / "examples/safe-house/evaluation.toml")
INTERVENTION = str(ROOT / "examples/advocacy-service/intervention.toml")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was asked of the network.  What is raised may be caught on the way, so each is noted."""
    noted: list[str] = []

    def refused(name: str) -> Callable[..., None]:
        def refuse(*_: object, **__: object) -> None:
            noted.append(name)
            raise AssertionError(name)

        return refuse

    for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused(name))
    monkeypatch.setattr(socket.socket, "__init__", refused("socket"))
    return noted


@pytest.mark.parametrize("name", WRITERS)
def test_no_format_of_data_is_read_from_elsewhere(name: str, tmp_path: Path, opened: list[str]) -> None:
    assert '"collected_over_time"' in said_of(str(data_file(tmp_path, name)), BOOK)
    assert opened == []


@pytest.mark.parametrize("backend", BACKENDS)
def test_no_dataframe_is_sent_elsewhere(backend: str, opened: list[str]) -> None:
    assert '"collected_over_time"' in said_of(BACKENDS[backend](HEADERS, rows()), BOOK)
    assert opened == []


@pytest.mark.parametrize("dialect", CODEBOOKS)
def test_no_codebook_fetches_what_it_points_at(dialect: str, tmp_path: Path, opened: list[str]) -> None:
    assert mscos.read_codebook(codebook_file(tmp_path, dialect)).variables
    assert opened == []


def test_records_and_schemas_are_read_without_a_network(opened: list[str]) -> None:
    report = mscos.check(mscos.read_record(DOCUMENT))
    written = json.loads(in_form("json", report))

    assert list(mscos.schemas.validator("report").iter_errors(written)) == []
    assert list(mscos.schemas.validator("evaluation.core").iter_errors(DOCUMENT)) == []
    assert opened == []


COMMANDS: Mapping[str, tuple[str, ...]] = {
    "adopt": ("{official}", "--edition", "2023.2", "--because", "made up"),
    "check-each": (RECORD,),
    "check": ("{data}", "--codebook", "{codebook}"),
    "conformance": ("run", "--case", "COV-01/dirty", "--", sys.executable, "-c", ""),
    "crosswalk": (),
    "diff": ("2023.1", "2023.1"),
    "editions": (),
    "explain": ("COV-01",),
    "export": ("skos-turtle",),
    "locate": ("{data}", "DAT-04", "--codebook", "{codebook}", "--yes-local"),
    "logframe": (INTERVENTION,),
    "migrate": (RECORD, "--to", "2023.1"),
    "pin": ("--pin", "{pin}"),
    "portfolio": (RECORD,),
    "rules": (),
    "schema": ("report",),
    "search": ("housing",),
    "show": ("housing",),
    "suggest": ("{data}", "--output", "{draft}"),
    "template": ("csv", "--instruments", "phq-9", "--output", "{form}"),
    "verify": ("{report}", RECORD),
}
"""Every command, with arguments that let it do its work."""


def test_every_command_is_tried() -> None:
    assert sorted(COMMANDS) == sorted(commands.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_needs_a_network(
    command: str,
    tmp_path: Path,
    opened: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "official.csv").write_text("label\nA made-up outcome\n")
    files = {
        "official": str(tmp_path / "official.csv"),
        "pin": str(tmp_path / "pin.toml"),
        "data": str(data_file(tmp_path, "comma.csv")),
        "codebook": str(codebook_file(tmp_path, "mapping")),
        "draft": str(tmp_path / "draft.csv"),
        "report": str(tmp_path / "report.json"),
        "form": str(tmp_path / "form.csv"),
    }
    (tmp_path / "report.json").write_text(in_form("json", mscos.check(mscos.read_record(RECORD))), encoding="utf-8")

    status, said = run(capsys, monkeypatch, command, *(each.format(**files) for each in COMMANDS[command]))

    assert status in {0, 1}
    assert said
    assert opened == []


def test_a_socket_and_a_question_for_an_address_are_noticed(opened: list[str]) -> None:
    with pytest.raises(AssertionError):
        socket.socket()
    with pytest.raises(AssertionError):
        socket.create_connection(("localhost", 9))
    with pytest.raises(AssertionError):
        socket.getaddrinfo("localhost", 9)

    assert opened == ["socket", "create_connection", "getaddrinfo"]
