import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('curriculum', '0008_attendance_becomes_an_activity'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='standupattendance',
            name='same_program',
        ),
        migrations.DeleteModel(
            name='StandUpAttendance',
        ),
        migrations.RemoveField(
            model_name='standup',
            name='revision',
        ),
        migrations.RemoveField(
            model_name='standup',
            name='state',
        ),
    ]
