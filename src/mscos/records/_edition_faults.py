"""What the types alone cannot say of a document: identifiers of the edition, and entries that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from mscos import _words
from mscos.errors import Fault
from mscos.taxonomy import Taxonomy

NAMING = ("/edition", "/outcome", "/domain")
"""Ends of pointers to what names a thing of the taxonomy: what is said here, the types need not say again."""


def edition_faults(document: dict[str, object], taxonomy: Taxonomy) -> Iterator[Fault]:
    """
    List what an edition refuses in a document of any kind.

    The document may be wrong in any other way; what has the wrong type is left to the types.
    """
    yield from _entry_faults("outcomes", document, taxonomy)
    yield from _entry_faults("addresses", document, taxonomy)
    yield from _contradictions(document)
    for index, row in _objects(document.get("logframe")):
        named = row.get("outcomes")
        for position, outcome in enumerate(named if isinstance(named, list) else ()):
            yield from _naming_faults(f"/logframe/{index}/outcomes/{position}", outcome, taxonomy)
    for index, action in _objects(document.get("gap_actions")):
        yield from _naming_faults(f"/gap_actions/{index}/outcome", action.get("outcome"), taxonomy)
    domains = tuple(domain.id for domain in taxonomy.domains)
    for index, other in _objects(document.get("other_outcomes")):
        if "domain" in other and other["domain"] not in domains:
            yield Fault(f"/other_outcomes/{index}/domain", _words.one_of(domains, other["domain"]))


def _entry_faults(held: str, document: dict[str, object], taxonomy: Taxonomy) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, entry in _objects(document.get(held)):
        outcome = entry.get("outcome")
        yield from _naming_faults(f"/{held}/{index}/outcome", outcome, taxonomy)
        if isinstance(outcome, str) and outcome in taxonomy:
            if outcome in seen:
                yield Fault(f"/{held}/{index}", f'There are two entries for "{outcome}". Keep one.')
            seen.add(outcome)


def _contradictions(document: dict[str, object]) -> Iterator[Fault]:
    for index, entry in _objects(document.get("outcomes")):
        if "omission" in entry and ("measures" in entry or "result" in entry):
            said = "The outcome is both left out and measured. Keep the omission, or the measures and the result."
            yield Fault(f"/outcomes/{index}", said)
        if "result" in entry and entry.get("measured") is False:
            yield Fault(f"/outcomes/{index}/measured", "The outcome has a result and is not measured. Keep one.")
    for index, entry in _objects(document.get("addresses")):
        if entry.get("omission") is not None and entry.get("how", "not_addressed") != "not_addressed":
            said = 'The outcome is both left out and addressed. Keep the omission, or write "not_addressed" in `how`.'
            yield Fault(f"/addresses/{index}", said)


def _naming_faults(pointer: str, outcome: object, taxonomy: Taxonomy) -> Iterator[Fault]:
    if isinstance(outcome, str) and outcome not in taxonomy:
        yield Fault(pointer, _which_outcome(outcome, taxonomy), "STR-04")


def _which_outcome(words: str, taxonomy: Taxonomy) -> str:
    if not words.strip():
        return _words.MISSING
    if any(words == outcome.id for outcome in taxonomy.withdrawn):
        return _withdrawn(words, taxonomy)
    suggested = taxonomy.suggest(words, limit=1)
    if suggested:
        return f'This is not an identifier of an outcome. Did you mean "{suggested[0].id}"?'
    core = ", ".join(outcome.id for outcome in taxonomy.core)
    return f"This is not an identifier of an outcome. Use one of: {core}, or an identifier of the long-list."


def _withdrawn(identifier: str, taxonomy: Taxonomy) -> str:
    now = ", ".join(outcome.id for outcome in taxonomy.successors(identifier))
    if not now:
        return f"Edition {taxonomy.edition} has this outcome no more, and nothing took its place. Take it out."
    return f"Edition {taxonomy.edition} has this outcome no more. Choose what you meant among: {now}; or take it out."


def _objects(value: object) -> list[tuple[int, dict[str, object]]]:
    if not isinstance(value, list):
        return []
    return [(index, item) for index, item in enumerate(value) if isinstance(item, dict)]
