import django.db.models.deletion
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
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Being checked"),
                            ("clean", "Ready"),
                            ("quarantined", "Set aside"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=qipathway.core.clock.services.NowDefault(), editable=False
                    ),
                ),
                ("scope_id", models.BigIntegerField()),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["uploaded_at"],
                        name="file_waits_for_scanner",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="file_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="file_has_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "clean", "quarantined"])),
                        name="file_state_is_known",
                    ),
                ],
            },
        ),
    ]
