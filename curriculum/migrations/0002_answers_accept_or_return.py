
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('curriculum', '0001_classes_bookings_and_homework'),
        ('residents', '0003_one_sponsor_and_no_role_twice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['accepted', 'returned'])), name='an_answer_accepts_or_returns'),
        ),
    ]
