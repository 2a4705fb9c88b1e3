from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mscos
from mscos import errors, identifiers
from mscos.codebooks.codebook import Codebook, Variable
from mscos.identifiers import find_identifier, find_quasi_identifier, load_identifiers, words_of
from mscos.readers.table import Table
from mscos.screen import Place, Screening, Stop, screen
from mscos.screen.patterns import ANY, PATTERNS, PatternKind

pl = pytest.importorskip("polars")


def table_of(frame: object, codebook: Codebook | None = None) -> Table:
    lazy: nw.LazyFrame[Any] = nw.from_native(frame).lazy()  # type: ignore[call-overload]
    headers = tuple(lazy.collect_schema().names())
    return Table(frame=lazy, headers=headers, form="a table made for a test", codebook=codebook)


def table(columns: Mapping[str, Sequence[object]], codebook: Codebook | None = None) -> Table:
    return table_of(pl.DataFrame(columns).lazy(), codebook)


def reasons(screening: Screening) -> list[tuple[str, int, str]]:
    return [(stop.rule, stop.place.position, stop.why) for stop in screening.stops]


def of_cells(cells: Sequence[object]) -> list[str]:
    return [stop.why for stop in screen(table({"q1": cells}), None).stops]


# Headers

IDENTIFYING = {
    "name": """name|Names|first_name|name_first|FIRSTNAME|prs_FirstName|prs_First_Name|prs_Title|clientName|CLIENTNAME
        |clientfirstname|name_baseline|name of client|mother's name|worker_name|organisation_contact_name|Surname
        |Full Name|initials|known_as|client/name|RecipientLastName|school_name|partner_name""",
    "contact": """prs_Email|prs_HomePhone|next_of_kin_contact_phone|next_of_kin|ec_phone|E-mail Address|eMail|e_mail_t0
        |Tel.|Tel No|Mobile No|mobile|client_mobile_2|phone2|workphone|phonenumber|emergency_contact_relationship
        |contact details|email_confirm|workmobile|program_name_phone|Telephone (home)|participant_emails""",
    "address": "address|address_line_2|homeaddress|Address (current)|postcode|post_code_t1|PostalCode|zip|street|addresses",
    "birth_date": "DOB|d.o.b.|DOBs|date_of_birth|dateofbirth|prs_Birthdate|child_dob|Date of birth (dd/mm/yyyy)|Birthday",
    "reference_number": """nhs_no|NHSNumber|case_reference|nrm_reference|NRM Ref|passport_no|passport|ho_ref|nino
        |Home Office reference number|visa_number|driving_licence_number|NI number|bank_account|sort_code|prs_IdentityNumber""",
    "location": "_geolocation|gps|latitude|LocationLatitude|lat|hte_City|hte_Date|safe_house_location|vic_LocationOfRecruitment",
    "online": "IPAddress|ipaddr|ip_address|IP|device_id|deviceid|username|user_name|username_hash|social_media_handle",
    "likeness": "photo|mugshot|signature|video|client_picture",
    "case_notes": "case_notes|cco_CaseComment|vic_DetailsOfVulnerabilities|spl_ActionPlan",
}

HARMLESS = """id|pid|record_id|case_id|client_id|participant_id|person_id|case_number|timepoint|redcap_event_name|form_name
    |filename|program_name|name_of_the_project|instrument_name|variable name|Variable / Field Name|email_consent_yn
    |email_consent_t1|named_worker|support_same_worker|house_ok|safe_home|address_change|name_changes|phone_ok|phone_calls
    |phone_support_hours|has_passport|number_of_phones|access to email|mobile_home|mobile_app_use|street_homeless
    |visa_status|nrm_decision|nrm|in_safe_house|safe_house_weeks|gp_registered|gp|months_at_address|year_of_birth
    |contact_info_complete|next_of_kin_confirmed|plan_to_address_trauma|driving_licence_held|title|comments|_id|_uuid
    |meta/instanceID|start|end|organisation|partner|group|value|outcome|instrument|score|tips|slat|race___1|phone_session_2|1|"""


def listed(text: str) -> list[str]:
    return [header.strip() for header in text.split("|")]


@pytest.mark.parametrize(
    ("header", "why"), [(header, why) for why, headers in IDENTIFYING.items() for header in listed(headers)]
)
def test_a_header_of_names_or_contact_details_stops(header: str, why: str) -> None:
    assert reasons(screen(table({"v": ["1"], header: ["2"]}), None)) == [("SAF-01", 2, why)]


@pytest.mark.parametrize("header", listed(HARMLESS))
def test_a_header_that_holds_no_detail_of_a_person_does_not_stop(header: str) -> None:
    assert find_identifier(header) is None


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("prs_FirstName", ("prs", "first", "name")),
        ("NHSNumber", ("nhs", "number")),
        ("race___1", ("race",)),
        ("group/Mother\u2019s DOB.2", ("group", "mother", "s", "dob")),
        ("T\u00e9l\u00e9phone", ("t\u00e9l\u00e9phone",)),
        ("1 2", ()),
    ],
)
def test_a_header_is_split_into_words(header: str, words: tuple[str, ...]) -> None:
    assert words_of(header) == words


def test_a_header_that_reaches_somebody_stops() -> None:
    found = screen(
        table({"v": ["1"], "maria@example.org": ["2"], "07700 900123": ["3"], "2024-01-31 10:00": ["4"]}), None
    )

    assert reasons(found) == [("SAF-01", 2, "contact"), ("SAF-01", 3, "contact")]


def test_no_cell_is_looked_at_once_a_header_stops() -> None:
    broken = pl.LazyFrame({"phone": ["Maria"]}).select(pl.col("phone").cast(pl.Int64))
    cells = {
        "phone": ["x"],
        "q1": ["maria@example.org"],
        "q2": ["no more than a made-up text of several words, three times"],
    }
    many = {header: values * 3 for header, values in cells.items()}

    assert reasons(screen(table_of(broken), None)) == [("SAF-01", 1, "contact")]
    assert screen(table(many), None) == Screening(
        stops=(Stop(rule="SAF-01", place=Place(position=1), why="contact"),), free_text=(), quasi=()
    )


# The list


@pytest.mark.parametrize("entry", load_identifiers().identifiers, ids=lambda entry: entry.words)
def test_every_entry_finds_its_own_words(entry: identifiers.Identifier) -> None:
    found = find_identifier(entry.words.replace(" ", "_"))

    assert words_of(entry.words) == tuple(entry.words.split(" "))
    assert found is not None
    assert found.why == entry.why


@pytest.mark.parametrize("entry", load_identifiers().quasi, ids=lambda entry: entry.words)
def test_every_entry_of_a_mix_of_details_finds_its_own_words(entry: identifiers.QuasiIdentifier) -> None:
    assert find_quasi_identifier(entry.words) is not None


@pytest.mark.parametrize("phrase", load_identifiers().harmless)
def test_every_harmless_phrase_is_needed(phrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = find_identifier(phrase)
    names = load_identifiers().model_copy(update={"harmless": ()})
    monkeypatch.setattr(identifiers, "load_identifiers", lambda: names)
    monkeypatch.setattr(identifiers, "_direct", identifiers._direct.__wrapped__)  # noqa: SLF001

    assert kept is None
    assert find_identifier(phrase)


@pytest.mark.parametrize("thing", load_identifiers().named_things)
def test_the_name_of_a_thing_names_no_person(thing: str) -> None:
    shapes = (f"{thing}_name", f"{thing}_names", f"name of {thing}", f"name of the {thing}", f"{thing}Name_2")

    assert [shape for shape in shapes if find_identifier(shape)] == []
    assert find_identifier(f"{thing} client name")


@pytest.mark.parametrize("ending", load_identifiers().endings)
def test_a_question_about_a_detail_is_not_the_detail(ending: str) -> None:
    assert find_identifier(f"email_{ending}") is None
    assert find_identifier(f"email_{ending}_t1") is None
    assert find_identifier(f"{ending}_email")


@pytest.mark.parametrize("opening", load_identifiers().openings)
def test_a_question_whether_there_is_a_detail_is_not_the_detail(opening: str) -> None:
    assert find_identifier(f"{opening} surname") is None
    assert find_identifier(f"client {opening} surname")


@pytest.mark.parametrize("filler", load_identifiers().fillers)
def test_a_filler_says_nothing(filler: str) -> None:
    assert find_identifier(f"{filler}_lat")
    assert find_identifier(f"lat {filler}")


def test_an_exact_entry_stands_alone() -> None:
    assert find_identifier("lat")
    assert not find_identifier("lat pull")
    assert find_quasi_identifier("town")
    assert not find_quasi_identifier("town hall")


def test_the_list_says_whose_it_is_and_where_each_entry_comes_from() -> None:
    names = load_identifiers()
    sources = {source.id: source.basis for source in names.sources}

    assert "this project's own" in names.note
    assert "CC BY 4.0" in names.note
    assert "does not endorse" in names.note
    assert all(entry.basis == sources[entry.source] for entry in names.identifiers)
    assert all(entry.basis == sources[entry.source] for entry in names.quasi)
    assert sources == {"htcds": "publisher", "redcapr": "secondary", "mscos": "unchecked"}


@pytest.mark.parametrize(
    "kept", ["identifiers", "quasi", "named_things", "harmless", "openings", "endings", "fillers", "sources"]
)
def test_nothing_stands_in_the_list_twice(kept: str) -> None:
    document = json.loads((Path(mscos.__file__).parent / "data/reference/identifiers.json").read_bytes())
    entries = [entry if isinstance(entry, str) else entry.get("words", entry.get("id")) for entry in document[kept]]

    assert len(entries) == len(set(entries)) > 0


# Codebooks

BOOK = Codebook(
    form="a made-up codebook",
    variables=(
        Variable(name="home"),
        Variable(name="secret", identifier=True),
        Variable(name="reached_by", columns=("reached_by/phone", "reached_by/e-mail"), ticks=True),
        Variable(name="phones", columns=("phones/1",), ticks=True),
        Variable(name="q7", label="Date of birth:"),
        Variable(name="q8", label="Do you often talk to a friend on the phone?"),
        Variable(name="mobile", columns=("Q9",)),
        Variable(name="story", free_text=True),
        Variable(name="gender", columns=("Q10",)),
        Variable(name="left", columns=("shared",), identifier=True),
        Variable(name="right", columns=("shared",)),
    ),
)


@pytest.mark.parametrize(
    ("header", "stops"),
    [
        ("home", ()),
        ("secret", (("codebook", "secret"),)),
        ("SECRET", (("codebook", "secret"),)),
        ("group/secret", (("codebook", "secret"),)),
        ("shared", (("codebook", None),)),
        ("reached_by/phone", ()),
        ("phones/1", (("contact", "phones"),)),
        ("q7", (("birth_date", "q7"),)),
        ("q8", ()),
        ("Q9", (("contact", "mobile"),)),
        ("Maria/phone", (("contact", None),)),
    ],
)
def test_a_codebook_says_more_than_a_header(header: str, stops: tuple[tuple[str, str | None], ...]) -> None:
    found = screen(table({header: ["1"]}), BOOK)

    assert tuple((stop.why, stop.place.variable) for stop in found.stops) == stops
    assert {stop.rule for stop in found.stops} <= {"SAF-01"}


def test_what_the_file_says_of_itself_can_stop_but_is_not_shown() -> None:
    own = Codebook(
        form="labels", variables=(Variable(name="maria", identifier=True), Variable(name="notes", free_text=True))
    )
    stopped = screen(table({"maria": ["1"], "home": ["1"]}, own), BOOK)
    going_on = screen(table({"notes": ["1"]}, own), None)

    assert stopped.stops == (Stop(rule="SAF-01", place=Place(position=1), why="codebook"),)
    assert going_on == Screening(stops=(), free_text=(Place(position=1),), quasi=())


def test_free_text_and_quasi_identifiers_are_places() -> None:
    found = screen(table({"home": ["1"], "story": ["x"], "Q10": ["2"], "marital_status": ["3"]}), BOOK)

    assert found == Screening(
        stops=(),
        free_text=(Place(position=2, variable="story"),),
        quasi=(Place(position=3, variable="gender"), Place(position=4)),
    )


def test_a_screening_shows_no_header_that_the_codebook_does_not_describe() -> None:
    headers = ("Canary first name", "canary", "canary gender", "canary/home", "canary@example.org", "home")
    for screening in (
        screen(table({header: ["1"] for header in headers}), BOOK),
        screen(table({header: ["07700 900123"] for header in headers[1:4]}), BOOK),
        screen(table({header: ["07700 900123"] for header in headers[1:4]}), None),
    ):
        assert screening.stops
        assert "canary" not in f"{screening!r}{screening!s}".lower()


# Cells

CELLS: dict[str, tuple[list[str], list[str]]] = {
    "email": (
        [
            "maria@example.org",
            "Write to a.b+c@mail.example.co.uk please",
            "<x@y.io>",
            "mailto:zo\u00eb@m\u00fcnchen.de",
            "A@B.CO",
        ],
        [
            "maria at example",
            "@maria",
            "@example.org",
            "a@b",
            "5@2.50",
            "5 @ 2.50",
            "me @ home.Now",
            "a@b c.de",
            "m@.c",
            "a@b\u00a0c.de",
        ],
    ),
    "phone": (
        [
            "07700 900123",
            "07700900123",
            "07700 900 123",
            "077 0090 0123",
            "0161 496 0000",
            "(0161) 496 0000",
            "020 7946 0958",
            "(01632) 960001",
            "01632 960 001",
            "01632 96001",
            "0207.946.0958",
            "07700\u2013900\u2013123",
            "07700\u00a0900\u00a0123",
            "-07700900123",
            "x/07700900123",
            "call me,07700 900123.",
            "tel.07700900123",
            "mob 07700900123 (work)",
            "two lines\n07700900123",
            "+447700900123",
            "+44 7700 900123",
            "+44 (0)20 7946 0958",
            "+(44)7700900123",
            "+355 69 123 4567",
            "+1.405.321.1111",
            "+4912345678",
            "0044 7700 900123",
            "00447700900123",
            "00 355 69 123 4567",
            "(405) 321-1111",
            "(405)3211111",
            "405-321-1111",
            "405 321 1111",
            "7700900123",
            " 7700 900 123 ",
            "7700900123.0",
            "447700900123",
            "44 7700 900123",
            "441614960000",
        ],
        [
            "P0000123",
            "P07700900123",
            "07700900123a",
            "0000123",
            "00000000123",
            "00123456789",
            "0012345678901234",
            "12345678",
            "077009001",
            "077009001234",
            "+1234567",
            "1,000,000",
            "2024-01-31",
            "2024-01-31 10:00",
            "2024-01-31 10:00:00.012345678",
            "31/01/2024 10:00:00",
            "01.02.2003 10:00",
            "01-02-2003 10:00",
            "0102-20-03 10:00",
            "2024-01-31 2024-02-28",
            "2024/0131-202402",
            "20240131100000",
            "0.1234567891",
            "51.0123456789",
            "51,0123456789",
            ".0123456789",
            "-.0123456789",
            "51.5074, -0.1278",
            "+51.5074000-000.1278000/",
            "3.14159265358979",
            "1700000000",
            "1700000000000",
            "0 1 2 3 4 5 6 7 8 9 10",
            "0 10 20 30 40 50",
            "01 02 03 04 05",
            "uuid:abcdefab-0123-4567-8901-abcdefabcdef",
            "a45f0012-0012-3456-7890-123456789012",
            "7000000123",
            "8700900123",
            "17700900123",
            "7700900123 times",
            "440000000001",
            "(405) 321",
            "(405) 321-11112",
            "405-321-11112",
            "1405-321-1111",
            "205-123-4567",
        ],
    ),
    "postcode": (
        ["SW1A 1AA", "sw1a1aa", "E1 6AN", "E16AN", "12 High St, Leeds LS1 4AP.", "N1C 4AG", "JE2 3AB", "E1\u00a06AN"],
        [
            "housing",
            "month-6",
            "F32.1",
            "SH1 2AB",
            "QX1 1AA",
            "A1",
            "E1 1CO",
            "E1 6A",
            "E 6AN",
            "XE16AN",
            "E16ANT",
            "E1  6AN",
            "E1-6AN",
        ],
    ),
    "birth_date": (
        [
            "1985-03-12",
            "1985-03-12T00:00:00",
            "1985/3/1",
            "1985.12.31",
            "12/03/1985",
            "3/12/1985",
            "31.3.1985",
            "12 03 1985",
            "12-03-85",
            "12/03/40",
            "12-Mar-1985",
            "12 march 85",
            "12MAR1985",
            "1st May 1990",
            "March 12, 1985",
            "born 12/03/1985 in",
            "19850312",
            "19850312.0",
            "1900-01-01",
            "2012-12-31",
            "2009-06-30",
        ],
        [
            "2013-01-01",
            "2024-01-31",
            "31/01/2024",
            "24-01-31",
            "12/03/39",
            "1899-12-31",
            "1985",
            "1985-3",
            "12/03",
            "1985-13-45",
            "1985-00-01",
            "A1985-03-12",
            "1985-03-123",
            "12/03/19851",
            "19851332",
            "19850332",
            "198503121",
            "1 May",
            "May 5",
            "12 Marchmont Road 1985",
            "March 1985",
            "Mar 1285",
        ],
    ),
}


TEXTS = [text for hits, misses in CELLS.values() for text in (*hits, *misses)]


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """What is found in each text, by one look at a table in which each has a column of its own."""
    screening = screen(table({f"q{number}": [text] for number, text in enumerate(TEXTS)}), None)
    kinds: dict[str, list[str]] = {text: [] for text in TEXTS}
    for stop in screening.stops:
        kinds[TEXTS[stop.place.position - 1]].append(stop.why)
    return kinds


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, (hits, _) in CELLS.items() for text in hits])
def test_one_such_cell_stops(kind: str, text: str, found: dict[str, list[str]]) -> None:
    assert kind in found[text]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, (_, misses) in CELLS.items() for text in misses])
def test_a_cell_that_comes_near_does_not_stop(kind: str, text: str, found: dict[str, list[str]]) -> None:
    assert kind not in found[text]


@pytest.mark.parametrize("text", TEXTS)
def test_another_engine_reads_the_patterns_alike(text: str, found: dict[str, list[str]]) -> None:
    kinds = [kind for kind, pattern in PATTERNS.items() if re.search(pattern, text)]

    assert found[text] == kinds
    assert bool(re.search(ANY, text)) == bool(kinds)


@pytest.mark.parametrize("why", ["email", "phone"])
def test_one_contact_detail_among_many_cells_stops(why: str) -> None:
    assert of_cells([*["housing"] * 999, CELLS[why][0][0]]) == [why]


@pytest.mark.parametrize("why", ["postcode", "birth_date"])
def test_some_postcodes_and_dates_can_be_chance(why: str) -> None:
    detail = CELLS[why][0][0]

    assert of_cells([detail, *["housing"] * 19]) == []
    assert of_cells([detail, *["housing"] * 18]) == [why]
    assert of_cells([detail, *["housing"] * 18, *["", " ", "\t", None] * 9]) == [why]


def test_every_reason_in_a_column_is_given() -> None:
    cells = [hits[0] for hits, _ in CELLS.values()]

    assert of_cells([" ".join(cells), *cells]) == ["email", "phone", "postcode", "birth_date"]


@pytest.mark.parametrize(
    ("cells", "whys"),
    [
        ([7700900123, 1, None], ["phone"]),
        ([7700900123.0, None, 0.5], ["phone"]),
        ([447700900123, 1], ["phone"]),
        ([7_099_999_999, 8_000_000_000, 440_999_999_999, 450_000_000_000, 1_700_000_000], []),
        ([19850312, 5], ["birth_date"]),
        ([19850312, *[5] * 18, *[None] * 9], ["birth_date"]),
        ([19850312, *[5] * 19], []),
        ([19851312, 19850012, 19850332, 19850300, 18991231, 20130101], []),
        ([dt.date(1985, 3, 12), None], ["birth_date"]),
        ([dt.date(1985, 3, 12), *[dt.date(2024, 1, 31)] * 18, *[None] * 9], ["birth_date"]),
        ([dt.date(1985, 3, 12), *[dt.date(2024, 1, 31)] * 19], []),
        ([dt.datetime(2012, 12, 31, 23), None], ["birth_date"]),  # noqa: DTZ001
        ([dt.date(2013, 1, 1), dt.date(1899, 12, 31)], []),
        ([True, False], []),
        ([1, 2, None], []),
        ([None, None], []),
        ([], []),
    ],
)
def test_numbers_and_dates_are_cells_too(cells: list[object], whys: list[str]) -> None:
    assert of_cells(cells) == whys


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["07700 900123", "x"])])
def test_labels_are_text(dtype: object) -> None:
    column = pl.Series(["07700 900123", "x", None]).cast(dtype)

    assert reasons(screen(table({"q1": column}), None)) == [("SAF-02", 1, "phone")]


def test_a_null_byte_and_a_very_long_cell_are_cells() -> None:
    assert of_cells(["a\0b", "x" * 1_000_000, "0 " * 100_000]) == []
    assert of_cells(["\0maria@example.org"]) == ["email"]
    assert of_cells(["x " * 100_000 + "07700 900123"]) == ["phone"]


PROSE = "I said in my own words how I feel about my home."


@pytest.mark.parametrize(
    ("cells", "free"),
    [
        ([PROSE] * 3, True),
        ([PROSE] * 2, False),
        (["x" * 50] * 3, False),
        (["aaaaaaaaaaaaaa bbbbbbbbbbbbbbbbb cccccccccccccccc"] * 3, False),
        (["aaaaaaaaaa bbbbbbbbb\ncccccccccc\u00a0dddddddd e"] * 3, True),
        (["one two three four five six seven eight"] * 3, False),
        (["one two three four five six seven eight 40"] * 3, True),
    ],
)
def test_long_texts_of_several_words_are_free_text(cells: list[str], free: bool) -> None:  # noqa: FBT001
    assert bool(screen(table({"q1": cells}), None).free_text) == free


@pytest.mark.parametrize(
    ("cells", "free"),
    [
        ([["07700 900123"]], True),
        ([{"a": "x"}], True),
        ([b"x"], True),
        ([True], False),
        ([dt.time(10)], False),
        ([dt.timedelta(1)], False),
        ([1.5], False),
        ([None], False),
    ],
)
def test_cells_that_nobody_can_look_into_are_free_text(cells: list[object], free: bool) -> None:  # noqa: FBT001
    found = screen(table({"q1": cells}), None)

    assert found == Screening(stops=(), free_text=(Place(position=1),) if free else (), quasi=())


# Tables

MIXED: dict[str, list[object]] = {
    "a": ["07700 900123", None, "", "P0000123"],
    "b": ["1985-03-12", "  ", "", None],
    "c": [7700900123, None, 1, 2],
    "d": ["E1 6AN", None, "x", "housing"],
    "e": ["x@example.org", "a", "b", "c"],
    "f": [dt.date(1985, 3, 12), None, dt.date(2024, 1, 31), None],
    "g": [1, 2, 3, None],
    "h": [True, False, None, None],
    "i": [PROSE] * 4,
    "^.*$": ["\u00e9 \u2013 +44 7700 900123", "a", "b", "c"],
    'q"uote': [0.5, 1.5, 2.5, None],
    "j": [19850312, 20240131, None, None],
    "gender": ["1", "2", "1", "2"],
}

HELD: tuple[tuple[int, PatternKind], ...] = (
    (1, "phone"),
    (2, "birth_date"),
    (3, "phone"),
    (4, "postcode"),
    (5, "email"),
    (6, "birth_date"),
    (10, "phone"),
    (12, "birth_date"),
)

EXPECTED = Screening(
    stops=tuple(Stop(rule="SAF-02", place=Place(position=position), why=why) for position, why in HELD),
    free_text=(Place(position=9),),
    quasi=(Place(position=13),),
)


def through_pandas() -> object:
    return pytest.importorskip("pandas").DataFrame(MIXED)


def through_pandas_objects() -> object:
    return pytest.importorskip("pandas").DataFrame(MIXED).astype(object)


def through_pandas_categories() -> object:
    return pytest.importorskip("pandas").DataFrame(MIXED).astype({"a": "category", "e": "category"})


def through_arrow() -> Any:  # noqa: ANN401 - a library that need not be there
    return pytest.importorskip("pyarrow").table(MIXED)


def through_pandas_of_arrow() -> object:
    pandas = pytest.importorskip("pandas")
    return through_arrow().to_pandas(types_mapper=pandas.ArrowDtype)


def through_duckdb() -> object:
    return pytest.importorskip("duckdb").from_arrow(through_arrow())


@pytest.mark.parametrize(
    "frame",
    [
        lambda: pl.DataFrame(MIXED),
        lambda: pl.LazyFrame(MIXED),
        through_pandas,
        through_pandas_objects,
        through_pandas_categories,
        through_pandas_of_arrow,
        through_arrow,
        through_duckdb,
    ],
)
def test_every_library_shows_the_same(frame: Callable[[], object]) -> None:
    assert screen(table_of(frame()), None) == EXPECTED


def test_decimal_numbers_are_numbers_in_every_library() -> None:
    numbers = {"q1": [Decimal("7700900123.00"), None], "q2": [Decimal("19850312.0"), Decimal("0.5")]}
    frames = (
        pl.DataFrame(numbers),
        pytest.importorskip("pandas").DataFrame(numbers),
        pytest.importorskip("pyarrow").table(numbers),
        pytest.importorskip("duckdb").from_arrow(pytest.importorskip("pyarrow").table(numbers)),
    )

    found = [reasons(screen(table_of(frame), None)) for frame in frames]

    assert found == [[("SAF-02", 1, "phone"), ("SAF-02", 2, "birth_date")]] * 4


def test_a_table_without_rows_stops_nobody() -> None:
    empty = pytest.importorskip("duckdb").from_arrow(through_arrow().slice(0, 0))

    assert screen(table_of(empty), None).stops == ()


def test_an_excluded_column_is_not_looked_at() -> None:
    found = screen(table({"phone": ["x"], "q1": ["x"]}).without(frozenset({"phone"})), None)

    assert found == Screening(stops=(), free_text=(), quasi=())


def test_a_table_without_columns_stops_nobody() -> None:
    assert screen(table({}), None) == Screening(stops=(), free_text=(), quasi=())


def test_a_table_that_cannot_be_read_is_our_error_and_quotes_nothing() -> None:
    broken = pl.LazyFrame({"q1": ["Maria"]}).select(pl.col("q1").cast(pl.Int64))

    with pytest.raises(errors.BrokenTable) as caught:
        screen(table_of(broken), None)

    assert str(caught.value) == (
        "the data file: it cannot be read as a table made for a test to its end; save it again. Nothing was checked."
    )
    assert caught.value.args == (errors.DATA, "a table made for a test")
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


CELL = st.sampled_from(
    ["housing", "baseline", "1", "", None, "2024-01-31", "1985-03-12", "E1 6AN", "07700 900123", PROSE]
)
ROWS = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=30)


@given(st.data(), ROWS, st.text(alphabet="QWZ0", min_size=1, max_size=3))
def test_the_order_of_rows_and_the_names_of_participants_change_nothing(
    data: st.DataObject, rows: list[tuple[str | None, str | None]], other: str
) -> None:
    shuffled = data.draw(st.permutations(rows))

    def screened(rows: Sequence[tuple[str | None, str | None]], prefix: str) -> Screening:
        people = [f"{prefix}{number}" for number, _ in enumerate(rows)]
        columns = {"pid": people, "q1": [first for first, _ in rows], "q2": [second for _, second in rows]}
        return screen(table_of(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))), None)

    assert screened(shuffled, f"P{other}") == screened(rows, "P")


# Samples


def sample(name: str) -> Any:  # noqa: ANN401 - a frame of a library that need not be there
    folder = os.environ.get("MSCOS_SAMPLES")
    if not folder:
        pytest.skip("samples: not tried")
    return pl.read_csv(Path(folder, name), infer_schema=False)


@pytest.mark.parametrize(
    ("name", "stopped"),
    [
        ("redcap_simple_data.csv", "name_first name_last address telephone email dob mugshot"),
        (
            "redcap_longitudinal_data.csv",
            "first_name last_name telephone_1 email dob ec_phone next_of_kin_contact_name next_of_kin_contact_address "
            "next_of_kin_contact_phone",
        ),
    ],
)
def test_a_sample_with_names_stops_at_its_headers_and_would_stop_at_its_cells(name: str, stopped: str) -> None:
    frame = sample(name)
    unnamed = frame.rename({header: f"q{position}" for position, header in enumerate(frame.columns)})

    by_headers = screen(table_of(frame), None)
    by_cells = screen(table_of(unnamed), None)

    assert [frame.columns[stop.place.position - 1] for stop in by_headers.stops] == stopped.split()
    assert {"phone", "email", "birth_date"} <= {stop.why for stop in by_cells.stops}
    assert not [value for value in islice(frame["email"].drop_nulls(), 5) if value in f"{by_headers}{by_cells}"]
