"""SAF: could a person be found through this file?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity
from mscos.rules._rule import refusal, rule

identifiers = refusal(
    "SAF-01",
    "This file seems to hold names or contact details. Take them out, or leave those columns out with --exclude. "
    "We have not read further.",
    """
    A column seems to hold names, contact details or numbers that point to a person.

    ## Why it matters
    A trafficker who looks for somebody needs one name in one file.
    A check of outcomes needs none.

    ## How to fix it
    Take the columns out of the file, which is best.
    Or name them with `--exclude`: they are then dropped before anything looks at them.
    A number or code that only the service can trace back to a person is enough to follow people over time.

    ## What it does
    No report is made, and the command ends with status 4.
    Columns are named by position where no codebook describes them.

    ## Source
    The list of identifiers in the reference data: names from the Human Trafficking Case Data Standard (IOM, CC BY 4.0)
    and common English names; REDCap's own mark is taken as well, and not trusted alone.
    """,
    needs="data",
)

patterns = refusal(
    "SAF-02",
    "Some cells look like e-mail addresses, phone numbers, postcodes or dates of birth. Take them out, or leave those "
    "columns out with --exclude. We have not read further.",
    """
    Cells have the form of an e-mail address, a phone number, a postcode or a date of birth.

    ## Why it matters
    Contact details hide in columns that nobody expects, such as notes.

    ## How to fix it
    Take them out of the file, or leave the column out with `--exclude`.

    ## What it does
    No report is made, and the command ends with status 4.
    One e-mail address or phone number is enough.
    Postcodes and dates of birth count from one cell in twenty of a column.

    ## Source
    Tried on published demonstration files, in which contact details are not marked.
    The forms and the share are this project's own choice.
    """,
    needs="data",
)


@rule(
    "SAF-03",
    Severity.WARNING,
    "Some people could be picked out by a mix of details. Do not share this file.",
    needs="data",
)
def picked_out(evidence: Evidence) -> Iterator[Problem]:
    """
    Few people share a combination of details such as sex, nationality and kind of exploitation.

    ## Why it matters
    Details that are harmless alone can point to one person together.

    ## How to fix it
    Take out the details that the evaluation does not need, or make them broader.

    ## What it does
    Nothing.
    A combination counts as rare below eleven people; which one it is, is never said.

    ## Source
    The published dataset of the Counter-Trafficking Data Collaborative (k = 11).
    Which headers mean such details is this project's own list.
    """
    if evidence.profile is not None and evidence.profile.small_groups:
        yield Problem(in_data=True)


@rule(
    "SAF-04",
    Severity.WARNING,
    "This file has free text. We did not read it. Consider taking it out before sharing.",
    needs="data",
)
def free_text(evidence: Evidence) -> Iterator[Problem]:
    """
    A column holds people's own words, or notes about them.

    ## Why it matters
    A quotation or a case note can identify a person to those who know them.

    ## How to fix it
    Take the column out before you share the file, or keep the coded theme in its place.

    ## What it does
    Nothing.
    We look at such a column only for blanks and for the forms of contact details.

    ## Source
    REDCap's options for exports without identifiers, which can leave out free text.
    """
    for place in evidence.screening.free_text if evidence.screening else ():
        yield Problem(in_data=True, column=place.position - 1)


@rule("SAF-05", Severity.NOTE, "There are few people in this file, so we show no shares.", needs="data")
def few_people(evidence: Evidence) -> Iterator[Problem]:
    """
    There are fewer people than the least number from which shares are shown: ten, or what `--min-count` says.

    ## Why it matters
    A share of a few people tells a reader what one of them did.

    ## How to fix it
    Nothing needs mending.

    ## What it does
    Nothing.
    The report says "no data" or "some data" and no more.

    ## Source
    Thresholds of ten: UK Longitudinal Linkage Collaboration; Office for National Statistics, in context.
    """
    people = evidence.profile.people if evidence.profile else None
    if people is not None and 0 < people < evidence.min_count:
        yield Problem(in_data=True)


@rule(
    "SAF-06",
    Severity.WARNING,
    "This form asks for names or contact details. Keep them apart from the answers.",
    needs="design",
)
def asks_for_identifiers(evidence: Evidence) -> Iterator[Problem]:
    """
    A variable of a form or a codebook is for a name, a contact detail or a number that points to a person.

    ## Why it matters
    Answers that travel with names can lead somebody to a person.

    ## How to fix it
    Keep names in another file, under the same participant number, and open it only where it is needed.
    Leave the variable out of the export that is evaluated.

    ## What it does
    Nothing, while there are no data.
    A data file that has the column is refused: SAF-01.

    ## Source
    The list of identifiers in the reference data.
    """
    for stop in evidence.screening.stops if evidence.screening else ():
        yield Problem(in_data=True, variable=stop.place.variable)
