r"""
What e-mail addresses, phone numbers, postcodes and dates of birth look like.

The patterns keep to what Rust, RE2, Java and Python read alike: nothing looks around, nothing refers back, and no
class such as ``\s`` means more to one than to another.  Where a match must stand alone, it takes in the character
before and the one after.
"""

from __future__ import annotations

from itertools import product
from typing import Final, Literal

PatternKind = Literal["email", "phone", "postcode", "birth_date"]
"""What a cell can look like."""

SPACE: Final = " \t\r\n\u00a0"
"""Characters that cannot be seen, as they stand in a class of a pattern."""

# A full stop and two characters of a domain, none of which ends a sentence or stands in a decimal number.
_EMAIL = rf"[^@{SPACE}]@[^@{SPACE}]+\.[^@0-9.,;:!?(){SPACE}-]{{2}}"

_SIGNS = " ()\u00a0\u2010-\u2013-"
_GAP = f"[.{_SIGNS}]"
"""What people write between the digits of a phone number: spaces, points, brackets and dashes of several kinds."""

# Not within a longer number, a decimal number, a date or an identifier.
_BEFORE = r"(?:^[-/]?|[^0-9A-Za-z.,/-]|[^0-9.,/-][,/-]|[A-Za-z]\.)"
_AFTER = r"(?:[^0-9A-Za-z:]|$)"


def _written_in(sizes: tuple[int, ...]) -> str:
    """Write the digits after the first 0, in blocks; with gaps between them or not."""
    first, *others = sizes
    return f"[1-9][0-9]{{{first - 1}}}" + "".join(f"{_GAP}{{0,2}}[0-9]{{{size}}}" for size in others)


# Nine or ten digits after the 0, in blocks of two or three: digits that each stand alone are a list of answers.
_BLOCKS = sorted(sizes for number in (3, 4, 5) for sizes in product((2, 3), repeat=number) if sum(sizes) in {9, 10})

_PHONE = "|".join(
    (
        f"{_BEFORE}0(?:{'|'.join(map(_written_in, _BLOCKS))}){_AFTER}",
        # +44 7700 900123; with points, two of them, for with one it is a decimal number
        rf"\+[ (]?[1-9](?:[{_SIGNS}]{{0,2}}[0-9]){{7}}",
        r"\+[1-9][0-9]{0,2}\.[0-9]{2,5}\.[0-9]{2}",
        # 0044 7700 900123
        rf"{_BEFORE}00 ?[1-9](?:[ ()]{{0,2}}[0-9]){{9,12}}{_AFTER}",
        # (405) 321-1111 and 405-321-1111
        rf"\([2-9][0-9]{{2}}\){_GAP}?[0-9]{{3}}{_GAP}?[0-9]{{4}}{_AFTER}",
        rf"{_BEFORE}[2-9][0-9]{{2}}[ .-][2-9][0-9]{{2}}[ .-][0-9]{{4}}{_AFTER}",
        # The whole cell, as a spreadsheet leaves it that took the number for a quantity: 7700900123, 447700900123.0
        rf"^[{SPACE}]*(?:(?:44 ?)?7[1-9][0-9]{{2}} ?[0-9]{{3}} ?[0-9]{{3}}|44 ?[1-38][0-9]{{9}})(?:\.0+)?[{SPACE}]*$",
    )
)

# The areas that Royal Mail and the crown dependencies use, so that few identifiers such as QX12AB look like one.
_AREA = (
    "(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|"
    "L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)"
)
_POSTCODE = rf"(?i:(?:^|[^0-9A-Z]){_AREA}[0-9][0-9A-Z]?[{SPACE}]?[0-9][ABD-HJLNP-UW-Z]{{2}}(?:[^0-9A-Z]|$))"

# Adults only, so nobody in the data was born much later than 2007; and hardly any evaluation is older than 2012.
# Later years are those of visits, and earlier ones those of births, among people of up to about a hundred years.
FIRST_YEAR: Final = 1900
"""First year in which a date is taken for that of a birth."""

LAST_YEAR: Final = 2012
"""Last year in which a date is taken for that of a birth; dates of visits are later."""

_YEAR = "(?:19[0-9]{2}|200[0-9]|201[0-2])"
# With two digits only from 40: 24-01-31 is the last day of a January, and not of 1931.
_SHORT_YEAR = f"(?:{_YEAR}|[4-9][0-9])"
_NUMBER = "(?:0?[1-9]|[12][0-9]|3[01])"
_ORDINAL = f"{_NUMBER}(?:st|nd|rd|th)?"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_BETWEEN = "[-/., ]{0,3}"

_BIRTH_DATE = (
    "|".join(
        rf"(?i:(?:^|[^0-9A-Z]){shape}(?:[^0-9]|$))"
        for shape in (
            f"{_YEAR}[-/.]{_NUMBER}[-/.]{_NUMBER}",
            f"{_NUMBER}[-/. ]{_NUMBER}[-/. ]{_SHORT_YEAR}",
            f"{_ORDINAL}{_BETWEEN}{_MONTH}{_BETWEEN}{_SHORT_YEAR}",
            f"{_MONTH}{_BETWEEN}{_ORDINAL}[-/., ]{{1,3}}{_SHORT_YEAR}",
        )
    )
    + rf"|^[{SPACE}]*{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:\.0+)?[{SPACE}]*$"
)

PATTERNS: Final[dict[PatternKind, str]] = {
    "email": _EMAIL,
    "phone": _PHONE,
    "postcode": _POSTCODE,
    "birth_date": _BIRTH_DATE,
}
"""The pattern of each kind; it is searched for, so that it may stand anywhere in a cell."""

ANY: Final = "|".join(PATTERNS.values())
"""All patterns in one: what it does not match, none of them matches."""
