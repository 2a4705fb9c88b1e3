"""
The Modern Slavery Core Outcome Set as data, schemas and checks.

What is listed here is the public interface; what is not may change.  A name is imported when it is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mscos import schemas
    from mscos._core_outcome_id import CoreOutcomeId
    from mscos._editions import editions, latest_edition, load_taxonomy
    from mscos._version import __version__
    from mscos.codebooks.codebook import Codebook
    from mscos.codebooks.reading import read_codebook
    from mscos.conformance import check, check_design, check_intervention
    from mscos.edition_diffs import EditionDiff, apply_diff, diff
    from mscos.edition_files import read_taxonomy
    from mscos.errors import (
        CannotRead,
        Fault,
        HoldsIdentifiers,
        InvalidDocument,
        MissingExtra,
        MscosError,
        OtherEdition,
        OtherFingerprint,
        UnknownEdition,
        UnknownOutcome,
        WhichCodebook,
    )
    from mscos.exporters.exporting import export
    from mscos.findings import Finding, Rag, Reach, Severity, Status
    from mscos.pins import Pin, read_pin
    from mscos.portfolios.checking import check_portfolio
    from mscos.portfolios.report import PortfolioReport
    from mscos.readers.reading import read_table
    from mscos.readers.table import Table
    from mscos.records.entries import Measure, Omission, OutcomeEntry, Result
    from mscos.records.evaluation import EvaluationRecord
    from mscos.records.intervention import InterventionRecord
    from mscos.records.reading import read_intervention, read_record
    from mscos.reference import find_deficit_words
    from mscos.report import Report
    from mscos.succession import Succession
    from mscos.taxonomy import Taxonomy
    from mscos.terms import CoreOutcomeSet, Domain, Outcome, Source
    from mscos.verification import Verification
    from mscos.verifying.verifying import verify_report

_WHERE = {
    "CannotRead": "errors",
    "Codebook": "codebooks.codebook",
    "CoreOutcomeId": "_core_outcome_id",
    "CoreOutcomeSet": "terms",
    "Domain": "terms",
    "EditionDiff": "edition_diffs",
    "EvaluationRecord": "records.evaluation",
    "Fault": "errors",
    "Finding": "findings",
    "HoldsIdentifiers": "errors",
    "InterventionRecord": "records.intervention",
    "InvalidDocument": "errors",
    "Measure": "records.entries",
    "MissingExtra": "errors",
    "MscosError": "errors",
    "Omission": "records.entries",
    "OtherEdition": "errors",
    "OtherFingerprint": "errors",
    "Outcome": "terms",
    "OutcomeEntry": "records.entries",
    "Pin": "pins",
    "PortfolioReport": "portfolios.report",
    "Rag": "findings",
    "Reach": "findings",
    "Report": "report",
    "Result": "records.entries",
    "Severity": "findings",
    "Source": "terms",
    "Status": "findings",
    "Succession": "succession",
    "Table": "readers.table",
    "Taxonomy": "taxonomy",
    "UnknownEdition": "errors",
    "UnknownOutcome": "errors",
    "Verification": "verification",
    "WhichCodebook": "errors",
    "__version__": "_version",
    "apply_diff": "edition_diffs",
    "check": "conformance",
    "check_design": "conformance",
    "check_intervention": "conformance",
    "check_portfolio": "portfolios.checking",
    "diff": "edition_diffs",
    "editions": "_editions",
    "export": "exporters.exporting",
    "find_deficit_words": "reference",
    "latest_edition": "_editions",
    "load_taxonomy": "_editions",
    "read_codebook": "codebooks.reading",
    "read_intervention": "records.reading",
    "read_pin": "pins",
    "read_record": "records.reading",
    "read_table": "readers.reading",
    "read_taxonomy": "edition_files",
    "verify_report": "verifying.verifying",
}

__all__ = [
    "CannotRead",
    "Codebook",
    "CoreOutcomeId",
    "CoreOutcomeSet",
    "Domain",
    "EditionDiff",
    "EvaluationRecord",
    "Fault",
    "Finding",
    "HoldsIdentifiers",
    "InterventionRecord",
    "InvalidDocument",
    "Measure",
    "MissingExtra",
    "MscosError",
    "Omission",
    "OtherEdition",
    "OtherFingerprint",
    "Outcome",
    "OutcomeEntry",
    "Pin",
    "PortfolioReport",
    "Rag",
    "Reach",
    "Report",
    "Result",
    "Severity",
    "Source",
    "Status",
    "Succession",
    "Table",
    "Taxonomy",
    "UnknownEdition",
    "UnknownOutcome",
    "Verification",
    "WhichCodebook",
    "__version__",
    "apply_diff",
    "check",
    "check_design",
    "check_intervention",
    "check_portfolio",
    "diff",
    "editions",
    "export",
    "find_deficit_words",
    "latest_edition",
    "load_taxonomy",
    "read_codebook",
    "read_intervention",
    "read_pin",
    "read_record",
    "read_table",
    "read_taxonomy",
    "schemas",
    "verify_report",
]


if not TYPE_CHECKING:  # a checker sees the names above, and complains of any other

    def __getattr__(name: str) -> object:
        if name == "schemas":
            module, member = "schemas", None
        elif name in _WHERE:
            module, member = _WHERE[name], name
        else:
            raise AttributeError(f"module 'mscos' has no attribute {name!r}")
        # Imported here: importlib costs as much as the rest of this page.
        from importlib import import_module  # noqa: PLC0415

        found = import_module(f"mscos.{module}")
        value = getattr(found, member) if member else found
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
