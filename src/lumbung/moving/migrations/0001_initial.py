import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ColumnMemory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heads", models.CharField(max_length=32, unique=True)),
                ("columns", models.JSONField(default=dict)),
                ("used_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-used_at"],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20, verbose_name="sistem asal")),
                ("file_name", models.CharField(max_length=255, verbose_name="berkas")),
                ("path", models.TextField()),
                ("file_size", models.BigIntegerField(verbose_name="ukuran")),
                ("options", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("reading", "Membaca berkas"),
                            ("rehearsing", "Uji coba berjalan"),
                            ("rehearsed", "Menunggu persetujuan"),
                            ("moving", "Memindahkan"),
                            ("moved", "Selesai pindah"),
                            ("interrupted", "Terputus"),
                            ("undoing", "Sedang dibatalkan"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("rehearsed", models.BooleanField(default=False)),
                ("approved", models.BooleanField(default=False)),
                ("stopped_because", models.TextField(blank=True, verbose_name="terhenti karena")),
                ("stage", models.CharField(blank=True, max_length=20)),
                ("place", models.BigIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("phase_began_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
                ("proof", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(verbose_name="mulai")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="selesai")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "perpindahan",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "waiting",
                                    "reading",
                                    "rehearsing",
                                    "rehearsed",
                                    "moving",
                                    "moved",
                                    "interrupted",
                                    "undoing",
                                    "undone",
                                ],
                            )
                        ),
                        name="state_of_move_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="tabel")),
                ("rows", models.PositiveIntegerField(verbose_name="baris")),
                ("stored_file", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("because", models.CharField(max_length=20)),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_tables", to="moving.move"
                    ),
                ),
            ],
            options={
                "verbose_name": "tabel yang disimpan",
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("move", "name"), name="a_table_is_kept_once_by_a_move")],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rehearsal", models.BooleanField()),
                ("entity", models.CharField(max_length=20)),
                ("source_id", models.CharField(max_length=120)),
                ("refused", models.BooleanField()),
                ("code", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
                ("row", models.JSONField(default=dict)),
                (
                    "move",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="moving.move"),
                ),
            ],
            options={
                "verbose_name": "temuan perpindahan",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["move", "rehearsal", "refused", "entity"], name="findings_of_move")],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entity", models.CharField(max_length=20)),
                ("key", models.BigIntegerField()),
                ("before", models.JSONField()),
                ("was_digest", models.CharField(max_length=16)),
                ("digest", models.CharField(max_length=16)),
                (
                    "move",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="moving.move"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("move", "entity", "key"), name="a_move_changes_a_row_once")],
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40)),
                ("entity", models.CharField(max_length=20)),
                ("source_id", models.CharField(max_length=120)),
                ("key", models.BigIntegerField()),
                ("digest", models.CharField(max_length=16)),
                ("made", models.BooleanField(default=True)),
                (
                    "move",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="moving.move"),
                ),
            ],
            options={
                "verbose_name": "nomor di sistem lama",
                "constraints": [
                    models.UniqueConstraint(fields=("source", "entity", "source_id"), name="a_row_comes_from_one_place")
                ],
                "indexes": [models.Index(fields=["move", "entity", "key"], name="origins_of_move")],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("running", "Berjalan"),
                            ("finished", "Selesai"),
                            ("failed", "Gagal"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("files", models.PositiveIntegerField(default=0, verbose_name="berkas")),
                ("stopped_because", models.TextField(blank=True)),
                ("stored_file", models.CharField(blank=True, max_length=200)),
                ("file_size", models.BigIntegerField(default=0)),
                ("created_at", models.DateTimeField(verbose_name="mulai")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="selesai")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "paket perpustakaan",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "finished", "failed"])),
                        name="state_of_departure_is_known",
                    )
                ],
            },
        ),
    ]
