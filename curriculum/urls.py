from django.urls import path

from .views import (
    activities,
    calendars,
    completions,
    homework,
    review,
    schedule,
    sessions,
    stand_ups,
)

app_name = "curriculum"
urlpatterns = [
    path("classes/", sessions.classes, name="classes"),
    path("schedule/", schedule.schedule, name="schedule"),
    path("sessions/", sessions.session_list, name="sessions"),
    path("sessions/<uuid:uid>/", sessions.session_page, name="session"),
    path("sessions/<uuid:uid>/calendar/", calendars.session_calendar, name="session-calendar"),
    path("sessions/<uuid:uid>/book/", sessions.book_session, name="session-book"),
    path("sessions/<uuid:uid>/attendance/", sessions.take_attendance, name="attendance-take"),
    path("sessions/<uuid:uid>/move/", sessions.move_session, name="session-move"),
    path("sessions/<uuid:uid>/cancel/", sessions.cancel_session, name="session-cancel"),
    path("bookings/<uuid:uid>/withdraw/", sessions.withdraw_booking, name="booking-withdraw"),
    path("residents/<uuid:uid>/completions/", completions.completion_page, name="completions"),
    path(
        "residents/<uuid:uid>/completions/record/",
        completions.record_completion,
        name="completion-record",
    ),
    path(
        "completions/<uuid:uid>/withdraw/",
        completions.withdraw_completion,
        name="completion-withdraw",
    ),
    path("completions/<uuid:uid>/file/", completions.completion_file, name="completion-file"),
    path("homework/", homework.homework_list, name="homework-list"),
    path("homework/<uuid:uid>/", homework.homework_page, name="homework"),
    path("homework/<uuid:uid>/save/", homework.save_homework, name="homework-save"),
    path("homework/<uuid:uid>/submit/", homework.submit_homework, name="homework-submit"),
    path("homework/<uuid:uid>/files/<uuid:file>/", homework.homework_file, name="homework-file"),
    path("homework/<uuid:uid>/accept/", review.accept_homework, name="homework-accept"),
    path("homework/<uuid:uid>/return/", review.return_homework, name="homework-return"),
    path("review/", review.review_queue, name="review-queue"),
    path("sbp/", activities.own_activities, name="own-activities"),
    path("sbp/log/", activities.log_activity, name="activity-log"),
    path("residents/<uuid:uid>/sbp/", activities.activity_page, name="activities"),
    path("sbp/<uuid:uid>/withdraw/", activities.withdraw_activity, name="activity-withdraw"),
    path("stand-ups/", stand_ups.stand_up_list, name="stand-ups"),
    path("stand-ups/schedule/", stand_ups.schedule_stand_up, name="stand-up-schedule"),
    path("stand-ups/<uuid:uid>/attend/", stand_ups.attend_stand_up, name="stand-up-attend"),
]
