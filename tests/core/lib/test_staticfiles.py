"""Static files: only what is named is published, and a missing file stops the deployment."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from qipathway.core.lib.staticfiles import QipStaticStorage, VendorFinder

STATIC = Path(django_settings.BASE_DIR) / "static"


def test_bootstrap_comes_from_its_package_in_the_version_we_mean():
    found = finders.find("vendor/bootstrap.min.css")
    assert "Bootstrap  v5.3.8" in Path(found).read_text(encoding="utf-8")[:120]


def test_the_finder_answers_only_for_what_is_named():
    finder = VendorFinder()
    assert finder.find("vendor/unknown.css") == []
    assert finder.find("css/bootstrap.css") == []
    assert {public for public, _ in finder.list([])} == set(django_settings.QIP_VENDOR_FILES)


def test_a_listed_file_is_read_whatever_it_is_called_in_public():
    public, storage = next(iter(VendorFinder().list([])))
    with storage.open(public) as file:
        assert file.read(10)


@pytest.mark.parametrize(
    "place", [("django_include_bootstrap", "static/none.css"), ("no_such_package", "x.css")]
)
def test_a_vendor_file_that_is_missing_is_an_error_of_the_system_check(settings, place):
    settings.QIP_VENDOR_FILES = {"vendor/x.css": place}
    assert [error.id for error in VendorFinder().check()] == ["qip.E001"]


def test_every_listed_vendor_file_is_there():
    assert VendorFinder().check() == []


def test_collected_files_are_hashed_and_our_modules_import_each_other_by_hash(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "qipathway.core.lib.staticfiles.VendorFinder",
    ]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "qipathway.core.lib.staticfiles.QipStaticStorage"},
    }
    finders.get_finder.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = QipStaticStorage(location=str(tmp_path)).hashed_files
    entry = (tmp_path / hashed["js/qip.js"]).read_text(encoding="utf-8")
    imported = re.findall(r'from "\./([^"]+)"', entry)
    assert imported
    assert [name for name in imported if not re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)] == []
    layers = (tmp_path / hashed["css/layers.css"]).read_text(encoding="utf-8")
    assert hashed["vendor/bootstrap.min.css"].rpartition("/")[2] in layers


@pytest.mark.parametrize("module", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
def test_every_module_says_what_it_does_and_uses_nothing_the_policy_forbids(module):
    text = module.read_text(encoding="utf-8")
    assert text.startswith("/*")
    for word in ("eval(", "innerHTML", "new Function", ".style.", "http://", "https://"):
        assert word not in text


def test_behaviours_named_in_templates_exist():
    bound = set(re.findall(r'bind\("([\w-]+)"', (STATIC / "js/qip.js").read_text(encoding="utf-8")))
    templates = (Path(django_settings.BASE_DIR) / "templates").rglob("*.html")
    asked = {
        name
        for path in templates
        for names in re.findall(r'data-behaviour="([^"{]+)"', path.read_text(encoding="utf-8"))
        for name in names.split()
    }
    assert asked - bound == set()
