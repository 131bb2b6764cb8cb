from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('residents', '0010_one_program_for_good'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'accepted', 'revoked'])), name='invitation_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'on_leave', 'completed', 'withdrawn'])), name='membership_state_is_known'),
        ),
    ]
