"""Copy who was at which announced stand-up into the log of activities.

A week has one stand-up in the log: one that was logged there already is told which it was, and of
two announced ones of a week the first stays.
"""

from datetime import timedelta

from django.db import migrations


def log_attendance(apps, schema_editor):
    Activity = apps.get_model('curriculum', 'Activity')
    StandUpAttendance = apps.get_model('curriculum', 'StandUpAttendance')
    rows = StandUpAttendance.objects.select_related('stand_up')
    for there in rows.order_by('stand_up__starts_at', 'pk').iterator():
        stand_up = there.stand_up
        activity, is_new = Activity.objects.get_or_create(
            resident_id=there.resident_id,
            kind='stand_up',
            week=stand_up.day - timedelta(days=stand_up.day.weekday()),
            defaults={
                'program_id': there.program_id,
                'day': stand_up.day,
                'place': stand_up.place,
                'stand_up': stand_up,
                'logged_at': there.logged_at,
            },
        )
        if not is_new and activity.stand_up_id is None and activity.day == stand_up.day:
            activity.stand_up = stand_up
            activity.save(update_fields=['stand_up'])


def attend_again(apps, schema_editor):
    Activity = apps.get_model('curriculum', 'Activity')
    StandUpAttendance = apps.get_model('curriculum', 'StandUpAttendance')
    StandUpAttendance.objects.bulk_create(
        StandUpAttendance(
            program_id=activity.program_id,
            resident_id=activity.resident_id,
            stand_up_id=activity.stand_up_id,
            logged_at=activity.logged_at,
        )
        for activity in Activity.objects.exclude(stand_up=None)
    )
    Activity.objects.exclude(stand_up=None).update(stand_up=None)


class Migration(migrations.Migration):

    dependencies = [
        ('curriculum', '0007_activities_name_their_stand_up'),
    ]

    operations = [
        migrations.RunPython(log_attendance, attend_again),
    ]
