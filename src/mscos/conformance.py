"""`check` and `check_intervention`: what was offered is read, and becomes a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from typing import TypeVar

from mscos.codebooks.codebook import Codebook
from mscos.codebooks.reading import read_codebook
from mscos.dataset import bind_form
from mscos.errors import InvalidDocument, OtherEdition, OtherPin
from mscos.evidence import Evidence
from mscos.intake import Codebooks, Data, Prepared, prepared
from mscos.judging import judge
from mscos.logframes import Logframe
from mscos.pins import AnyEdition, Pin, chosen_taxonomy
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.records.reading import names_another, record_faults
from mscos.report import Report
from mscos.screen import screen_form
from mscos.stamps import EditionFrom, InputStamp
from mscos.taxonomy import Taxonomy


def check(  # noqa: PLR0913 - each is an input of its own
    record: EvaluationRecord | None = None,
    *,
    data: Data | None = None,
    codebook: Codebooks = None,
    exclude: str | Sequence[str] = (),
    edition: AnyEdition | None = None,
    events: str | None = None,
    min_count: int = 10,
) -> Report:
    """
    Judge an evaluation: which core outcomes does its record report, and for which do its data hold answers?

    Args:
        record: The record.
        data: The data: a dataframe that narwhals knows (pandas, polars, pyarrow, DuckDB, PySpark), a path, or a
            `Table` that was read.
        codebook: What describes the data: a path, a `Codebook`, or several in order, the most trusted first.
            A table in the canonical layout needs none.
        exclude: Headers of columns that are dropped before anything looks at them.
        edition: The edition to judge by: the name of a packaged one, an edition that was read, or a `Pin`.
            Without it, the one that the record or the codebook names, or the newest packaged one if none is named.
        events: REDCap's file of the forms that belong to each event.
        min_count: People are shown as shares, in bands, from so many people on; never below 5.

    Returns:
        The report, with the verdict *reported* if there is a record, and then *collected* if there are data.

    Raises:
        TypeError: If there is neither a record nor data.
        CannotRead: If the data or the codebook cannot be read.
        HoldsIdentifiers: If the data seem to hold names or contact details.  Nothing else was looked at then.
        WhichCodebook: If nothing says which outcome a column is about.
        UnknownEdition: If no such edition is packaged.
        OtherEdition: If the record or the codebook names another edition than the one asked for.
        InvalidDocument: If a record that was built in memory holds what the edition does not know.
    """
    if record is None and data is None:
        raise TypeError("check needs a record, data or both")
    if record is not None and not isinstance(record, EvaluationRecord):
        raise _not_a_record(record, "check", "read_record")
    if data is None:
        taxonomy = _edition(record, edition)
        return judge(Evidence(taxonomy=taxonomy, record=record), edition_from=_chosen(record, edition))
    ready = prepared(data, codebook, exclude=exclude, events=events)
    return check_prepared(ready, record, edition=edition, min_count=min_count)


def check_prepared(
    ready: Prepared,
    record: EvaluationRecord | None = None,
    *,
    edition: AnyEdition | None = None,
    min_count: int = 10,
) -> Report:
    """Judge data that were read and screened, as `check` does."""
    named = record.edition if record is not None and record.edition else ready.edition
    taxonomy = _edition(record, edition, named)
    return judge(
        ready.evidence(taxonomy, record, min_count),
        edition_from=_chosen(record, edition, named),
        inputs=ready.inputs,
        excluded=ready.excluded,
    )


def check_design(codebook: str | PathLike[str] | Codebook, *, edition: AnyEdition | None = None) -> Report:
    """
    Judge a form or a codebook before it is used: could every core outcome be reported with it?

    Args:
        codebook: A path, or a codebook that was read.
        edition: As for `check`.

    Returns:
        The report, with the verdict *can report*.

    Raises:
        CannotRead: If the codebook cannot be read.
        UnknownEdition: If no such edition is packaged.
        OtherEdition: If the codebook names another edition than the one asked for.
    """
    book = codebook if isinstance(codebook, Codebook) else read_codebook(codebook)
    taxonomy = _edition(None, edition, book.edition)
    bound = bind_form(taxonomy, book)
    evidence = Evidence(taxonomy=taxonomy, bound=bound, screening=screen_form(book))
    stamp = InputStamp.of("codebook", book.origin)
    return judge(evidence, edition_from=_chosen(None, edition, book.edition), inputs=(stamp,))


def check_intervention(
    record: InterventionRecord, *, edition: AnyEdition | None = None, logframe: Logframe | None = None
) -> Report:
    """
    Judge an intervention record: which core outcomes does it address, by whom, and which does it leave out?

    Args:
        record: The record.
        edition: As for `check`.
        logframe: A logframe to judge in place of the record's own.

    Returns:
        The report, with the verdict *addressed*: met if no core outcome is left out and every partner is named.

    Raises:
        UnknownEdition: If no such edition is packaged.
        OtherEdition: If the record names another edition than the one asked for.
        InvalidDocument: If a record that was built in memory holds what the edition does not know.
    """
    if not isinstance(record, InterventionRecord):
        raise _not_a_record(record, "check_intervention", "read_intervention")
    taxonomy = _edition(record, edition)
    if logframe is not None:
        faults = record_faults(record.model_copy(update={"logframe": logframe.rows}), taxonomy)
        if faults:
            raise InvalidDocument("the logframe", faults)
    evidence = Evidence(taxonomy=taxonomy, intervention=record)
    return judge(evidence, edition_from=_chosen(record, edition), logframe=logframe)


def check_any(record: EvaluationRecord | InterventionRecord, *, edition: AnyEdition | None = None) -> Report:
    """Judge a record by its kind, with `check` or `check_intervention`."""
    if isinstance(record, InterventionRecord):
        return check_intervention(record, edition=edition)
    return check(record, edition=edition)


_R = TypeVar("_R")


def read_by(read: Callable[..., _R], source: str, edition: AnyEdition | None) -> _R:
    """
    Read a record by the edition that was chosen.

    Args:
        read: What reads it, such as `read_any`.
        source: The file.
        edition: The choice; by its name alone, the record is still read by the edition that it names itself.

    Raises:
        OtherPin: If the edition is pinned and the record names another one.
        CannotRead: If there is no record to be had.
    """
    if not isinstance(edition, Pin):
        return read(source, taxonomy=edition if isinstance(edition, Taxonomy) else None)
    taxonomy = edition.load()
    try:
        return read(source, taxonomy=taxonomy)
    except InvalidDocument as error:
        if not any(fault.message == names_another(taxonomy) for fault in error.faults):
            raise
    raise OtherPin(edition.path, edition.edition)


def _not_a_record(given: object, call: str, reader: str) -> TypeError:
    if isinstance(given, InterventionRecord):
        return TypeError("this is an intervention record; check_intervention judges it")
    if isinstance(given, EvaluationRecord):
        return TypeError("this is an evaluation record; check judges it")
    return TypeError(f"{call} takes a record; {reader} makes one of a file or a document")


def _edition(
    record: EvaluationRecord | InterventionRecord | None, edition: AnyEdition | None, named: str | None = None
) -> Taxonomy:
    """Find the edition to judge by, and hold a record to it that was not read by it."""
    if edition is not None and not isinstance(edition, AnyEdition):
        raise TypeError("name the edition as text, such as '2023.1'")
    asked = edition if isinstance(edition, str) or edition is None else edition.edition
    of_record = record is not None and record.edition is not None
    named = record.edition if record is not None and record.edition else named
    if asked is not None and named not in {None, asked}:
        if isinstance(edition, Pin):
            raise OtherPin(edition.path, edition.edition, "the record" if of_record else "the codebook")
        raise OtherEdition(str(named), asked)
    found = chosen_taxonomy(edition or named)
    if record is not None and record.read_by != found.fingerprint:
        faults = record_faults(record, found)
        if faults:
            raise InvalidDocument("the record", faults)
    return found


def _chosen(
    record: EvaluationRecord | InterventionRecord | None, edition: AnyEdition | None, named: str | None = None
) -> EditionFrom:
    if record is not None and record.edition:
        return "record"
    if named:
        return "codebook"
    if isinstance(edition, Pin):
        return "pin"
    return "caller" if edition else "newest"
