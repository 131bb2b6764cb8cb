"""Static files: what is published, under which name, and from where.

Third-party assets are taken from installed packages by an explicit list, so that nothing is copied
into the repository and nothing is published by accident.
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OneFile(FileSystemStorage):
    """A storage that holds one file of an installed package under a public name."""

    prefix = None

    def __init__(self, file: Path) -> None:
        super().__init__(location=str(file.parent))
        self.file = file

    def path(self, _name: str) -> str:
        """Return the file itself, whatever it is called in public."""
        return str(self.file)


class VendorFinder(BaseFinder):
    """Publish the files named in ``QIP_VENDOR_FILES`` and nothing else of their packages.

    The setting maps a public path to a package and a path inside it. A system check stops the
    deployment when a file is not there.
    """

    def __init__(self) -> None:
        self.files = {
            public: package_directory(package) / inside
            for public, (package, inside) in settings.QIP_VENDOR_FILES.items()
        }

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        """Name every vendor file that the installed package does not hold."""
        return [
            Error(f"{public}: {file} is missing from the installed package.", id="qip.E001")
            for public, file in self.files.items()
            if not file.is_file()
        ]

    def find(  # type: ignore[override]  # the stubs know only the positional form
        self, path: str, *, find_all: bool = False, **_kwargs: Any
    ) -> str | list[str]:
        """Return where a public path is on disk, as Django's finders do."""
        file = self.files.get(path)
        if file is None:
            return []
        return [str(file)] if find_all else str(file)

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, OneFile]]:
        """Yield each public path with the storage that reads it."""
        for public, file in self.files.items():
            yield public, OneFile(file)


OUR_IMPORTS = ("js/*.js", ((r'(?P<matched>from "(?P<url>\./[^"]+)")', 'from "%(url)s"'),))


def without_source_maps(patterns: Iterable[Any]) -> tuple[Any, ...]:
    """Return the storage's patterns less those that follow ``sourceMappingURL`` comments."""
    return tuple(
        (extension, tuple(each for each in listed if "sourceMappingURL" not in str(each)))
        for extension, listed in patterns
    )


class QipStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files, the imports between our own modules included.

    Vendor files come without their source maps and with imports that are meant for bundlers;
    following either would fail the build.
    """

    patterns = (
        *without_source_maps(CompressedManifestStaticFilesStorage.patterns),
        OUR_IMPORTS,
    )


def package_directory(package: str) -> Path:
    """Return the directory of an installed package without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return Path("/nonexistent") / package
    return Path(next(iter(spec.submodule_search_locations)))
