"""An edition in SKOS, the vocabulary for thesauri: domains are the top concepts, and outcomes stand below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mscos.exporters import chosen as fates
from mscos.exporters.chosen import Chosen
from mscos.exporters.rdf import Iri, Node, Ordered, Text, Truth, Value, json_ld, turtle
from mscos.exporters.statements import (
    LICENCE_IRI,
    OWN_DEFINITION,
    PUBLISHER,
    RIGHTS,
    also_called,
    iri,
    outcome_iri,
    review,
)
from mscos.schemas import BASE_IRI
from mscos.taxonomy import Taxonomy
from mscos.terms import Domain, Outcome, Source

PREFIXES: Final = {
    "dct": "http://purl.org/dc/terms/",
    "mscos": f"{BASE_IRI}terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
"""Every prefix that an export uses."""

TERMS: Final = {
    "constructKind": "What kind of thing an outcome is, as this project reads it: state, access or service_quality.",
    "domainGrade": "Where the membership of an outcome in its domain comes from.",
    "labelGrade": "How sure a label is: published, interim, theme or adapted. All but the first are provisional.",
    "outcomeSet": "Whether an outcome belongs to the core outcome set or to the long-list.",
    "reviewedBySurvivors": "Whether survivors have reviewed the words that are this project's own.",
    "status": "Whether an outcome is current or withdrawn.",
}
"""The properties of our own, and what each says."""

_Said = tuple[str, Value]


def skos_turtle(chosen: Chosen) -> str:
    """Write the outcomes as Turtle."""
    return turtle(PREFIXES, tuple(_nodes(chosen)))


def skos_json_ld(chosen: Chosen) -> str:
    """Write the outcomes as JSON-LD."""
    return json_ld(PREFIXES, tuple(_nodes(chosen)))


def _nodes(chosen: Chosen) -> Iterator[Node]:
    taxonomy = chosen.taxonomy
    yield Node(_scheme(taxonomy), "skos:ConceptScheme", tuple(_of_scheme(chosen)))
    for domain in chosen.domains:
        yield Node(_domain(taxonomy, domain), "skos:Concept", tuple(_of_domain(chosen, domain)))
    for outcome in chosen.outcomes:
        yield Node(_outcome(taxonomy, outcome), "skos:Concept", tuple(_of_outcome(taxonomy, outcome)))
    yield from _collections(chosen)
    for source in chosen.sources:
        yield Node(_source(taxonomy, source.id), "dct:BibliographicResource", tuple(_of_source(source)))
    for name, meaning in TERMS.items():
        yield Node(Iri(f"{PREFIXES['mscos']}{name}"), "rdf:Property", (("rdfs:comment", _words(meaning)),))


def _of_scheme(chosen: Chosen) -> Iterator[_Said]:
    taxonomy = chosen.taxonomy
    yield "dct:title", _words(taxonomy.title)
    yield "dct:description", _words(taxonomy.note)
    yield "skos:editorialNote", _words(review(taxonomy))
    yield "mscos:reviewedBySurvivors", Truth(taxonomy.reviewed_by_survivors)
    yield "owl:versionInfo", Text(taxonomy.edition)
    yield "dct:publisher", _words(PUBLISHER)
    yield "dct:rights", _words(RIGHTS)
    yield "dct:license", Iri(LICENCE_IRI)
    yield from (("dct:source", _source(taxonomy, each)) for each in taxonomy.core_outcome_set.sources)
    yield from (("skos:hasTopConcept", _domain(taxonomy, each)) for each in chosen.domains)


def _of_domain(chosen: Chosen, domain: Domain) -> Iterator[_Said]:
    yield "skos:topConceptOf", _scheme(chosen.taxonomy)
    yield "skos:inScheme", _scheme(chosen.taxonomy)
    yield "skos:notation", Text(domain.id)
    yield "skos:prefLabel", _words(domain.label)
    if domain.long_label and domain.long_label != domain.label:
        yield "skos:altLabel", _words(domain.long_label)
    if domain.mark:
        yield "skos:editorialNote", _words(f"The label is {domain.mark}.")
    yield "skos:note", _words(domain.note)
    yield "mscos:labelGrade", Text(domain.grade)
    yield from (("dct:source", _source(chosen.taxonomy, each)) for each in domain.sources)
    here = (outcome for outcome in chosen.outcomes if outcome.domain == domain.id)
    yield from (("skos:narrower", _outcome(chosen.taxonomy, each)) for each in here)


def _of_outcome(taxonomy: Taxonomy, outcome: Outcome) -> Iterator[_Said]:
    fate = fates.fate_of(taxonomy, outcome)
    yield "skos:inScheme", _scheme(taxonomy)
    yield "skos:broader", _domain(taxonomy, taxonomy.domain_of(outcome))
    yield "skos:notation", Text(outcome.id)
    yield "skos:prefLabel", _words(outcome.label)
    yield from (("skos:altLabel", _words(label)) for label in also_called(outcome))
    yield "skos:definition", _words(outcome.definition)
    if outcome.mark:
        yield "skos:editorialNote", _words(f"The label is {outcome.mark}.")
    yield "skos:editorialNote", _words(OWN_DEFINITION)
    yield "skos:note", _words(f"The label rests on this: {outcome.evidence}")
    yield "mscos:outcomeSet", Text(outcome.set)
    yield "mscos:labelGrade", Text(outcome.label_grade)
    yield "mscos:domainGrade", Text(outcome.domain_grade)
    yield "mscos:constructKind", Text(outcome.construct_kind)
    yield "mscos:status", Text(fate.status)
    if fate.status == "withdrawn":
        yield "owl:deprecated", Truth(value=True)
    yield from (("dct:isReplacedBy", Iri(iri(taxonomy.edition, "outcome", each))) for each in fate.successors)
    yield from (("dct:source", _source(taxonomy, each)) for each in outcome.sources)


def _collections(chosen: Chosen) -> Iterator[Node]:
    taxonomy = chosen.taxonomy
    core = tuple(_outcome(taxonomy, each) for each in chosen.outcomes if each.is_core)
    others = tuple(_outcome(taxonomy, each) for each in chosen.outcomes if not each.is_core)
    if core:
        said = _labelled(taxonomy.core_outcome_set.name, core)
        order = ("skos:memberList", Ordered(core))
        yield Node(_name(taxonomy, "set", "core"), "skos:OrderedCollection", (*said, order))
    if others:
        yield Node(_name(taxonomy, "set", "longlist"), "skos:Collection", tuple(_labelled("Long-list", others)))


def _labelled(label: str, members: Iterable[Iri]) -> Iterator[_Said]:
    yield "skos:prefLabel", _words(label)
    yield from (("skos:member", each) for each in members)


def _of_source(source: Source) -> Iterator[_Said]:
    texts = {
        "dct:title": source.title,
        "dct:creator": source.author,
        "dct:publisher": source.publisher,
        "dct:date": source.date,
        "dct:type": source.type,
        "dct:description": source.used_for,
    }
    yield from ((name, Text(text)) for name, text in texts.items() if text)
    if source.url:
        yield "rdfs:seeAlso", Iri(source.url)


def _words(text: str) -> Text:
    return Text(text, "en")


def _name(taxonomy: Taxonomy, *parts: str) -> Iri:
    return Iri(iri(taxonomy.edition, *parts))


def _scheme(taxonomy: Taxonomy) -> Iri:
    return _name(taxonomy)


def _domain(taxonomy: Taxonomy, domain: Domain) -> Iri:
    return _name(taxonomy, "domain", domain.id)


def _outcome(taxonomy: Taxonomy, outcome: Outcome) -> Iri:
    return Iri(outcome_iri(taxonomy, outcome))


def _source(taxonomy: Taxonomy, identifier: str) -> Iri:
    return _name(taxonomy, "source", identifier)
