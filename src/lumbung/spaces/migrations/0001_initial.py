import django.db.models.deletion
import lumbung.spaces.models.gate
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("members", "0001_initial"),
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Gate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="nama")),
                (
                    "address",
                    models.CharField(
                        default=lumbung.spaces.models.gate.new_address, editable=False, max_length=64, unique=True
                    ),
                ),
                ("repeat_minutes", models.PositiveSmallIntegerField(default=30, verbose_name="jeda kunjungan ulang (menit)")),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling banyak orang di dalam"),
                ),
                (
                    "stay_minutes",
                    models.PositiveSmallIntegerField(default=120, verbose_name="dihitung di dalam selama (menit)"),
                ),
                ("asks_purpose", models.BooleanField(default=False, verbose_name="menanyakan tujuan kunjungan")),
                ("greets_by_name", models.BooleanField(default=True, verbose_name="menyapa dengan nama depan")),
                ("is_active", models.BooleanField(default=True, verbose_name="dipakai")),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gates",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
            ],
            options={
                "verbose_name": "pintu",
                "ordering": ["branch__name", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("branch", "name"), name="gate_name_is_unique_in_its_branch"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="gate_has_a_name"),
                    models.CheckConstraint(condition=models.Q(("repeat_minutes__lte", 1440)), name="a_repeat_is_within_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("capacity", 0), _negated=True), name="a_room_has_place_for_somebody"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stay_minutes__gte", 1), ("stay_minutes__lte", 1440)), name="a_stay_is_within_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitPurpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="nama")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                ("is_active", models.BooleanField(default=True, verbose_name="ditawarkan")),
            ],
            options={
                "verbose_name": "tujuan kunjungan",
                "ordering": ["position", "name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="purpose_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("member", "Anggota"), ("guest", "Tamu"), ("group", "Rombongan")],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("came_at", models.DateTimeField(verbose_name="datang")),
                ("day", models.DateField(verbose_name="hari")),
                ("hour", models.PositiveSmallIntegerField(verbose_name="jam")),
                ("people", models.PositiveSmallIntegerField(default=1, verbose_name="orang")),
                ("unit", models.CharField(blank=True, max_length=120, verbose_name="fakultas atau program studi")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="nama")),
                ("institution", models.CharField(blank=True, max_length=120, verbose_name="lembaga")),
                ("channel", models.CharField(max_length=20, verbose_name="saluran")),
                ("device", models.CharField(blank=True, max_length=40)),
                ("sequence", models.PositiveBigIntegerField(null=True)),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.category",
                        verbose_name="kategori",
                    ),
                ),
                (
                    "gate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="spaces.gate",
                        verbose_name="pintu",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="spaces.visitpurpose",
                        verbose_name="tujuan",
                    ),
                ),
            ],
            options={
                "verbose_name": "kunjungan",
                "ordering": ["-came_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("gate", "device", "sequence"), name="a_kept_visit_counts_once"),
                    models.CheckConstraint(condition=models.Q(("people__gte", 1)), name="a_visit_is_of_somebody"),
                    models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="a_day_has_24_hours"),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "member"), ("member__isnull", True), _connector="OR"),
                        name="only_a_member_comes_as_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "group"), ("people", 1), _connector="OR"), name="only_a_group_is_many"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["branch", "day"], name="visits_of_a_day"),
                    models.Index(fields=["gate", "came_at"], name="visits_of_a_gate"),
                    models.Index(
                        condition=models.Q(("member__isnull", False)), fields=["member", "came_at"], name="visits_of_a_member"
                    ),
                ],
            },
        ),
    ]
