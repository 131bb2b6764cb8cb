import logging
from pathlib import Path

from celery import current_app

from qipathway.core.files import services
from qipathway.core.files.scanning import ScannerDown
from qipathway.core.files.storage import remove
from qipathway.core.files.tasks import sweep_files


def asleep(path: str) -> bool:
    raise ScannerDown


def awake(path: str) -> bool:
    return Path(path).is_file()


def use(settings, chosen) -> None:
    settings.FILES_SCANNER = f"{chosen.__module__}.{chosen.__name__}"


def waiting(settings, resident, upload, pdf):
    use(settings, asleep)
    return services.keep(upload("a.pdf", pdf), by=resident, scope=7)


def test_the_beat_asks_every_hour_for_a_task_that_a_worker_knows(settings):
    current_app.loader.import_default_modules()
    row = settings.CELERY_BEAT_SCHEDULE["sweep"]
    assert (row["task"], row["schedule"]) == (sweep_files.name, 3600)
    assert row["task"] in current_app.tasks


def test_the_hourly_task_releases_what_waited_for_the_scanner(settings, resident, upload, pdf):
    file = waiting(settings, resident, upload, pdf)
    sweep_files()
    file.refresh_from_db()
    assert file.state == "pending"
    use(settings, awake)
    sweep_files()
    file.refresh_from_db()
    assert file.state == "clean"


def test_what_waits_for_a_scanner_is_not_let_through_when_the_setting_is_lost(
    settings, resident, upload, pdf
):
    file = waiting(settings, resident, upload, pdf)
    settings.FILES_SCANNER = ""
    sweep_files()
    file.refresh_from_db()
    assert file.state == "pending"


def test_the_hourly_task_tells_the_log_which_file_is_missing(resident, upload, pdf, caplog):
    file = services.keep(upload("a.pdf", pdf), by=resident, scope=7)
    with caplog.at_level(logging.ERROR):
        sweep_files()
        assert caplog.messages == []
        remove(file.path)
        sweep_files()
    assert caplog.messages == [f"1 files are missing or cut short: {file.uid}"]
