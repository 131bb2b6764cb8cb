"""Which rows of the board are shown; every filter lives in the address."""

from collections.abc import Mapping, Sequence

from qipathway.core.lib.requests import SignedInRequest

from .standing import Standing

YEARS = (("", "All"), ("1", "First"), ("2", "Second"), ("3", "Third"))
ORDERS = (("", "Who needs me"), ("year", "Class year"), ("name", "Name"))


def filtered(everybody: Sequence[Standing], asked: Mapping[str, str]) -> list[Standing]:
    """Return the standings asked for, in the order asked for; odd values are passed over."""
    year, coach = asked.get("year", ""), asked.get("coach", "")
    shown = [
        standing
        for standing in everybody
        if (not year or str(standing.pgy) == year)
        and (not coach or (standing.coach and str(standing.coach.person_id) == coach))
        and (asked.get("show") != "watch" or standing.reasons)
    ]
    order = asked.get("order", "")
    if order == "year":
        return sorted(shown, key=lambda standing: standing.pgy)
    if order == "name":
        return shown
    return sorted(shown, key=lambda standing: -standing.weight)


def waiting(request: SignedInRequest, shown: Sequence[Standing]) -> int:
    """Return how many rows a phone keeps back: those on plan, unless something was asked for."""
    calm = sum(standing.is_on_plan for standing in shown)
    return 0 if request.GET or calm == len(shown) else calm


def board_filters(request: SignedInRequest, everybody: Sequence[Standing]) -> dict[str, object]:
    """Return the inputs of the filter bar: segments by year, selects by coach and order."""
    year = request.GET.get("year", "")
    total = len(everybody)
    segments = [
        {
            "label": f"{label} {total}" if not value else label,
            "url": "?" + _with(request, year=value),
            "current": value == year,
        }
        for value, label in YEARS
    ]
    coaches = {str(s.coach.person_id): s.coach.name for s in everybody if s.coach}
    selects = [
        _select(request, "coach", "Coach", (("", "Any coach"), *sorted(coaches.items()))),
        _select(request, "show", "Which", (("", "Everybody"), ("watch", "To watch"))),
        _select(request, "order", "Order", ORDERS),
    ]
    return {
        "segments": segments,
        "selects": selects,
        "hidden": [("year", year)] if year else [],
        "action": request.path,
    }


def _with(request: SignedInRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = value
        if not value:
            del query[name]
    return query.urlencode()


def _select(
    request: SignedInRequest, name: str, label: str, options: tuple[tuple[str, str], ...]
) -> dict[str, object]:
    return {"name": name, "label": label, "value": request.GET.get(name, ""), "options": options}
