"""Words and tones that several pages of the cockpit share. Pure."""

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
MONTHS = 12
RESIDENCY = 3 * MONTHS
YEARS = ("", "First year", "Second year", "Third year")


def counted(number: int) -> str:
    """Return a number as it opens a sentence: a word up to ten."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def year_name(pgy: int) -> str:
    """Return "Second year"; a fourth or later year is named by its number."""
    return YEARS[pgy] if pgy < len(YEARS) else f"Year {pgy}"


def gap_tone(gap: int, limit: int) -> str:
    """Return how far a gap between check-ins is past what the pathway allows."""
    return "ok" if gap <= limit else "warn" if gap <= 2 * limit else "risk"
