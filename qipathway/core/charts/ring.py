"""How much of a whole is done, as a ring with the numbers in it."""

from django.utils.safestring import SafeString

from qipathway.core.lib.markup import element

from .scale import number


def ring(done: int, total: int, title: str, text: str = "", size: int = 84) -> SafeString:
    """Return a ring filled by ``done`` of ``total``; ``title`` is what is read aloud."""
    share = max(0.0, min(1.0, done / total)) * 100 if total else 0.0
    circle = {"cx": "42", "cy": "42", "r": "35"}
    parts = [element("circle", class_="q-ring-track", **circle)]
    if share:
        parts.append(
            element(
                "circle",
                class_="q-ring-value",
                pathLength="100",
                stroke_dasharray=f"{number(share, 2)} 100",
                transform="rotate(-90 42 42)",
                **circle,
            )
        )
    parts.append(element("text", text or f"{done}/{total}", x="42", y="48", text_anchor="middle"))
    return element(
        "svg",
        *parts,
        class_="q-ring",
        role="img",
        aria_label=title,
        width=size,
        height=size,
        viewBox="0 0 84 84",
    )
