from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mentorship', '0003_one_program_for_good'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['scheduled', 'held', 'cancelled'])), name='check_in_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done'])), name='commitment_state_is_known'),
        ),
    ]
