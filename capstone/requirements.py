"""The keys under which what a capstone asks for is credited or waived. Pure."""

from collections.abc import Iterable

CAPSTONE = "capstone"
BASELINE = "capstone-baseline"
REMEASURE = "capstone-remeasure-"
"""What the key of a remeasure begins with; after how many days it is due follows."""
SETTLED_BY = "credited or waived by the program director"


def remeasure_key(days: int) -> str:
    return f"{REMEASURE}{days}"


def remeasures_in(keys: Iterable[str]) -> frozenset[int]:
    """Return which remeasures are among the keys, by their days."""
    return frozenset(int(key.removeprefix(REMEASURE)) for key in keys if key.startswith(REMEASURE))
