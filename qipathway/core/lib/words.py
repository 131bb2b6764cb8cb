"""Words that every page counts with. Pure."""


def plural(count: int, one: str, many: str = "") -> str:
    """Say a number of things: "1 seat", "3 classes", "1,214 changes"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
