import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("residents", "0002_programs_people_and_schedule"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "Idea"),
                            ("charter", "Charter"),
                            ("current_state", "Current state"),
                            ("event_ready", "Event ready"),
                            ("event_held", "Event held"),
                            ("implementing", "Implementing"),
                            ("remeasured", "Remeasured"),
                            ("presented", "Presented"),
                            ("closed", "Closed"),
                        ],
                        default="idea",
                        max_length=16,
                    ),
                ),
                ("opened_on", models.DateField()),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="residents.program",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="residents.resident",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Charter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=120)),
                ("process", models.CharField(blank=True, max_length=160)),
                ("first_step", models.CharField(blank=True, max_length=200)),
                ("last_step", models.CharField(blank=True, max_length=200)),
                ("why_it_matters", models.TextField(blank=True, max_length=2000)),
                ("aim", models.TextField(blank=True, max_length=1000)),
                ("measure", models.CharField(blank=True, max_length=300)),
                ("draft", models.JSONField(blank=True, default=dict)),
                ("drafted_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("written_at", models.DateTimeField(blank=True, null=True)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "process_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charters",
                        to="residents.leader",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="residents.program",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charter",
                        to="capstone.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Screen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("experimental", models.BooleanField(blank=True, null=True)),
                ("funded", models.BooleanField(blank=True, null=True)),
                ("multi_site", models.BooleanField(blank=True, null=True)),
                ("generalizes", models.BooleanField(blank=True, null=True)),
                ("improves_locally", models.BooleanField(blank=True, null=True)),
                ("happens_anyway", models.BooleanField(blank=True, null=True)),
                ("screened_on", models.DateField(blank=True, null=True)),
                (
                    "irb_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_research", "Not research"),
                            ("exempt", "Research, exempt from review"),
                            ("approved", "Research, approved"),
                        ],
                        max_length=16,
                    ),
                ),
                ("irb_decided_on", models.DateField(blank=True, null=True)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="residents.program",
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screen",
                        to="capstone.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StageEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("idea", "Idea"),
                            ("charter", "Charter"),
                            ("current_state", "Current state"),
                            ("event_ready", "Event ready"),
                            ("event_held", "Event held"),
                            ("implementing", "Implementing"),
                            ("remeasured", "Remeasured"),
                            ("presented", "Presented"),
                            ("closed", "Closed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("entered_on", models.DateField()),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="residents.program",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="capstone.project",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "stage entries",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["program", "resident"], name="project_board"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("resident",),
                name="one_open_project_per_resident",
            ),
        ),
        migrations.AddConstraint(
            model_name="charter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at", None), ("signed_by", None)),
                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_signature_has_a_person_and_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="charter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_at", None),
                    models.Q(
                        models.Q(("area", ""), _negated=True),
                        models.Q(("process", ""), _negated=True),
                        models.Q(("first_step", ""), _negated=True),
                        models.Q(("last_step", ""), _negated=True),
                        models.Q(("why_it_matters", ""), _negated=True),
                        ("process_owner__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_signed_charter_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("screened_on", None),
                    models.Q(
                        ("experimental__isnull", False),
                        ("funded__isnull", False),
                        ("generalizes__isnull", False),
                        ("happens_anyway__isnull", False),
                        ("improves_locally__isnull", False),
                        ("multi_site__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_dated_screen_is_fully_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("irb_decided_on", None), ("irb_outcome", "")),
                    models.Q(
                        models.Q(("irb_outcome", ""), _negated=True),
                        ("irb_decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_irb_outcome_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="stageentry",
            constraint=models.UniqueConstraint(
                fields=("project", "stage"), name="a_stage_is_entered_once_per_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="stageentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_on", None)),
                fields=("project",),
                include=("entered_on",),
                name="a_project_is_in_one_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="stageentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on", None), ("left_on__gte", models.F("entered_on")), _connector="OR"
                ),
                name="a_stage_is_left_after_it_is_entered",
            ),
        ),
    ]
