from io import BytesIO
from struct import pack
from zlib import crc32

import pytest
from PIL import Image, PngImagePlugin

from qipathway.core.files.kinds import picture as subject
from qipathway.core.files.kinds.picture import JPEG, PNG
from qipathway.core.files.states import Refused

ORIENTATION, MAKE = 0x0112, 0x010F


def redrawn(content, drawing=JPEG) -> Image.Image:
    return Image.open(BytesIO(subject.redraw(BytesIO(content), drawing=drawing)))


def refusal(content, drawing=JPEG) -> str:
    words = set()
    for look in (subject.check, subject.redraw):
        with pytest.raises(Refused) as refused:
            look(BytesIO(content), drawing=drawing)
        words.add(str(refused.value))
    assert len(words) == 1
    return words.pop()


@pytest.mark.parametrize("drawing", [JPEG, PNG])
def test_a_picture_is_taken_and_keeps_its_size(picture, drawing):
    content = picture(drawing.words)
    assert subject.check(BytesIO(content), drawing=drawing) is None
    assert redrawn(content, drawing).size == (40, 20)


def test_redraw_turns_a_photo_upright_and_drops_where_and_when_it_was_taken(picture):
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "HIDDEN camera"
    exif.get_ifd(0x8825)[1] = "HIDDEN place"
    content = picture(
        exif=exif, comment=b"HIDDEN comment", xmp=b"<x:HIDDEN/>", icc_profile=b"HIDDEN profile"
    )
    assert content.count(b"HIDDEN") == 5
    again = subject.redraw(BytesIO(content + b"<script>HIDDEN</script>"), drawing=JPEG)
    assert b"HIDDEN" not in again
    assert b"script" not in again
    drawn = Image.open(BytesIO(again))
    assert drawn.size == (20, 40)
    assert dict(drawn.getexif()) == {}


def test_redraw_drops_the_texts_of_a_png(picture):
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "HIDDEN author")
    texts.add_itxt("XML:com.adobe.xmp", "<x:HIDDEN/>")
    content = picture("PNG", pnginfo=texts, icc_profile=b"HIDDEN profile", dpi=(72, 72))
    assert content.count(b"HIDDEN") == 2
    again = subject.redraw(BytesIO(content), drawing=PNG)
    assert b"HIDDEN" not in again
    assert Image.open(BytesIO(again)).info == {}


@pytest.mark.parametrize(
    ("mode", "drawing", "expected"),
    [
        ("RGBA", PNG, "RGBA"),
        ("LA", PNG, "LA"),
        ("P", PNG, "RGB"),
        ("1", PNG, "L"),
        ("I;16", PNG, "L"),
        ("L", JPEG, "L"),
        ("CMYK", JPEG, "RGB"),
    ],
)
def test_redraw_writes_the_plainest_mode_that_loses_nothing(picture, mode, drawing, expected):
    assert redrawn(picture(drawing.words, mode=mode), drawing).mode == expected


def test_redraw_keeps_the_transparency_of_a_palette(picture):
    drawn = redrawn(picture("PNG", mode="P", transparency=0), PNG)
    assert drawn.mode == "RGBA"
    assert drawn.getpixel((0, 0))[3] == 0


def test_redraw_keeps_the_first_of_several_frames(picture):
    frames = [Image.new("RGB", (8, 8), "white")]
    first = picture("PNG", save_all=True, append_images=frames, size=(8, 8), color="red")
    drawn = redrawn(first, PNG)
    assert getattr(drawn, "n_frames", 1) == 1
    assert drawn.getpixel((0, 0)) == (255, 0, 0)


def test_a_photo_with_a_second_picture_behind_it_is_taken():
    written = BytesIO()
    Image.new("RGB", (8, 8)).save(
        written, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8), "white")]
    )
    assert redrawn(written.getvalue()).format == "JPEG"


def bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">L", len(data)) + kind + data + pack(">L", crc32(kind + data))

    header = pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")]
    return PNG.signature + b"".join(parts)


@pytest.mark.parametrize("side", [7_100, 9_000, 30_000, 2**31 - 1])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(side):
    assert "million pixels" in refusal(bomb(side, side), PNG)


def test_a_picture_by_the_wrong_name_is_refused_with_its_right_one(picture):
    assert "PNG picture inside" in refusal(picture("PNG"), JPEG)
    assert "JPEG picture inside" in refusal(picture("JPEG"), PNG)
    assert "HEIC picture inside. Send it as JPEG" in refusal(b"\x00\x00\x00\x18ftypheic\x00" * 4)


def test_a_broken_picture_is_refused(picture):
    assert "damaged" in refusal(picture()[:300])
    assert "damaged" in refusal(picture("PNG", size=(200, 200))[:60], PNG)
    assert "damaged" in refusal(b"MZ\x90\x00")
    assert "damaged" in refusal(b"")


def test_no_corruption_of_a_picture_raises_anything_but_a_refusal(picture):
    for drawing in (JPEG, PNG):
        whole = picture(drawing.words, size=(16, 16), color="teal")
        for at in range(0, len(whole), 3):
            broken = bytearray(whole)
            broken[at] ^= 0xFF
            try:
                subject.redraw(BytesIO(bytes(broken)), drawing=drawing)
            except Refused:
                continue
