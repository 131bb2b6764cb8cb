"""A sheet of paper: the smallest document that a viewer of PDF files opens."""

from collections.abc import Sequence


def one_page(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page with these lines; letters beyond Latin-1 become question marks."""
    shown = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    words = f"BT /F1 12 Tf 18 TL 72 720 Td {shown} ET".encode("latin-1", "replace")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    page, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(page))
        page += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(page))
    return page + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + end


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
