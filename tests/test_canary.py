"""
No word that people wrote into a record reaches an output, but for the few that are meant to.

Printable are the path of the record, its identifier, title, organisation and the variables it describes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mscos
from mscos import cli
from mscos.evidence import Evidence
from mscos.judging import judge
from mscos.reporters import FAILURES
from mscos.rules import RULES
from probe_rules import everywhere
from written import in_every_form

ROOT = Path(__file__).parent.parent
CANARY = "Marisol Quetzalcoatl 07700 900123"
SLUG = "zzyx-canary"
"""One that passes for an identifier, so that the record is read and checked with it."""

PRINTABLE = {"title", "organisation", "variable"}

Place = tuple[str | int, ...]


def places(value: object, place: Place = ()) -> Iterator[Place]:
    """Every place in a document, from the outside in."""
    yield place
    if isinstance(value, dict):
        for name, member in value.items():
            yield from places(member, (*place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*place, index))


def planted(document: dict[str, Any], place: Place, value: object) -> dict[str, Any]:
    """The document with another value at one place."""
    changed = deepcopy(document)
    inside: Any = changed
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    return changed


def said_of(document: object, *, reporters: bool = True) -> str:
    """Everything that reading and checking a document can say, exceptions and what they carry included."""
    try:
        record = mscos.read_record(document)  # type: ignore[arg-type]
    except mscos.CannotRead as error:
        chain = [error, error.__cause__, error.__context__]
        return " ".join(f"{each} {each!r} {getattr(each, 'args', '')}" for each in chain)
    report = judge(Evidence(taxonomy=mscos.load_taxonomy("2023.1"), record=record), (*RULES, everywhere))
    if not reporters:
        return ""
    frames = (str(nw.from_native(frame()).rows()) for frame in (report.to_frame, report.findings_to_frame))
    return " ".join((in_every_form(report), report._repr_html_(), *frames))


def safe_house_document() -> dict[str, Any]:
    from mscos._files import read_document  # noqa: PLC0415

    return read_document(str(ROOT / "examples/safe-house/evaluation.toml"))[0]


DOCUMENT = safe_house_document()


def at(place: Place) -> object:
    value: Any = DOCUMENT
    for step in place:
        value = value[step]
    return value


TEXTS = [place for place in places(DOCUMENT) if place and place[-1] not in PRINTABLE]


@pytest.mark.parametrize("place", TEXTS, ids=lambda place: "/".join(map(str, place)))
def test_a_value_reaches_no_output(place: Place) -> None:
    for value in (CANARY, [CANARY], {CANARY: CANARY}):
        assert CANARY not in said_of(planted(DOCUMENT, place, value))
    if place != ("record_id",):
        for value in (SLUG, [SLUG]):
            assert SLUG not in said_of(planted(DOCUMENT, place, value))


@pytest.mark.parametrize(
    "place",
    [place for place in places(DOCUMENT) if isinstance(at(place), dict)],
    ids=lambda place: "/".join(map(str, place)),
)
def test_an_unknown_field_reaches_no_output(place: Place) -> None:
    for value in (1, None, CANARY, {CANARY: [None]}):
        assert CANARY not in said_of(planted(DOCUMENT, (*place, CANARY), value))


def test_a_canary_that_passes_for_an_identifier_is_read_so_that_this_test_can_fail() -> None:
    read = mscos.read_record(planted(DOCUMENT, ("outcomes", 0, "measures", 0, "instrument"), SLUG))

    assert read.outcomes[0].measures[0].instrument == SLUG


def test_what_is_printable_is_printed_so_that_this_test_can_fail() -> None:
    changed = planted(DOCUMENT, ("outcomes", 0, "measures", 0, "variable"), "house_canary")
    said = said_of(changed | {"title": "Title canary", "organisation": "Organisation canary"})

    assert all(word in said for word in ("house_canary", "Title canary", "Organisation canary"))


@settings(max_examples=150)
@given(data=st.data())
def test_no_change_to_a_record_brings_a_value_into_an_output(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(TEXTS))
    # The beginning stands in no word of ours, so that finding the word is finding a leak.
    word = "Zzyx" + data.draw(st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=40))
    value = data.draw(st.sampled_from([word, [word, word], {word: word}, {"note": word}, [{word: None}]]))

    assert word not in said_of(planted(DOCUMENT, place, value))


@pytest.mark.parametrize("form", ["text", *FAILURES])
@pytest.mark.parametrize("debug", ["0", "1"])
def test_a_bad_file_leaks_nothing_through_the_command(
    form: str, debug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    contents = [
        json.dumps({"kind": CANARY}),
        json.dumps({"kind": "evaluation", "record_id": CANARY, CANARY: CANARY, "outcomes": [{"outcome": CANARY}]}),
        f'{{"kind": "{CANARY}',
        f'{{"{CANARY}": 1, "{CANARY}": 2}}',
        f'kind = "evaluation"\n[{CANARY.replace(" ", "_")}]\n[{CANARY.replace(" ", "_")}]',
        f"title = {CANARY}",
        f'"{CANARY}" = nan',
        CANARY,
    ]
    monkeypatch.setenv("MSCOS_DEBUG", debug)
    for number, content in enumerate(contents):
        for ending in ("json", "toml", "txt"):
            file = tmp_path / f"{number}.{ending}"
            file.write_text(content)
            monkeypatch.setattr(sys, "argv", ["mscos", "check", str(file), "--format", form])

            with pytest.raises(SystemExit) as ended:
                cli.main()

            said = capsys.readouterr()
            assert ended.value.code == 3
            assert CANARY not in said.out + said.err
            assert CANARY.replace(" ", "_") not in said.out + said.err
    assert len(list(tmp_path.iterdir())) == 3 * len(contents)
