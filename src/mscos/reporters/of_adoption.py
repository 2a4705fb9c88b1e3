"""What an adopted edition is, in words, with the lines that go with it."""

from __future__ import annotations

from collections.abc import Sequence

from mscos.adopting.building import Adoption
from mscos.adopting.mapping import proposals
from mscos.adopting.official import OfficialOutcome
from mscos.taxonomy import Taxonomy


def draft_text(official: Sequence[OfficialOutcome], base: Taxonomy, path: str) -> str:
    """Say what was drafted, and what a person does next."""
    found = proposals(official, base)
    sure = sum(outcome is not None and not reason.startswith("near") for outcome, reason in found)
    near = sum(outcome is not None for outcome, _ in found) - sure
    return (
        f"Outcomes in the list: {len(found)}. Called as in edition {base.edition}: {sure}. Near: {near}. "
        f"Neither: {len(found) - sure - near}.\n"
        f"A mapping is drafted in {path}. Nothing in it is decided.\n"
        "Next: for each outcome, read both, and write yes or no under confirmed, who decided, and the date.\n"
        "  yes keeps the identifier, because it is the same outcome. no gives a new number.\n"
        "  Under succeeds, name the provisional outcomes whose place a new one takes, if there are any.\n"
        "  A new outcome needs its domain and its construct_kind.\n"
        "Then give the same command again, with --output for the file of the edition.\n"
    )


def adoption_text(made: Adoption, base: Taxonomy, path: str) -> str:
    """Say what became of the outcomes, and give the lines for the lock and for the change log."""
    return (
        f"Edition {made.taxonomy.edition}, from edition {base.edition}: {_counts(made)}\n"
        f"It is written to {path}. Use it with --taxonomy {path}, and pin it with: mscos pin --taxonomy {path}\n"
        "\nLine for EDITIONS.lock, should it be packaged:\n"
        f"{made.lock_line}\n"
        "\nEntry for the change log:\n"
        f"{changelog_entry(made, base)}"
    )


def changelog_entry(made: Adoption, base: Taxonomy) -> str:
    """Write the entry for a change log."""
    source = made.taxonomy.sources[-1]
    withdrawn = f" Withdrawn: {', '.join(made.withdrawn)}." if made.withdrawn else ""
    new = f" New: {', '.join(made.new)}." if made.new else ""
    return (
        f"* Edition {made.taxonomy.edition} adopts an official list ({source.title}) in place of the provisional "
        f"labels of edition {base.edition}: {_counts(made)}{new}{withdrawn} "
        "Bring records to it with `mscos migrate`.\n"
    )


def _counts(made: Adoption) -> str:
    kept = f"{made.kept} {'outcome' if made.kept == 1 else 'outcomes'} of the long-list kept their identifier"
    return f"{kept}, {len(made.new)} {'is' if len(made.new) == 1 else 'are'} new, {len(made.withdrawn)} withdrawn."
