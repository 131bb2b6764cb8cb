"""Tags and filters: dates in words, undo addresses, people, and no clock inside."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone

from qipathway.core.lib.templatetags import ui


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_dates_are_short_and_american_and_times_have_24_hours():
    at = datetime(2026, 12, 3, 14, 5)
    assert render(
        "{{ d|day }} {{ d|weekday }} {{ d|long_day }} {{ d|month }} {{ d|clock }}", d=at
    ) == ("Dec 3 Thu Dec 3 Dec 3, 2026 Dec 14:05")


def test_an_instant_is_said_in_the_zone_that_is_active():
    at = datetime(2026, 12, 4, 3, 5, tzinfo=UTC)
    with timezone.override("America/Los_Angeles"):
        assert render("{{ d|weekday }} {{ d|clock }}", d=at) == "Thu Dec 3 19:05"


@pytest.mark.parametrize(
    "name", ["day", "long_day", "weekday", "month", "clock", "in_days", "days"]
)
def test_nothing_is_said_of_a_date_that_is_not_there(name):
    assert render("{{ d|" + name + " }}", d=None) == ""


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 2), date(2026, 12, 3), "Dec 2\N{EN DASH}3"),
        (date(2026, 11, 30), date(2026, 12, 1), "Nov 30 \N{EN DASH} Dec 1"),
        (date(2026, 12, 2), date(2026, 12, 2), "Dec 2"),
        (date(2026, 12, 2), None, "Dec 2"),
    ],
)
def test_two_dates_are_said_as_one(first, last, said):
    assert render("{% span a b %}", a=first, b=last) == said


@pytest.mark.parametrize(
    ("count", "ago", "ahead"),
    [
        (0, "today", "today"),
        (1, "yesterday", "tomorrow"),
        (14, "14 days ago", "in 14 days"),
        (None, "never", ""),
    ],
)
def test_days_become_words(count, ago, ahead):
    assert (ui.days_ago(count), ui.in_days(count)) == (ago, ahead)


def test_days_behind_are_said_as_the_past():
    assert ui.in_days(-3) == "3 days ago"


def test_one_day_is_not_days():
    assert (ui.days(1), ui.days(2)) == ("1 day", "2 days")


@pytest.mark.parametrize(
    ("tags", "url"),
    [
        ("undo:/p/imr/snooze/undo/", "/p/imr/snooze/undo/"),
        ("safe undo:/p/imr/", "/p/imr/"),
        ("undo://elsewhere.example/", ""),
        ("undo:https://elsewhere.example/", ""),
        ("", ""),
    ],
)
def test_undo_posts_only_to_an_address_of_this_site(tags, url):
    assert ui.undo_url(SimpleNamespace(extra_tags=tags)) == url


def test_lookup_finds_keys_that_templates_hold_as_text():
    assert ui.lookup({1: "a", "b": "c"}, "b") == "c"
    assert ui.lookup({"1": "a"}, 1) == "a"
    assert ui.lookup(None, "x") == ""


@pytest.mark.parametrize(("cells", "line"), [(0, 4), (3, 4), (8, 8), (10, 5), (12, 6), (20, 7)])
def test_cells_of_a_row_are_spread_evenly_over_the_lines_of_a_phone(cells, line):
    assert ui.per_line(cells) == line


def test_a_phone_keeps_at_most_four_tabs():
    items = [{"label": str(n), "tab": n != 1} for n in range(7)]
    assert [i["label"] for i in ui.bottom_tabs([{"items": items}])] == ["0", "2", "3", "4"]


def test_an_avatar_takes_objects_and_mappings_alike():
    person = {"initials": "PR", "tint": "c"}
    assert render("{% avatar p %}", p=person) == render(
        "{% avatar p %}", p=SimpleNamespace(**person)
    )


def test_card_names_its_region_by_its_title():
    drawn = render('{% card "Homework" note="2 open" %}<p>x</p>{% endcard %}')
    assert 'aria-labelledby="homework-title"' in drawn
    assert '<h2 id="homework-title">Homework</h2><span class="q-note">2 open</span>' in drawn
    assert "<p>x</p>" in drawn


def test_wrapping_tags_escape_what_they_are_told_and_keep_what_they_wrap():
    drawn = render("{% card t %}{{ t }}<b>y</b>{% endcard %}", t="<i>x</i>")
    assert "<i>" not in drawn
    assert "<b>y</b>" in drawn


def test_a_page_head_without_actions_draws_no_empty_box():
    assert "q-head-acts" not in render('{% page_head "Board" "Nothing waits." %}{% endpage_head %}')
