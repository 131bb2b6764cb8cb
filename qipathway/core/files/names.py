"""The name that a file is shown and saved under; never the one it is stored under."""

import re
import unicodedata

LONGEST = 120
FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
UNNAMED = "file"


def clean_name(raw: str) -> str:
    """Return the last part of a file name as it can safely be shown and saved.

    Path parts go, and so does every invisible character: a right-to-left override would show
    "gpj.exe" as "exe.jpg". What Windows cannot save is replaced, and a long name is cut before its
    extension. Never empty.
    """
    last = raw.replace("\\", "/").rpartition("/")[2]
    composed = unicodedata.normalize("NFC", last)
    shown = "".join(c for c in composed if unicodedata.category(c) not in INVISIBLE)
    name = " ".join(shown.translate(FORBIDDEN).split()).rstrip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > LONGEST // 2:
        stem, dot, extension = name, "", ""
    stem = stem[: LONGEST - len(dot + extension)].rstrip(". ")
    if not stem or RESERVED.fullmatch(stem.partition(".")[0]):
        stem = f"{UNNAMED}{'_' if stem else ''}{stem}"
    return f"{stem}{dot}{extension}"


def extension_of(name: str) -> str:
    """Return a name's extension in lower case, without the dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
