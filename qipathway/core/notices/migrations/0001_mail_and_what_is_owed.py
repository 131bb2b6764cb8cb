import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import qipathway.core.clock.services
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clock", "0001_offset_and_qi_now"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("scope_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                (
                    "ambiguous",
                    models.CharField(
                        choices=[("resend", "Send once more"), ("hold", "Ask a person")],
                        max_length=10,
                    ),
                ),
                ("message_id", models.CharField(max_length=255, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("unknown", "Not certain"),
                            ("dead", "Not delivered"),
                            ("cancelled", "Cancelled"),
                            ("expired", "Too late"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("not_before", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("next_attempt_at", models.DateTimeField()),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("doubts", models.PositiveSmallIntegerField(default=0)),
                ("send_started_at", models.DateTimeField(null=True)),
                ("ponr_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdrawn", "What it announced was withdrawn."),
                            ("source", "What it announced no longer holds."),
                            ("person", "The person's account is closed."),
                            ("late", "It could not go out before it was of no more use."),
                            ("refused", "The mail server refused it for good."),
                            ("tries", "The mail server put it off too many times."),
                            ("letter", "The letter could not be written; see the server's log."),
                            ("doubt", "It was handed over, but the mail server's answer was lost."),
                            ("crashed", "The sending process stopped too many times."),
                            ("dismissed", "Somebody looked and let it rest."),
                        ],
                        max_length=10,
                    ),
                ),
                ("smtp_code", models.PositiveSmallIntegerField(null=True)),
                ("smtp_reply", models.CharField(blank=True, max_length=500)),
                ("last_error", models.CharField(blank=True, max_length=200)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=qipathway.core.clock.services.NowDefault(), editable=False
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ponr_at", models.DateTimeField(null=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("sent", "Accepted by the mail server"),
                            ("later", "Put off"),
                            ("refused", "Refused for good"),
                            ("doubt", "Handed over, answer lost"),
                            ("letter", "The letter could not be written"),
                            ("stale", "Nothing left to announce"),
                            ("lost", "Stopped before anything was handed over"),
                            ("retried", "Sent again by a person"),
                            ("marked", "Marked as sent by a person"),
                            ("dismissed", "Let rest by a person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("phase", models.CharField(blank=True, max_length=10)),
                ("smtp_code", models.PositiveSmallIntegerField(null=True)),
                ("reply", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="notices.mail",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=255, unique=True)),
                ("scope_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("object_id", models.BigIntegerField()),
                ("revision", models.PositiveIntegerField(default=0)),
                ("rule", models.CharField(blank=True, max_length=60)),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=qipathway.core.clock.services.NowDefault(), editable=False
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="notices.mail",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["next_attempt_at", "id"],
                name="mail_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["expires_at"],
                name="mail_waiting_expires",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state", "sending")),
                fields=["send_started_at"],
                name="mail_claimed",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state__in", ["unknown", "dead"])),
                fields=["scope_id", "-closed_at"],
                name="mail_troubled",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["pending", "sending", "sent", "unknown", "dead", "cancelled", "expired"],
                    )
                ),
                name="mail_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="mail_sent_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state__in", ("unknown", "dead", "cancelled", "expired")),
                        models.Q(("closed_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ("unknown", "dead", "cancelled", "expired")),
                            _negated=True,
                        ),
                        ("closed_at__isnull", True),
                        ("closed_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="mail_closed_unsent_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sending"), _negated=True),
                    ("send_started_at__isnull", False),
                    _connector="OR",
                ),
                name="mail_sending_has_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "pending"), _negated=True),
                    ("ponr_at__isnull", True),
                    _connector="OR",
                ),
                name="mail_waiting_was_not_handed_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("not_before"))),
                name="mail_has_time_to_be_sent",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryattempt",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="20e4bb628c487853f418fa8674c55e4eeebc40cf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_30093",
                    table="notices_deliveryattempt",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["kind", "object_id"], name="notice_kind_object"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("due_at"))),
                name="notice_is_due_before_it_expires",
            ),
        ),
    ]
