"""DDI codebooks: concepts in variables, and XML that is not to be trusted."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.ddi import DEPTH, read_ddi
from mscos.codebooks.tokens import HOW_TO_WRITE
from mscos.errors import Fault
from refusals import PATH, faults_of, refusal, said_by

CANARY = "Marisol Quetzalcoatl"
CONCEPT = '<concept vocab="MS-COS">housing</concept>'
RANGE = "a range of missing values needs a number at one end at least, and the lower one first."


def book(*parts: str, namespace: str = "ddi:codebook:2_5") -> bytes:
    """A codebook with one variable for each text."""
    variables = "".join(f'<var ID="V{number}" name="v{number}">{part}</var>' for number, part in enumerate(parts))
    return f'<codeBook xmlns="{namespace}"><dataDscr>{variables}</dataDscr></codeBook>'.encode()


def read(content: bytes) -> Codebook:
    return read_ddi(content, PATH)


def test_a_codebook_describes_its_variables() -> None:
    content = b"""<?xml version="1.0" encoding="UTF-8"?>
        <codeBook xmlns="ddi:codebook:2_6" version="2.6">
          <docDscr><citation><titlStmt><titl>mscos:safety</titl></titlStmt></citation></docDscr>
          <dataDscr>
            <varGrp><labl>mscos:safety</labl><concept vocab="MS-COS">safety</concept></varGrp>
            <var ID="V1" name=" who "><labl>Person [mscos:participant]</labl></var>
            <var ID="V2" name="home">
              <location StartPos="1"/>
              <labl level="variable"> Where <p>you</p> live </labl>
              <labl>Short</labl>
              <security>mscos:safety</security>
              <embargo>mscos:safety</embargo>
              <qstn><qstnLit>mscos:safety</qstnLit></qstn>
              <valrng><range min="1" max="5"/><item VALUE="7"/></valrng>
              <invalrng><item VALUE="-99"/><item VALUE=" -98 "/><item UNITS="INT"/><range min="90" max="99"/></invalrng>
              <sumStat type="mean">mscos:safety</sumStat>
              <catgry missing="Y"><catValu> -97 </catValu><labl>mscos:safety</labl><catStat>3</catStat></catgry>
              <catgry missing="y"><catValu>-96</catValu></catgry>
              <catgry missing="N"><catValu>2</catValu></catgry>
              <catgry missing="Y"><catValu>-99</catValu></catgry>
              <catgry missing="Y"><catValu> </catValu></catgry>
              <catgry><catValu>1</catValu></catgry>
              <catgry><catValu>7</catValu><labl>Prefer not to say</labl></catgry>
              <catgry><catValu>8</catValu><labl>Yes</labl></catgry>
              <concept vocab=" ms-cos " vocabURI="https://w3id.org/mscos/">Housing</concept>
              <concept vocab="other">safety</concept>
              <notes>Also [mscos:support kind=output]</notes>
            </var>
            <var ID="V3" name="when"><notes>[mscos:timepoint 0=baseline 6=month-6]</notes></var>
          </dataDscr>
        </codeBook>"""

    codebook = read(content)

    assert codebook == Codebook(
        form="a DDI codebook",
        variables=(
            Variable(name="who", label="Person [mscos:participant]", role="participant"),
            Variable(
                name="home",
                label="Where you live",
                annotations=(Annotation(outcome="housing"), Annotation(outcome="support", kind="output")),
                missing_codes=("-99", "-98", "-97", "-96", "7"),
                missing_ranges=((90.0, 99.0),),
            ),
            Variable(name="when", role="timepoint"),
        ),
        timepoints=(TimeLabel("0", 0), TimeLabel("6", 6)),
    )


@pytest.mark.parametrize("namespace", ["", "ddi:codebook:2_5", "ddi:codebook:2_6", "http://www.icpsr.umich.edu/DDI"])
def test_the_versions_of_the_format_are_read(namespace: str) -> None:
    codebook = read(book(CONCEPT, namespace=namespace))

    assert codebook.variables == (Variable(name="v0", annotations=(Annotation(outcome="housing"),)),)


def test_a_concept_can_hold_elements_of_its_own() -> None:
    codebook = read(book('<concept vocab="MS-COS">hou<hi rend="bold">sing</hi></concept>'))

    assert codebook.variables[0].annotations == (Annotation(outcome="housing"),)


def test_prefixes_are_left_to_the_document() -> None:
    content = b"""<d:codeBook xmlns:d="ddi:codebook:2_5"><d:dataDscr><d:var name="v0">
        <d:concept vocab="MS-COS">mscos:housing</d:concept></d:var></d:dataDscr></d:codeBook>"""

    assert read(content).variables == (Variable(name="v0", annotations=(Annotation(outcome="housing"),)),)


@pytest.mark.parametrize(
    "content",
    [
        book(CONCEPT, namespace="ddi:instance:3_3"),
        b"<html><body><codeBook/></body></html>",
        b'<var xmlns="ddi:codebook:2_5"/>',
    ],
)
def test_another_root_is_no_codebook(content: bytes) -> None:
    with pytest.raises(errors.NotACodebook) as caught:
        read(content)

    assert caught.value.path == PATH


@pytest.mark.parametrize(
    ("attributes", "ends"),
    [
        ('min="1" max="2.5"', (1, 2.5)),
        ('max="-1"', (-math.inf, -1)),
        ('min="90"', (90, math.inf)),
        ('min="5" max="5"', (5, 5)),
        ('minExclusive="1" maxExclusive="2"', (math.nextafter(1, 2), math.nextafter(2, 1))),
        ('min="0" minExclusive="1" max="2" UNITS="REAL"', (0, 2)),
    ],
)
def test_a_range_of_missing_values_is_kept_with_both_ends(attributes: str, ends: tuple[float, float]) -> None:
    codebook = read(book(f"<invalrng><range {attributes}/></invalrng>"))

    assert codebook.variables[0].missing_ranges == (ends,)


@pytest.mark.parametrize(
    "attributes", ["", 'min="Marisol"', 'min="1" max="Marisol"', 'min="nan"', 'max="inf"', 'min="2" max="1"']
)
def test_a_range_without_numbers_is_refused(attributes: str) -> None:
    faults = faults_of(lambda: read(book(f"<invalrng><range {attributes}/></invalrng>")))

    assert faults == (Fault("/variables", f'Variable "v0": {RANGE}'),)


@pytest.mark.parametrize(
    "part",
    [
        '<concept vocab="MS-COS">Safe and secure housing</concept>',
        "<labl>[mscos:housing kind=nonsense]</labl>",
        "<notes>mscos:</notes>",
        f"{CONCEPT}<labl>[mscos:housing kind=output]</labl>",
    ],
)
def test_a_token_that_cannot_be_read_is_told_by_its_variable(part: str) -> None:
    faults = faults_of(lambda: read(book("", part)))

    assert faults == (Fault("/variables", f'Variable "v1": the mscos token cannot be read. {HOW_TO_WRITE}'),)


def test_a_token_that_stands_twice_counts_once() -> None:
    codebook = read(book(f"{CONCEPT}<labl>mscos:housing</labl>"))

    assert codebook.variables[0].annotations == (Annotation(outcome="housing"),)


@pytest.mark.parametrize("name", ["", 'name=" "'])
def test_a_variable_without_a_name_is_told_by_its_number(name: str) -> None:
    content = f'<codeBook><dataDscr><var name="a"/><var {name}/></dataDscr></codeBook>'.encode()

    faults = faults_of(lambda: read(content))

    assert faults == (Fault("/variables", "Variable 2 has no name. Give it one."),)


def test_a_codebook_without_variables_is_refused() -> None:
    faults = faults_of(lambda: read(b"<codeBook><stdyDscr/><var name='a'/></codeBook>"))

    assert faults == (Fault("", "This codebook describes no variable."),)


LAUGHS = b'<!DOCTYPE codeBook [<!ENTITY a "Marisol">%s]><codeBook>&a;</codeBook>'


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS % b'<!ENTITY b "&a;&a;&a;&a;">',
        LAUGHS % b'<!ENTITY c SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE codeBook SYSTEM "codebook.dtd"><codeBook/>',
    ],
)
def test_a_document_type_is_refused(content: bytes) -> None:
    said = "There is a document type here (DOCTYPE). Take it out; it can hide what the file holds."

    assert faults_of(lambda: read(content)) == (Fault("", said),)


def test_what_is_nested_too_deeply_is_refused() -> None:
    deepest = DEPTH - 3
    inside = "<p>" * deepest + "</p>" * deepest

    assert refusal(lambda: read(book(inside))) is None
    assert isinstance(refusal(lambda: read(book(f"<p>{inside}</p>"))), errors.TooDeep)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"<codeBook>\n <a></b></codeBook>", 2, 7),
        (b"Marisol", 1, 1),
        (b"<codeBook>&marisol;</codeBook>", 1, 11),
        (b'<?xml version="1.0" encoding="marisol"?><codeBook/>', 1, 31),
        (b'<?xml version="1.0" encoding="utf-7"?><codeBook/>', 1, 31),
        (b"<codeBook>", 1, 11),
        (b"", 1, 1),
    ],
)
def test_broken_xml_is_told_by_its_place(content: bytes, line: int, column: int) -> None:
    error = refusal(lambda: read(content))

    assert isinstance(error, errors.BadSyntax)
    assert error.args == (PATH, "XML", line, column, None)
    assert error.__cause__ is error.__context__ is None


def test_a_codebook_in_another_encoding_is_read() -> None:
    content = (
        '<?xml version="1.0" encoding="windows-1252"?><codeBook><dataDscr><var name="Café"/></dataDscr></codeBook>'
    )

    assert read(content.encode("cp1252")).variables == (Variable(name="Café"),)


PARTS = st.sampled_from(
    [
        CONCEPT,
        f"<labl>mscos:{CANARY}</labl>",
        f'<invalrng><range min="{CANARY}"/></invalrng>',
        f"<catValu>{CANARY}",
        "<!--",
        "&lt;",
        "]]>",
    ]
)


@given(parts=st.lists(PARTS | st.text(max_size=5).map(escape), max_size=4), cut=st.integers(0, 400))
def test_any_xml_becomes_a_codebook_or_an_error_that_quotes_nothing(parts: list[str], cut: int) -> None:
    content = book(*parts).replace(b"\0", b"")

    whole, part = refusal(lambda: read(content)), refusal(lambda: read(content[:cut]))

    assert CANARY not in said_by(whole) + said_by(part)


@given(
    content=st.binary(max_size=60),
    encoding=st.sampled_from(["utf-8", "utf-16", "hex", "idna", "cp1252", "utf-32", "rot13", "big5"]),
)
def test_any_bytes_become_a_codebook_or_one_of_our_errors(content: bytes, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><codeBook>'.encode() + content

    assert refusal(lambda: read(content)) is not None
    assert refusal(lambda: read(declared)) is not None
