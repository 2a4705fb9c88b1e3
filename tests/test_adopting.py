"""An official list is adopted: nothing is the same outcome before a person has said so, and nothing is forgotten."""

from __future__ import annotations

import csv
import io
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import mscos
from mscos import Taxonomy, cli
from mscos.adopting.building import Adoption, Origin, adopt
from mscos.adopting.mapping import Decision, draft_mapping, proposals, read_mapping
from mscos.adopting.official import OfficialOutcome, read_official
from mscos.edition_files import parse_taxonomy
from mscos.errors import ContradictoryEdition, EditionNameTaken
from mscos.succession import Fate
from mscos.terms import ConstructKind, LabelGrade, OutcomeSet

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests/data/example1.json"
ORIGIN = Origin(title="The official list (made up)", publisher="Nobody", published="2026-01-01")

OFFICIAL = """\
Label,Domain,Definition
Worms and beetles,,
Birdsong,Air and light,Birds are heard all day.
Butterflies by day,Air,
=Scent of roses,D1,
"""


def listed(text: str, folder: Path, base: Taxonomy, because: str | None = None) -> tuple[OfficialOutcome, ...]:
    file = folder / "official.csv"
    file.write_text(text, encoding="utf-8")
    return read_official(str(file), base, because)


def refused(text: str, folder: Path, base: Taxonomy, because: str | None = None) -> list[str]:
    with pytest.raises(mscos.InvalidDocument) as caught:
        listed(text, folder, base, because)
    return [str(fault) for fault in caught.value.faults]


def decided(label: str, same_as: str | None = None, *succeeds: str) -> Decision:
    return Decision(
        official=OfficialOutcome(label=label, set=OutcomeSet.LONGLIST),
        same_as=same_as,
        by="CK",
        date="2026-02-01",
        succeeds=succeeds,
        domain="d2",
        construct_kind=ConstructKind.STATE,
    )


def kinds(made: Adoption) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    steps = made.taxonomy.crosswalk
    return [
        (step.kind.value, step.from_outcomes, step.to_outcomes) for step in steps if step.from_outcomes[0][:2] == "ll"
    ]


def test_a_draft_proposes_with_a_reason_and_decides_nothing(example1: Taxonomy, tmp_path: Path) -> None:
    official = listed(OFFICIAL, tmp_path, example1)

    assert draft_mapping(official, example1).splitlines() == [
        "official_label,proposed_identifier,proposed_label,reason,confirmed,confirmed_by,date,succeeds,domain,construct_kind",
        "Worms and beetles,ll1,Worms & beetles [provisional: wording of the interim list of March 2022],normalised label,,,,,d1,state",
        'Birdsong,ll2,"Birdsong [provisional: our label for a published theme, not MS-COS wording]",exact label,,,,,d2,state',
        'Butterflies by day,ll3,"Butterflies [provisional: drafted by this project, not MS-COS wording]",near: read both,,,,,d2,state',
        "'=Scent of roses,ll4,Scent of herbs,near: read both,,,,,d1,state",
    ]


def test_an_alias_is_a_reason_too(example1: Taxonomy, tmp_path: Path) -> None:
    text = "label,set\nRich-living soils,core\nAccess to water,core\nKind gardeners,core\na,\nb,\nc,\nd,\n"

    rows = list(csv.reader(io.StringIO(draft_mapping(listed(text, tmp_path, example1), example1))))

    assert [row[:4] for row in rows[1:4]] == [
        ["Rich-living soils", "soil", "Rich, living soil", "alias"],
        ["Access to water", "water", "Access to water", "exact label"],
        ["Kind gardeners", "shade", "Kind gardeners", "exact label"],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "name\na\n",
            [
                "/heading: Column 1 has no place here. The headings are: label, set, domain, definition.",
                "/heading: There is no column label.",
            ],
        ),
        ("label,set\n,\nb,core outcome\n", ["/rows/2: Row 3: The set is none of: core, longlist."]),
        ("label,domain\n", ["/: There is no outcome in the list."]),
        ("label,domain\n,x\n", ["/rows/1: Row 2: There is no label."]),
        (
            "label\nA b\na-b\n",
            [
                "/rows/1: Row 2: This label stands in several rows. Keep one.",
                "/rows/2: Row 3: This label stands in several rows. Keep one.",
            ],
        ),
        ('label\n"a\nb"\n', ["/rows/1: Row 2: The label is too long, or holds a line break or what cannot be seen."]),
        (
            "label\na\nb\nc\n",
            [
                "/: The list has 3 further outcomes, and edition example1 has 4. If that is right, say why with --because."
            ],
        ),
        (
            "label,domain\na,Fire\nb,Sea\nc,Air\nd,\n",
            [
                "/: The list names 2 domains that edition example1 does not have. If that is right, say why with --because."
            ],
        ),
    ],
)
def test_a_list_that_does_not_fit_is_refused_with_every_reason(
    example1: Taxonomy, tmp_path: Path, text: str, said: list[str]
) -> None:
    assert refused(text, tmp_path, example1) == said


def test_a_part_of_the_core_outcome_set_is_refused_whatever_is_said(example1: Taxonomy, tmp_path: Path) -> None:
    text = "label,set\nKind gardeners,core\na,\nb,\nc,\nd,\n"

    assert refused(text, tmp_path, example1, "because") == [
        "/: The list has 1 core outcomes, and edition example1 has 3. Give all or none."
    ]


MAPPING = "official_label,proposed_identifier,confirmed,confirmed_by,date,succeeds,domain,construct_kind\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,ll1,,,,,,", "Write yes or no under confirmed: is this the same outcome as the proposed one?"),
        ("a,ll1,yes,,,,,", "Write who decided under confirmed_by, as a role or initials."),
        ("a,ll1,yes,CK,1.2.2026,,,", "Write the day of the decision under date, such as 2026-01-31."),
        (
            "a,ll9,yes,CK,2026-02-01,,,",
            "Under proposed_identifier, name an outcome of the same set of edition example1.",
        ),
        (
            "a,soil,yes,CK,2026-02-01,,,",
            "Under proposed_identifier, name an outcome of the same set of edition example1.",
        ),
        ("a,,no,CK,2026-02-01,,,state", "This outcome is new. Write its domain: one of d1, d2."),
        ("a,,no,CK,2026-02-01,,d3,state", "The domain is none of: d1, d2."),
        (
            "a,,no,CK,2026-02-01,,d1,",
            "This outcome is new. Write its construct_kind: state, access or service_quality.",
        ),
        ("a,,no,CK,2026-02-01,,d1,thing", "The construct_kind is none of: state, access or service_quality."),
        (
            "a,,no,CK,2026-02-01,soil,d1,state",
            "Under succeeds, name outcomes of the long-list of edition example1 by their identifiers.",
        ),
        ("x,,no,CK,2026-02-01,,d1,state", "The official list has no such label."),
        (
            "b,ll2,yes,CK,2026-02-01,,d1,state",
            "The official list names another domain for this outcome. Leave the domain empty here.",
        ),
    ],
)
def test_a_row_that_is_not_decided_or_cannot_be_is_a_fault(
    example1: Taxonomy, tmp_path: Path, row: str, said: str
) -> None:
    official = listed("label,domain\na,\nb,Air\nc,\nd,\n", tmp_path, example1)
    file = tmp_path / "mapping.csv"
    file.write_text(f"{MAPPING}{row}\n")

    with pytest.raises(mscos.InvalidDocument) as caught:
        read_mapping(str(file), official, example1)

    assert str(caught.value.faults[0]) == f"/rows/1: Row 2: {said}"


def test_rows_that_contradict_each_other_or_are_missing_are_faults(example1: Taxonomy, tmp_path: Path) -> None:
    official = listed("label\na\nb\nc\nd\n", tmp_path, example1)
    file = tmp_path / "mapping.csv"
    decision = "yes,CK,2026-02-01"
    file.write_text(f"{MAPPING}a,ll1,{decision},,,\nb,ll1,{decision},,,\nc,,no,CK,2026-02-01,ll1,d1,state\n")

    with pytest.raises(mscos.InvalidDocument) as caught:
        read_mapping(str(file), official, example1)

    assert [str(fault) for fault in caught.value.faults] == [
        "/rows/1: Row 2: This outcome is confirmed in several rows. Keep one.",
        "/rows/2: Row 3: This outcome is confirmed in several rows. Keep one.",
        "/rows/3: Row 4: Under succeeds stands an outcome that another row keeps. It is not withdrawn.",
        '/: There is no row for "d".',
    ]


def test_what_a_person_confirmed_keeps_its_identifier_and_everything_else_is_new_or_withdrawn(
    example1: Taxonomy,
) -> None:
    made = adopt(
        example1, [decided("Beetles", "ll1"), decided("Roses", None, "ll4"), decided("Mint")], "2001.2", ORIGIN
    )

    edition = made.taxonomy
    assert [(outcome.id, outcome.label) for outcome in edition.longlist] == [
        ("ll1", "Beetles"),
        ("ll05", "Roses"),
        ("ll06", "Mint"),
    ]
    assert edition.core == example1.core
    assert [outcome.id for outcome in edition.withdrawn] == ["ll2", "ll3", "ll4"]
    assert kinds(made) == [
        ("renamed", ("ll1",), ("ll1",)),
        ("withdrawn", ("ll2",), ()),
        ("withdrawn", ("ll3",), ()),
        ("withdrawn", ("ll4",), ("ll05",)),
    ]
    assert {step.source for step in edition.crosswalk} == {"official-2001-2"}
    assert {step.date for step in edition.crosswalk} == {"2026-02-01"}
    assert edition.source("official-2001-2").title == "The official list (made up)"
    assert made.lock_line == f"{edition.fingerprint}  2001.2/taxonomy.json"


def test_what_was_split_or_merged_is_told_as_that(example1: Taxonomy) -> None:
    made = adopt(
        example1,
        [
            decided("Day butterflies", None, "ll3"),
            decided("Moths", None, "ll3"),
            decided("Life", None, "ll1", "ll2"),
            decided("Scent", "ll4"),
        ],
        "2001.2",
        ORIGIN,
    )

    assert kinds(made) == [
        ("renamed", ("ll4",), ("ll4",)),
        ("merged", ("ll1", "ll2"), ("ll07",)),
        ("split", ("ll3",), ("ll05", "ll06")),
    ]


def test_what_a_kept_outcome_takes_over_is_not_said_to_be_merged_into_it(example1: Taxonomy) -> None:
    made = adopt(example1, [decided("Life", "ll1", "ll2", "ll3"), decided("Scent of herbs", "ll4")], "2001.2", ORIGIN)

    assert kinds(made) == [
        ("renamed", ("ll1",), ("ll1",)),
        ("same", ("ll4",), ("ll4",)),
        ("withdrawn", ("ll2",), ("ll1",)),
        ("withdrawn", ("ll3",), ("ll1",)),
    ]


def test_official_words_take_the_place_of_ours_where_the_list_has_them(example1: Taxonomy) -> None:
    official = OfficialOutcome(label="Song", set=OutcomeSet.LONGLIST, domain="Ground", definition="It is heard.")
    bare = decided("Beetles", "ll1")

    made = adopt(example1, [replace(decided("Song", "ll2"), official=official), bare], "2001.2", ORIGIN).taxonomy

    song, beetles = made["ll2"], made["ll1"]
    assert (song.definition, song.definition_source) == ("It is heard.", "official-2001-2")
    assert (song.domain, song.domain_grade) == ("d1", "published")
    assert (beetles.definition, beetles.definition_source) == (example1["ll1"].definition, None)
    assert (beetles.domain, beetles.domain_grade) == ("d2", "inferred")
    assert {outcome.label_grade for outcome in made.longlist} == {LabelGrade.PUBLISHED}
    assert song.alternative_labels == ()  # a provisional label was never anybody's


def test_a_published_label_that_changes_stays_as_another_label(example1: Taxonomy) -> None:
    official = OfficialOutcome(label="Kindly gardeners", set=OutcomeSet.CORE)
    core = [
        replace(decided("Kindly gardeners", "shade"), official=official, domain=""),
        *(
            replace(
                decided(each.label, each.id), official=OfficialOutcome(label=each.label, set=OutcomeSet.CORE), domain=""
            )
            for each in example1.core[:2]
        ),
    ]

    made = adopt(example1, core, "2001.2", ORIGIN).taxonomy

    assert [outcome.id for outcome in made.core] == ["soil", "water", "shade"]
    assert [(each.label, each.source) for each in made["shade"].alternative_labels] == [
        ("Kind gardeners", "green-2001")
    ]
    assert made.find("kind gardeners").id == "shade"


def test_a_reason_for_other_counts_or_domains_is_kept_in_the_edition(example1: Taxonomy, tmp_path: Path) -> None:
    because = "The list was cut in 2026."
    official = listed("label,domain\nFire flies,Fire\n", tmp_path, example1, because)

    made = adopt(
        example1, [replace(decided("Fire flies"), official=official[0])], "2001.2", replace(ORIGIN, because=because)
    )

    assert made.taxonomy.note.endswith(f"Its counts or domains differ from those of the edition before: {because}")
    assert made.taxonomy.domain_of(made.taxonomy["ll05"]).label == "Fire"
    assert made.taxonomy["ll05"].domain == "d03"


@pytest.mark.parametrize("name", ["2023.1", "example1"])
def test_a_name_that_an_edition_has_is_refused(example1: Taxonomy, name: str) -> None:
    with pytest.raises(EditionNameTaken) as caught:
        adopt(example1, [decided("a")], name, ORIGIN)

    assert str(caught.value) == (
        f"there is an edition '{name}' already, and an edition never changes; choose another name"
    )


def test_decisions_that_give_two_outcomes_one_label_are_refused(example1: Taxonomy) -> None:
    with pytest.raises(ContradictoryEdition, match="outcome label 'accesstowater' stands twice"):
        adopt(example1, [decided("Access to water")], "2001.2", ORIGIN)


@settings(max_examples=40)
@given(data=st.data())
def test_no_identifier_gets_another_meaning_and_none_is_forgotten(data: st.DataObject) -> None:
    base = mscos.load_taxonomy("2023.1")
    old = [outcome.id for outcome in base.longlist]
    confirmed = data.draw(st.lists(st.sampled_from(old), unique=True, max_size=6))
    others = [each for each in old if each not in confirmed]
    decisions = [decided(f"Official label {each}", each) for each in confirmed]
    new = data.draw(st.lists(st.lists(st.sampled_from(others), max_size=3), min_size=not decisions, max_size=4))
    decisions += [decided(f"Label {number}", None, *succeeds) for number, succeeds in enumerate(new)]

    made = adopt(base, data.draw(st.permutations(decisions)), "2023.2", ORIGIN)

    edition = made.taxonomy
    assert parse_taxonomy(made.text, "made") == edition
    now = {outcome.id for outcome in edition.longlist}
    assert now & set(old) == set(confirmed)
    assert {outcome.id for outcome in edition.withdrawn} == set(others)
    assert sorted(now - set(old)) == [f"ll{39 + number}" for number in range(len(decisions) - len(confirmed))]
    assert {outcome.label for outcome in edition.longlist} == {each.official.label for each in decisions}
    for each in others:
        assert edition.became(each, since="2023.1")[0].kind in {Fate.WITHDRAWN, Fate.SPLIT, Fate.MERGED}
        wanted = {outcome.label for outcome in edition.successors(each)}
        assert wanted == {decision.official.label for decision in decisions if each in decision.succeeds}


def run(folder: Path, *arguments: str) -> Result:
    with chdir(folder):
        return CliRunner().invoke(cli.commands, arguments, standalone_mode=False)


def decide(mapping: Path, same: set[str]) -> None:
    """Fill a drafted mapping in, as a person does."""
    rows = list(csv.DictReader(mapping.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        row["confirmed"] = "yes" if row["proposed_identifier"] in same else "no"
        row |= {"confirmed_by": "CK", "date": "2026-02-01"}
        row["domain"] = row["domain"] or "d01"
        row["construct_kind"] = row["construct_kind"] or "state"
    with mapping.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def adopted(tmp_path: Path, edition: Taxonomy) -> Path:
    """A folder in which a made-up list of 38 was adopted: 36 outcomes are the same, and two are new."""
    labels = [outcome.label for outcome in edition.longlist]
    labels[36:] = ["A made-up outcome", "Another made-up outcome"]
    (tmp_path / "official.csv").write_text("label\n" + "".join(f'"{each}"\n' for each in labels), encoding="utf-8")
    drafted = run(tmp_path, "adopt", "official.csv", "--edition", "2023.2", "--mapping", "mapping.csv")
    decide(tmp_path / "mapping.csv", {outcome.id for outcome in edition.longlist[:36]})
    done = run(
        tmp_path, "adopt", "official.csv", "--edition", "2023.2", "--mapping", "mapping.csv", "--output", "new.json"
    )
    assert (drafted.return_value, done.return_value) == (0, 0)
    return tmp_path


def test_an_adopted_edition_is_used_in_every_command(adopted: Path) -> None:
    record = adopted / "record.toml"
    record.write_bytes((ROOT / "examples/safe-house/evaluation.toml").read_bytes())

    refusal = run(adopted, "check", "record.toml", "--taxonomy", "new.json")
    moved = run(adopted, "migrate", "record.toml", "--to", "new.json", "--in-place")
    checked = run(adopted, "check", "record.toml", "--taxonomy", "new.json", "--format", "json")
    every = run(adopted, "check", "record.toml", "--all-editions", "--taxonomy", "new.json")
    shown = run(adopted, "show", "ll39", "--taxonomy", "new.json")
    gone = run(adopted, "show", "ll37", "--taxonomy", "new.json")
    run(adopted, "pin", "--taxonomy", "new.json")
    pinned = run(adopted, "check", "record.toml", "--taxonomy", "new.json")

    assert "it names another one" in str(refusal.exception)
    assert moved.return_value == 0
    report = mscos.Report.model_validate_json(checked.output)
    assert report.met
    assert report.stamps.edition == "2023.2"
    assert every.output == (
        "2023.1  met: 7 of 7 core outcomes are reported.\n2023.2  met: 7 of 7 core outcomes are reported.\n"
    )
    assert shown.output.startswith("A made-up outcome (ll39)\n  There is no definition.\n")
    assert str(gone.exception) == "edition '2023.2' has no outcome 'll37' any more: nothing took its place"
    assert pinned.return_value == 0


def test_the_data_of_an_evaluation_are_judged_by_an_adopted_edition(adopted: Path) -> None:
    data = str(ROOT / "examples/ticked-boxes/data.csv")
    codebook = str(ROOT / "examples/ticked-boxes/dictionary.csv")

    done = run(adopted, "check", data, "--codebook", codebook, "--taxonomy", "new.json", "--format", "json")
    drafted = run(adopted, "suggest", data, "--codebook", codebook, "--taxonomy", "new.json", "--output", "x.csv")

    assert mscos.Report.model_validate_json(done.output).stamps.edition == "2023.2"
    assert drafted.return_value == 0


def test_an_intervention_and_a_portfolio_are_judged_by_an_adopted_edition(adopted: Path) -> None:
    record = adopted / "service.toml"
    record.write_bytes((ROOT / "examples/advocacy-service/intervention.toml").read_bytes())
    run(adopted, "migrate", "service.toml", "--to", "new.json", "--in-place")

    one = run(adopted, "check", "service.toml", "--taxonomy", "new.json", "--format", "json")
    many = run(adopted, "portfolio", "service.toml", "--taxonomy", "new.json", "--format", "json")
    frame = run(adopted, "logframe", "service.toml", "--taxonomy", "new.json")

    assert mscos.Report.model_validate_json(one.output).stamps.edition == "2023.2"
    portfolio = mscos.PortfolioReport.model_validate_json(many.output)
    assert portfolio.unreadable == ()
    assert (portfolio.stamps.edition, portfolio.stamps.edition_from) == ("2023.2", "caller")
    assert frame.return_value == 0


def test_asking_for_the_edition_before_anything_is_decided_drafts_and_does_not_say_yes(
    tmp_path: Path, example1: Taxonomy
) -> None:
    (tmp_path / "official.csv").write_text(OFFICIAL)
    common = ("adopt", "official.csv", "--edition", "2001.2", "--from", str(EXAMPLE), "--output", "new.json")

    first = run(tmp_path, *common, "--mapping", "mapping.csv")
    second = run(tmp_path, *common, "--mapping", "mapping.csv")
    screen = run(tmp_path, *common)

    assert first.return_value == 1
    assert first.output.splitlines()[:2] == [
        "Outcomes in the list: 4. Called as in edition example1: 2. Near: 2. Neither: 0.",
        "A mapping is drafted in mapping.csv. Nothing in it is decided.",
    ]
    assert isinstance(second.exception, mscos.InvalidDocument)
    assert len(second.exception.faults) == 4
    assert screen.return_value == 1
    assert screen.output == (tmp_path / "mapping.csv").read_text(encoding="utf-8")
    assert not (tmp_path / "new.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--edition", "newest"], "--edition is the year of the consensus and a revision, such as 2023.2."),
        (
            ["--edition", "2001.2", "--output", "official.csv"],
            "the output names a file that is read; choose another one.",
        ),
        (
            ["--edition", "2001.2", "--output", "mapping.csv"],
            "the output names a file that is read; choose another one.",
        ),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_written(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "official.csv").write_text(OFFICIAL)
    (tmp_path / "mapping.csv").write_text(MAPPING)

    done = run(tmp_path, "adopt", "official.csv", "--from", str(EXAMPLE), "--mapping", "mapping.csv", *arguments)

    assert str(done.exception) == said
    assert (tmp_path / "official.csv").read_text() == OFFICIAL
    assert (tmp_path / "mapping.csv").read_text() == MAPPING


def test_every_edition_is_asked_and_a_record_that_one_cannot_read_does_not_pass(tmp_path: Path) -> None:
    record = str(ROOT / "examples/safe-house/evaluation.toml")

    packaged = run(tmp_path, "check", record, "--all-editions")
    further = run(tmp_path, "check", record, "--all-editions", "--taxonomy", str(EXAMPLE))
    data = run(tmp_path, "check", str(ROOT / "examples/safe-house/data.csv"), "--all-editions")

    assert (packaged.return_value, further.return_value) == (0, 1)
    assert further.output == (
        "2023.1  met: 7 of 7 core outcomes are reported.\nexample1  not read: It cannot be read by this edition: 7 faults.\n"
    )
    assert str(data.exception) == "--all-editions judges one record by itself; leave the other options out."


def test_the_number_of_a_withdrawn_outcome_is_not_used_again(example1: Taxonomy) -> None:
    first = adopt(example1, [decided("Mint"), decided("Roses")], "2001.2", ORIGIN).taxonomy
    second = adopt(first, [decided("Thyme")], "2001.3", ORIGIN).taxonomy
    third = adopt(second, [decided("Sage", "ll07"), decided("Dill")], "2001.4", ORIGIN).taxonomy

    assert [outcome.id for outcome in second.longlist] == ["ll07"]
    assert [outcome.id for outcome in adopt(second, [decided("Dill")], "2001.4", ORIGIN).taxonomy.longlist] == ["ll08"]
    assert [outcome.id for outcome in third.longlist] == ["ll07", "ll08"]
    empty = replace(
        decided("Access to soil", "soil"), official=OfficialOutcome(label="Soil", set=OutcomeSet.CORE), domain=""
    )
    bare = adopt(third, [empty], "2001.5", ORIGIN).taxonomy
    assert [outcome.id for outcome in adopt(bare, [decided("Dill")], "2001.6", ORIGIN).taxonomy.longlist] == ["ll09"]


def test_no_outcome_is_proposed_twice(example1: Taxonomy) -> None:
    official = [
        OfficialOutcome(label=label, set=OutcomeSet.LONGLIST) for label in ("Butterfly", "Butterflys", "Butterflies")
    ]

    assert [(outcome.id if outcome else None, reason) for outcome, reason in proposals(official, example1)] == [
        (None, "nothing is near"),
        (None, "nothing is near"),
        ("ll3", "exact label"),
    ]
