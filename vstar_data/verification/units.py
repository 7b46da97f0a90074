"""Units of measure as they are written: two spellings of one unit are the same, two units are never converted."""

from __future__ import annotations

import re
from functools import lru_cache

_WRITTEN = """
mm|millimetre|millimeter|millimetres|millimeters
cm|centimetre|centimeter|centimetres|centimeters
m|metre|meter|metres|meters
km|kilometre|kilometer|kilometres|kilometers|kms
inch|inches|\u2033
ft|foot|feet
yd|yard|yards|yds
mile|miles|mi
mg|milligram|milligrams
g|gram|grams|gramme|grammes
kg|kilo|kilos|kilogram|kilograms|kgs
lb|lbs|pound|pounds
oz|ounce|ounces
ml|millilitre|milliliter|millilitres|milliliters
l|litre|liter|litres|liters
km/h|kmh|kph|kilometres per hour|kilometers per hour|km per hour|kilometres an hour|kilometers an hour
mph|miles per hour|miles an hour|mi/h
m/s|mps|metres per second|meters per second|metres a second|meters a second
knot|knots|kn
ms|millisecond|milliseconds
s|sec|secs|second|seconds
min|mins|minute|minutes
h|hr|hrs|hour|hours
bpm|beats per minute|beats a minute
rpm|revolutions per minute|rotations per minute|turns per minute
\u00b0c|degrees celsius|degrees centigrade|celsius|centigrade
\u00b0f|degrees fahrenheit|fahrenheit
\u00b0|degree|degrees
w|watt|watts
kcal|calories|kilocalories
"""
_UNITS = {written: line.split("|")[0] for line in _WRITTEN.split("\n") if line for written in line.split("|")}
_AFTER = re.compile(
    r"[\s-]?\s?(" + "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True)) + r")(?![\w/])",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:in|\()\s*([\w/\u00b0 ]+?)\)?\s*\Z", re.IGNORECASE)


def unit_after(raw: str, end: int) -> str | None:
    """Returns the unit written right after a number that ends at a code point, in its shortest spelling; or None."""
    found = _AFTER.match(raw, end)
    return _UNITS[found[1].lower()] if found else None


@lru_cache(maxsize=4096)
def unit_of(name: str, unit: str | None) -> str | None:
    """Returns the unit that a number's label gives, as its unit or in its name (`height in centimetres`); or None."""
    if unit:
        return _UNITS.get(" ".join(unit.lower().split()))
    named = _NAMED.search(name)
    return _UNITS.get(named[1].lower().strip()) if named else None
