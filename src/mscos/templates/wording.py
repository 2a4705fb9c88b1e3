"""What templates say in words.  Whatever stands in for a question or a scale says that it is a placeholder."""

from __future__ import annotations

from collections.abc import Iterator

from mscos.reference import Instrument
from mscos.templates.plan import HIGH, LOW, Plan, Question
from mscos.terms import Outcome

WHAT_NOT_HOW = (
    "MS-COS says what to report, not how to measure it. No instruments were agreed, and none is implied here."
)
"""What every template says of instruments."""

PLACEHOLDER = "PLACEHOLDER: write this question with survivors."
"""What stands before the topic of a question that nobody has written yet."""

SCALE = f"The scale from {LOW} to {HIGH} is a placeholder too, and {HIGH} is the best answer."
"""What is said of the scale."""

NEVER = (
    "Never type names, e-mail addresses, phone numbers, postal addresses, dates of birth or identity numbers.",
    "Never type what a person said in their own words.",
)
"""What no template is a place for."""

PARTICIPANT = "Number or code of the person, the same at every time point"
ADULT = "Is the person 18 or over?"
ADULTS_ONLY = "This form is for people who are 18 or over."
TIMEPOINT = "Time point, counted from the start of support"
NEVER_A_NAME = "Never a name, a date of birth or any other detail of the person."

_UNSAID = "The instrument table leaves open which outcomes it shows. Say so in the codebook."
_UNCHECKED = "Nobody here has checked its range or its direction, so look them up and write them in the codebook."
_OF_SERVICE = "It is about a service and not about people, so it has no column here."


def title(plan: Plan) -> str:
    """Give the title of a template."""
    return f"MS-COS outcomes: template, edition {plan.taxonomy.edition}"


def before_you_ask() -> Iterator[str]:
    """Say what must be settled before anybody is asked."""
    yield "Agree the questions, the answers and the time points with survivors, and try them out first."
    yield "Agree beforehand what you do if an answer shows that somebody needs help at once."
    yield "Tell people what the answers are for, and that they may decline any question."


def about_words(plan: Plan) -> Iterator[str]:
    """Say whose words a template holds."""
    yield WHAT_NOT_HOW
    yield "The definitions are this project's own."
    if any(outcome.mark for outcome in plan.outcomes):
        yield "A label marked as provisional is not the final wording of MS-COS. Show its mark beside it."
    if not plan.taxonomy.reviewed_by_survivors:
        yield "Survivors have not reviewed this template."


def month_words(months: int) -> str:
    """Write a time point in words."""
    return f"{months} months" if months else "Start of support"


def topic(question: Question) -> str:
    """Give what stands for the text of a question: its topic, and that the text is still to be written."""
    if question.instrument is not None:
        return f"Score of {question.instrument.name}"
    return f"{PLACEHOLDER} Topic: {question.shows[0].outcome.marked_label}"


def hint(question: Question, plan: Plan) -> str:
    """Give what stands below a question."""
    if question.instrument is not None:
        return instrument_note(question.instrument, plan)
    return f"{question.shows[0].outcome.definition} (Definition in this project's own words.) {SCALE}"


def scale_words(value: int) -> str:
    """Write a step of the scale."""
    ends = {LOW: " (placeholder for the lowest answer)", HIGH: " (placeholder for the best answer)"}
    return f"{value}{ends.get(value, ' (placeholder)')}"


def instrument_note(instrument: Instrument, plan: Plan) -> str:
    """Say what an instrument shows of the outcomes of a plan, and what it does not."""
    return " ".join(_about(instrument, plan))


def _about(instrument: Instrument, plan: Plan) -> Iterator[str]:
    shown = plan.shown_by(instrument)
    yield f"{instrument.name} measures {instrument.measures}."
    for match, words in (
        ("specific", "It counts for"),
        ("general_narrower", "It counts for a part of"),
        ("general_broader", "It is wider than one outcome, and reports only partly"),
    ):
        yield from _listed(words, [each.outcome for each in shown if each.match == match])
    if instrument.otherwise == "declared":
        yield _UNSAID
    else:
        counted = {each.outcome.id for each in shown}
        others = [each for each in plan.outcomes if each.is_core and each.id not in counted]
        yield from _listed("It is no evidence of", others)
    if instrument.about == "organisation":
        yield _OF_SERVICE
    yield instrument.trap
    if instrument.direction.basis == "unchecked" or any(known.basis == "unchecked" for known in instrument.ranges):
        yield _UNCHECKED


def _listed(words: str, outcomes: list[Outcome]) -> Iterator[str]:
    if outcomes:
        yield f"{words}: {'; '.join(each.marked_label for each in outcomes)}."
