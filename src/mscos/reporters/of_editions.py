"""What differs between two editions, as plain text, JSON and Markdown, with every mark in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from pydantic import JsonValue

from mscos.edition_diffs import Change, Changed, EditionDiff, EditionStamp, Entry, Part, What

if TYPE_CHECKING:
    from mscos.across import EditionAnswers
    from mscos.migrating.records import Left, Migrated

Section = tuple[str, list[str]]

_TITLES: Final[dict[What, str]] = {
    "core_membership": "Core outcome set",
    "renamed": "Renamed",
    "moved": "Moved to another domain",
    "redefined": "Redefined",
    "regraded": "Regraded",
    "aliases": "Other labels",
    "sources": "Sources",
    "kind": "Kind",
    "described": "Described in another way",
}
_SAME: Final = "The two say the same."


def diff_json(difference: EditionDiff) -> str:
    """Write a difference in the form of the published ``edition-diff.schema.json``."""
    return difference.model_dump_json(indent=2, exclude_none=True) + "\n"


def diff_text(difference: EditionDiff) -> str:
    """Write a difference for a person, a section for each sort of change."""
    lines = [_heading(difference)]
    for title, changes in _sections(difference):
        lines += ["", f"{title}: {len(changes)}", *(f"  {change}" for change in changes)]
    return "\n".join(lines if len(lines) > 1 else [*lines, "", _SAME]) + "\n"


def diff_markdown(difference: EditionDiff) -> str:
    """Write a difference as Markdown, such as for a change log or a pull request."""
    lines = [f"# {_escaped(_heading(difference))}"]
    for title, changes in _sections(difference):
        lines += ["", f"## {title}: {len(changes)}", "", *(f"* {_escaped(change)}" for change in changes)]
    return "\n".join(lines if len(lines) > 1 else [*lines, "", _SAME]) + "\n"


_ANSWERS: Final = {"met": "met", "not_met": "not met", "not_given": "no verdict", "not_read": "not read"}


def answers_text(answers: EditionAnswers) -> str:
    """Say in a line for each edition whether a record meets the set."""
    return "".join(f"{each.edition}  {_ANSWERS[each.answer]}: {each.sentence}\n" for each in answers.answers)


def answers_json(answers: EditionAnswers) -> str:
    """Write the answers of the editions in the form of the published ``edition-answers.schema.json``."""
    return answers.model_dump_json(indent=2) + "\n"


def migration_text(migrated: Migrated) -> str:
    """Say what was written anew in a record or in data, and what a person must decide."""
    lines = [f"From edition {migrated.before} to {migrated.after}."]
    if migrated.assumed:
        lines[0] += f" Nothing names the edition to begin at, so {migrated.before} was assumed."
    lines += [f"  written anew: {old} is now {new}" for old, new in migrated.rewritten]
    lines += [f"  left for you: {_left(each)}" for each in migrated.left]
    if migrated.left:
        lines.append("What is left stands as it was, and a check refuses it. Change it by hand.")
    elif not migrated.rewritten:
        lines.append("Every identifier keeps its meaning as it stands.")
    return "".join(f"{line}\n" for line in lines)


def _left(left: Left) -> str:
    move = left.move
    if move.fate is None:
        return f"{left.place}: an identifier that neither edition knows"
    now = f"choose among {', '.join(move.choices)}" if move.choices else "nothing took its place"
    return f"{left.place}: {move.identifier} was {move.fate}; {now}"


def _escaped(text: str) -> str:
    """Write text so that nothing in it is markup, a link or a mention."""
    shielded = re.sub(r"([\\`*_\[\]#!|~])", r"\\\1", text)
    return shielded.replace("&", "&amp;").replace("<", "&lt;").replace("@", "&#64;").replace("://", "&#58;//")


def _heading(difference: EditionDiff) -> str:
    return f"From edition {_stamp(difference.before)} to {_stamp(difference.after)}"


def _stamp(edition: EditionStamp) -> str:
    return f"{edition.edition} (sha256 {edition.sha256})"


def _sections(difference: EditionDiff) -> Iterator[Section]:
    """Give the sections that have something in them: outcomes first."""
    withdrawn = {each.id for each in difference.newly_withdrawn}
    sections = [
        ("Added", [_named(each) for each in difference.outcomes.added]),
        ("Withdrawn", [_withdrawn(each, each.successors) for each in difference.newly_withdrawn]),
        ("Removed", [_named(each) for each in difference.outcomes.removed if each.id not in withdrawn]),
        *_changed(difference.outcomes),
        ("Order", ["The outcomes stand in another order."] if difference.outcomes.order else []),
        ("Withdrawn earlier", list(_apart(difference.withdrawn, withdrawn))),
        ("Domains", list(_apart(difference.domains, set()))),
        ("List of sources", list(_apart(difference.sources, set()))),
        ("Crosswalk", [] if difference.crosswalk is None else [_steps(len(difference.crosswalk))]),
        ("About the edition", [_of_field(change) for change in difference.about]),
    ]
    return (section for section in sections if section[1])


def _steps(number: int) -> str:
    return f"It now has {number} {'entry' if number == 1 else 'entries'}."


def _withdrawn(entry: Entry, successors: Iterable[str]) -> str:
    now = ", ".join(successors)
    return f"{_named(entry)}; {f'see {now}' if now else 'nothing took its place'}"


def _named(entry: Entry) -> str:
    return f"{entry.id}  {_marked(entry)}"


def _marked(entry: Entry) -> str:
    return f"{entry.label} [{entry.mark}]" if entry.mark else entry.label


def _changed(part: Part) -> Iterator[Section]:
    for what, title in _TITLES.items():
        found = [(each, change) for each in part.changed for change in each.changes if change.what == what]
        yield title, [_of_outcome(each, change) for each, change in found]


def _of_outcome(changed: Changed, change: Change) -> str:
    if change.field == "label":
        return f"{changed.after.id}  {_marked(changed.before)} is now {_marked(changed.after)}"
    return f"{_named(changed.after)}: {_of_field(change)}"


def _apart(part: Part, known: set[str]) -> Iterator[str]:
    """Say in lines what differs in a list that is not that of the outcomes in use."""
    for entry in part.added:
        if entry.id not in known:
            yield f"added: {_named(entry)}"
    for gone in part.removed:
        yield f"removed: {_named(gone)}"
    for changed in part.changed:
        for change in changed.changes:
            yield _of_outcome(changed, change)
    if part.order:
        yield "They stand in another order."


def _of_field(change: Change) -> str:
    field = change.field.replace("_", " ").replace(".", ": ")
    return f"{field} was {_value(change.before)}, and is {_value(change.after)}"


def _value(value: JsonValue) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, dict):
        return " ".join(f"{name} {_value(member)}" for name, member in value.items())
    return f'"{value}"' if isinstance(value, str) else str(value)
