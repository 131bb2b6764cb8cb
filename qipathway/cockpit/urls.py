from django.urls import path

from .views import (
    board,
    check_in,
    first_hour,
    involvement,
    members,
    pages,
    plan,
    record,
    today,
    wall,
)

app_name = "cockpit"
urlpatterns = [
    path("", pages.home, name="home"),
    path("board/", board.board, name="board"),
    path(
        "board/<uuid:uid>/snooze/<slug:reason>/",
        board.snooze,
        name="snooze",
    ),
    path(
        "board/<uuid:uid>/unsnooze/<slug:reason>/",
        board.unsnooze,
        name="unsnooze",
    ),
    path("first-hour/", first_hour.first_hour, name="first-hour"),
    path("today/", today.today, name="today"),
    path("mentees/", wall.wall, name="wall"),
    path("check-ins/<uuid:uid>/", check_in.check_in, name="check-in"),
    path("residents/me/", record.own_record, name="own-record"),
    path("residents/<uuid:uid>/", record.record_page, name="record"),
    path("residents/<uuid:uid>/plan/", plan.plan_page, name="plan"),
    path("members/change/", members.change_members, name="members-change"),
    path("members/changes/<uuid:uid>/undo/", members.undo_change, name="change-undo"),
    path("involvement/", involvement.involvement_page, name="involvement"),
    path("sponsored/", pages.sponsored, name="sponsored"),
    path("search/", pages.search, name="search"),
]
