"""A report on a portfolio as plain text, complete without colour, and as JSON: the model itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from mscos.crosswalks import load_stages
from mscos.gaps import Change
from mscos.portfolios.area_lines import AreaLine, GapActionLine, GapLine, LevelRow, PartnerSet, StageRow, Through
from mscos.portfolios.report import Changes, MemberLine, PortfolioReport, PortfolioStamps
from mscos.reporters.foreign import foreign, unmarked
from mscos.reporters.of_checks import ANSWERS, LIMITS
from mscos.reporters.of_uptake import orbit_lines, uptake_lines

UPTAKE = "Uptake in evaluations (95 % interval after Wilson)"
"""What stands above the uptake."""

NAMES_SHOWN = 5
"""Members named in one place; the JSON names them all."""

FILES_SHOWN = 20
"""Files that were passed over and are named; the JSON names them all."""

_Item = TypeVar("_Item")

AGREED = {
    "written": "agreed in writing",
    "informal": "agreed by word of mouth",
    "none": "nothing agreed",
    None: "agreement not known",
}

_CHANGED = {
    "verdict": "verdict",
    "rag": "red, amber or green",
    "covered": "whether it is covered",
    "fragile": "what it rests on",
    "single_point": "who covers it",
    "uptake": "evaluations that report it",
    "full_set_uptake": "evaluations that report every core outcome",
}


def portfolio_json(report: PortfolioReport) -> str:
    """Write a report in the form of the published ``portfolio-report.schema.json``."""
    return report.model_dump_json(indent=2, exclude_none=True) + "\n"


def portfolio_text(report: PortfolioReport) -> str:
    """Write a report for a person, a screen reader or a log."""
    return unmarked("\n".join(_lines(report)) + "\n")


def _lines(report: PortfolioReport) -> Iterator[str]:
    yield portfolio_title(report)
    yield ""
    yield report.headline
    for heading, lines in portfolio_sections(report):
        yield from ("", heading, *(f"  {line}" for line in lines))


_Section = tuple[str, list[str]]

HOW = "How this was checked"
"""What stands above the last section."""


def portfolio_sections(report: PortfolioReport) -> list[_Section]:
    """Say everything below the headline: sections with something in them, each with what stands above it."""
    sections = (*_area(report), *_plans(report), *_evaluations(report), *_beside(report))
    return [(heading, lines) for heading, lines in (*sections, (HOW, list(_how(report)))) if lines]


def portfolio_title(report: PortfolioReport) -> str:
    """Say what a report on a portfolio is about."""
    kinds = [member.kind for member in report.members]
    return f"Portfolio of {_number(kinds.count('intervention'), 'intervention')} and " + _number(
        kinds.count("evaluation"), "evaluation"
    )


def _number(many: int, what: str) -> str:
    return f"{many:,} {what}" if many == 1 else f"{many:,} {what}s"


def _area(report: PortfolioReport) -> Iterator[_Section]:
    label = {line.outcome: _labelled(line) for line in report.core}
    yield "Addressed", [_covered(line) for line in report.core if line.there]
    yield "Not addressed", [_uncovered(line) for line in report.core if not line.there]
    yield (
        "Covered by one member only",
        [f"{label[point.outcome]}: {point.record_id}." for point in report.single_points],
    )
    yield (
        "Rests on a referral, or on an agreement that is not known to be written",
        [f"{label[outcome]}." for outcome in report.fragile],
    )
    yield "Covered by members that only help it to happen", [f"{label[outcome]}." for outcome in report.enabled_only]
    yield (
        "Left to a member that is set aside, or whose own record does not say that it covers it",
        [f"{label[each.outcome]}: {each.record_id} relies on {each.partner}." for each in report.not_confirmed],
    )
    yield "By stage of the journey", [f"{label[row.outcome]}: {_by_stage(row)}" for row in report.stages]
    yield "By level", [f"{label[row.outcome]}: {_by_level(row)}" for row in report.levels]


def _covered(line: AreaLine) -> str:
    said = [
        *([f"directly by {_names(line.directly)}"] if line.directly else []),
        *([f"by a partner of {_throughs(line.by_partner)}"] if line.by_partner else []),
        *([f"by referral from {_throughs(line.by_referral)}"] if line.by_referral else []),
    ]
    return f"{_labelled(line)}: {'; '.join(said)}. {line.rag.capitalize()}."


def _uncovered(line: AreaLine) -> str:
    nobody = "nobody covers it"
    if line.partner_not_named:
        nobody = f"left to a partner who is not named, by {_names(line.partner_not_named)}"
    return f"{_labelled(line)}: {nobody}. {line.rag.capitalize()}."


def _labelled(line: AreaLine) -> str:
    return f"{line.marked_label} ({line.outcome})"


def _throughs(through: Sequence[Through]) -> str:
    return _listed(through, lambda each: f"{each.record_id} ({foreign(each.to)}, {AGREED[each.agreement]})")


def _names(names: Sequence[str]) -> str:
    return _listed(names, str)


def _listed(items: Sequence[_Item], words: Callable[[_Item], str], most: int = NAMES_SHOWN) -> str:
    shown = ", ".join(map(words, items[:most]))
    return shown if len(items) <= most else f"{shown} and {len(items) - most:,} more"


def _by_stage(row: StageRow) -> str:
    labels = {stage.code: stage.label.lower() for stage in load_stages().stages}
    return _cells([(labels[cell.stage], cell.members) for cell in row.cells], row.not_said)


def _by_level(row: LevelRow) -> str:
    return _cells([(cell.level, cell.members) for cell in row.cells], row.not_said)


def _cells(cells: Sequence[tuple[str, Sequence[str]]], not_said: Sequence[str]) -> str:
    said = [f"{name}: {_names(members)}" for name, members in cells if members]
    said += [f"not said: {_names(not_said)}"] if not_said else []
    nobody = [name for name, members in cells if not members]
    said += [f"nobody: {', '.join(nobody)}"] if nobody else []
    return "; ".join(said) + "."


def _plans(report: PortfolioReport) -> Iterator[_Section]:
    yield (
        "Who could partner, so that each service covers every core outcome",
        [_partner_set(each) for each in report.partner_sets],
    )
    yield "The fewest changes that leave no gap: one for each line", [_gap(gap) for gap in report.changes_needed]
    yield "What members say they will do", [_action(action) for action in report.gap_actions]


def _partner_set(found: PartnerSet) -> str:
    if found.size == 0:
        return f"{found.record_id}: covers all of them itself."
    sets = "; or ".join(" with ".join(each) for each in found.sets)
    more = found.total - len(found.sets)
    sets += f"; or {more:,} more of this size" if more > 0 else ""
    if found.size is not None:
        return f"{found.record_id}: {sets}.{_remarks(found)}"
    best = f" For the rest: {sets}." if sets else ""
    return f"{found.record_id}: no other member covers {', '.join(found.uncoverable)} directly.{best}{_remarks(found)}"


def _remarks(found: PartnerSet) -> str:
    ask = [each.record_id for each in found.partners if not each.area_known]
    agreed = [each.record_id for each in found.partners if each.agreed]
    said = f" Agreed already: {_names(agreed)}." if agreed else ""
    return said + (f" Ask whether the area is the same: {_names(ask)}." if ask else "")


def _gap(gap: GapLine) -> str:
    said = "; or ".join(f"{each.record_id}: {Change(each.record_id, each.change).words}" for each in gap.options)
    more = gap.total - len(gap.options)
    return f"{gap.outcome}: {said}" + (f"; or one of {more:,} more." if more else ".")


def _action(action: GapActionLine) -> str:
    what = {"amend": "change the service", "partner": "work with a partner"}[action.action]
    when = f" by {action.by_date}" if action.by_date else ""
    barrier = f" In the way: {action.barrier.replace('_', ' ')}." if action.barrier else ""
    return f"{action.record_id}, {action.outcome}: {what}{when}.{barrier}"


def _evaluations(report: PortfolioReport) -> Iterator[_Section]:
    if report.uptake is not None:
        yield UPTAKE, list(uptake_lines(report.uptake))
    if report.orbit is not None:
        yield "Hints of outcome reporting bias (ORBIT)", list(orbit_lines(report.orbit))


def _beside(report: PortfolioReport) -> Iterator[_Section]:
    if report.since is not None:
        yield "Since the earlier report", list(_since(report.since))
    yield "Members", [_member(member) for member in report.members if member.kind == "intervention"]
    aside = [member for member in report.members if member.answer == "not_given"]
    yield (
        "Set aside: without a verdict of their own, these count nowhere",
        [f"{member.record_id} ({member.kind}): {member.why}" for member in aside],
    )
    yield (
        'Could not be counted ("mscos check" says more of a file)',
        [f"{foreign(each.path)}: {each.message}" for each in report.unreadable],
    )


def _member(member: MemberLine) -> str:
    by = f", {foreign(member.organisation)}" if member.organisation else ""
    earlier = " From a report made earlier." if member.source == "report" else ""
    return f"{member.record_id}{by}: {ANSWERS[member.answer]} alone.{earlier}"


def _since(changes: Changes) -> Iterator[str]:
    for line in changes.lines:
        about = f"{line.outcome}, " if line.outcome else ""
        yield f"{line.direction}: {about}{_CHANGED[line.what]}: {line.before} before, {line.after} now."
    for word, members in (("Gained", changes.gained), ("Lost", changes.lost)):
        if members:
            yield f"{word}: {_listed(members, lambda each: f'{each.record_id} ({each.kind})')}."
    if not (changes.lines or changes.gained or changes.lost):
        yield "Nothing changed."
    if not changes.comparable:
        yield "Take care: one of the two is not complete, or other rules were used."


def _how(report: PortfolioReport) -> Iterator[str]:
    yield f"Verdict ({report.verdict.name}): {ANSWERS[report.verdict.answer]}."
    if report.rag is not None:
        yield f"Red, amber or green for the whole, the worst of the {len(report.core)}: {report.rag}."
    if len(report.areas) > 1:
        yield f"Areas: {_listed(report.areas, str, FILES_SHOWN)}."
    yield from _stamps(report.stamps)
    if report.passed_over:
        yield f"Not read, because of their ending: {_listed(report.passed_over, foreign, FILES_SHOWN)}."
    if report.rules:
        found = ", ".join(f"{each.rule} in {each.members:,}" for each in report.rules)
        yield f'Members in which a rule found something: {found}. "mscos check" says what.'
    if not report.complete:
        yield "The portfolio is not complete."
    yield "Covered means that somebody says they see to it. It does not mean that people are better off."
    yield from LIMITS


def _stamps(stamps: PortfolioStamps) -> Iterator[str]:
    chosen = {"pin": "pinned by the project", "caller": "asked for", "newest": "the newest"}[stamps.edition_from]
    yield f"Edition {stamps.edition}, {chosen} (sha256 {stamps.edition_fingerprint})."
    yield f"mscos {stamps.mscos}, schemas {stamps.schema_version}, rules sha256 {stamps.rules_fingerprint}."
    if stamps.made_at is not None:
        yield f"Made at {stamps.made_at}."
    together = f", sha256 of all {stamps.inputs_sha256}" if stamps.inputs_sha256 else ""
    yield f"Inputs: {stamps.inputs:,}{together}."
    if stamps.inputs_without_fingerprint:
        yield f"Built in memory, without a fingerprint: {stamps.inputs_without_fingerprint:,}."
    if stamps.reports_by_other_rules:
        yield f"Reports made earlier by other rules: {stamps.reports_by_other_rules:,}."
