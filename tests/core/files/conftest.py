"""Files made on the spot: good ones of every kind, and the parts from which bad ones are made."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from qipathway.core.accounts.models import User

MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILES_SCANNER = ""
    return settings.MEDIA_ROOT


@pytest.fixture
def on_disk(media) -> Callable[[], list[Path]]:
    return lambda: [found for found in media.rglob("*") if found.is_file()]


@pytest.fixture
def resident(db) -> User:
    return User.objects.create_user("amaya@example.org", given_name="Amaya", family_name="Quill")


@pytest.fixture
def upload() -> Callable[[str, bytes], SimpleUploadedFile]:
    return SimpleUploadedFile


@pytest.fixture
def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def office() -> Callable[..., bytes]:
    def make(
        kind: str = "docx",
        *,
        parts: dict[str, bytes] | None = None,
        without: str = "",
        declares: str = "",
    ) -> bytes:
        main, schema = MAIN[kind]
        listed = declares or f"application/vnd.openxmlformats-officedocument.{schema}.main+xml"
        content = {
            "[Content_Types].xml": f'<Types><Override ContentType="{listed}"/></Types>'.encode(),
            "_rels/.rels": b"<Relationships/>",
            main: b"<document>Watched one discharge start to finish.</document>",
        }
        content = {name: data for name, data in content.items() if name != without}
        written = BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as package:
            for name, data in (content | (parts or {})).items():
                package.writestr(name, data)
        return written.getvalue()

    return make


@pytest.fixture
def picture() -> Callable[..., bytes]:
    def make(
        form: str = "JPEG",
        *,
        mode: str = "RGB",
        size: tuple[int, int] = (40, 20),
        color: object = None,
        **options: object,
    ) -> bytes:
        written = BytesIO()
        Image.new(mode, size, color or 0).save(written, form, **options)
        return written.getvalue()

    return make
