"""Several people decide about one file at the same moment."""

import pytest

from qipathway.core.files.models import StoredFile
from qipathway.core.files.services import quarantine, release, scan_again
from qipathway.core.files.states import ScanState
from qipathway.core.timeline.models import Event
from tests.factories.accounts import UserFactory
from tests.together import done, together, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored():
    def make(state):
        return StoredFile.objects.create(
            name="map.pdf",
            size=1,
            sha256="0" * 64,
            media_type="application/pdf",
            state=state,
            uploaded_by=UserFactory(),
            scope_id=7,
        )

    return make


def test_a_file_set_aside_four_times_at_once_is_set_aside_once(stored):
    file, by = stored(ScanState.CLEAN), UserFactory()
    results = together(*[lambda: quarantine(file, by=by)] * 4)
    assert {found.state for found in results} == {ScanState.QUARANTINED}
    assert Event.objects.filter(action="files.quarantine").count() == 1


def test_of_two_who_release_a_file_at_once_the_second_is_told(stored):
    file, by = stored(ScanState.QUARANTINED), UserFactory()
    results = together(*[lambda: release(file, by=by)] * 2)
    assert (len(done(results)), len(told(results))) == (1, 1)
    assert Event.objects.filter(action="files.release").count() == 1


def test_a_scanner_and_a_person_who_meet_leave_the_file_as_the_person_said(stored):
    file, by = stored(ScanState.PENDING), UserFactory()
    together(lambda: scan_again(file), lambda: scan_again(file), lambda: quarantine(file, by=by))
    file.refresh_from_db()
    assert file.state == ScanState.QUARANTINED
    assert Event.objects.get().action == "files.quarantine"
