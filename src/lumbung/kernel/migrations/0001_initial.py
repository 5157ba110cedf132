import django.db.models.deletion
import lumbung.kernel.models.journal
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="NightlyRun",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("last_day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("name", models.CharField(max_length=60)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("channel", models.CharField(max_length=20)),
                ("data", models.JSONField()),
                (
                    "record",
                    models.GeneratedField(
                        db_persist=True,
                        expression=lumbung.kernel.models.journal.KeyIn("data", name="record"),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
                (
                    "item",
                    models.GeneratedField(
                        db_persist=True,
                        expression=lumbung.kernel.models.journal.KeyIn("data", name="item"),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
                (
                    "member",
                    models.GeneratedField(
                        db_persist=True,
                        expression=lumbung.kernel.models.journal.KeyIn("data", name="member"),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
                (
                    "content",
                    models.GeneratedField(
                        db_persist=True,
                        expression=lumbung.kernel.models.journal.KeyIn("data", name="content"),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name", "at"], name="journal_by_name"),
                    models.Index(condition=models.Q(("record__isnull", False)), fields=["record"], name="journal_by_record"),
                    models.Index(condition=models.Q(("item__isnull", False)), fields=["item"], name="journal_by_item"),
                    models.Index(condition=models.Q(("member__isnull", False)), fields=["member"], name="journal_by_member"),
                    models.Index(condition=models.Q(("content__isnull", False)), fields=["content"], name="journal_by_content"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lease",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("holder", models.CharField(max_length=120)),
                ("until", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["holder"], name="lease_by_holder")],
            },
        ),
        migrations.CreateModel(
            name="PendingReaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reaction", models.CharField(max_length=60)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kernel.journalentry"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reaction", "id"], name="pending_by_reaction"),
                    models.Index(condition=models.Q(("failures__gt", 0)), fields=["id"], name="pending_failures"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosedRoom",
            fields=[
                ("room", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("closed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RetentionChoice",
            fields=[
                ("term", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("days", models.PositiveIntegerField()),
            ],
        ),
    ]
