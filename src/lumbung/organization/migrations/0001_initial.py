import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="HolidayList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_at", models.DateTimeField(verbose_name="dibaca")),
            ],
            options={
                "verbose_name": "daftar libur",
                "ordering": ["-read_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Barcode",
            fields=[
                ("value", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("names", models.CharField(choices=[("item", "eksemplar"), ("member", "anggota")], max_length=10)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value", ""), _negated=True), name="barcode_is_not_empty"),
                    models.CheckConstraint(
                        condition=models.Q(("names__in", ["item", "member"])), name="barcode_names_an_item_or_member"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Branch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kode")),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("address", models.TextField(blank=True, verbose_name="alamat")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telepon")),
                ("time_zone", models.CharField(default="Asia/Jakarta", max_length=40, verbose_name="zona waktu")),
                ("directions", models.TextField(blank=True, verbose_name="petunjuk arah")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organization.branch",
                        verbose_name="bagian dari",
                    ),
                ),
            ],
            options={
                "verbose_name": "cabang",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="BranchGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="nama kelompok")),
                (
                    "branches",
                    models.ManyToManyField(related_name="groups", to="organization.branch", verbose_name="cabang"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "kelompok cabang",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="one_group_of_branches_of_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_group_of_branches_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Faculty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kode")),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
            ],
            options={
                "verbose_name": "fakultas",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="faculty_has_a_code"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="faculty_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Library",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="nama")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="nama singkat")),
                ("institution", models.CharField(blank=True, max_length=200, verbose_name="lembaga induk")),
                (
                    "registration_number",
                    models.CharField(blank=True, max_length=40, verbose_name="Nomor Pokok Perpustakaan (NPP)"),
                ),
                ("tagline", models.CharField(blank=True, max_length=120, verbose_name="semboyan")),
                (
                    "shown_names",
                    models.CharField(
                        choices=[
                            ("whole", "nama lengkap"),
                            ("short", "nama depan dan huruf awal: Siti A."),
                            ("letters", "huruf awal saja: S. A."),
                        ],
                        default="whole",
                        max_length=10,
                        verbose_name="nama orang pada slip dan layar umum",
                    ),
                ),
                ("address", models.TextField(blank=True, verbose_name="alamat")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telepon")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="surel")),
                ("whatsapp", models.CharField(blank=True, max_length=20, verbose_name="nomor WhatsApp")),
                ("time_zone", models.CharField(default="Asia/Jakarta", max_length=40, verbose_name="zona waktu")),
            ],
            options={
                "verbose_name": "perpustakaan",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_library")],
            },
        ),
        migrations.CreateModel(
            name="Offering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="nama")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lending", "Sirkulasi"),
                            ("reference", "Rujukan dan informasi umum"),
                            ("guidance", "Bimbingan pemustaka"),
                            ("promotion", "Promosi"),
                            ("other", "Keanggotaan dan lainnya"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("summary", models.CharField(max_length=300, verbose_name="keterangan")),
                ("online_way", models.CharField(blank=True, max_length=300, verbose_name="jalan daring")),
                ("by_contact", models.BooleanField(default=False, verbose_name="dilayani lewat telepon, WhatsApp, dan surel")),
                ("desk_only_reason", models.CharField(blank=True, max_length=200, verbose_name="alasan hanya di tempat")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Buka"), ("limited", "Terbatas"), ("closed", "Tutup")],
                        default="open",
                        max_length=8,
                        verbose_name="keadaan",
                    ),
                ),
                ("state_note", models.CharField(blank=True, max_length=200, verbose_name="penjelasan keadaan")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                ("is_published", models.BooleanField(default=True, verbose_name="tampil kepada umum")),
                (
                    "measure",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="pemakaian dihitung dari"),
                ),
            ],
            options={
                "verbose_name": "layanan",
                "ordering": ["kind", "position", "name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="service_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("online_way", ""), _negated=True),
                            ("by_contact", True),
                            models.Q(("desk_only_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="service_is_online_or_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), models.Q(("state_note", ""), _negated=True), _connector="OR"),
                        name="a_service_not_open_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("term", "Semester"),
                            ("exams", "Masa ujian"),
                            ("vacation", "Libur semester"),
                            ("ramadan", "Ramadan"),
                            ("graduation", "Masa wisuda"),
                            ("closed_service", "Layanan tertutup"),
                            ("amnesty", "Bebas denda"),
                            ("other", "Lainnya"),
                        ],
                        max_length=16,
                        verbose_name="jenis",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nama")),
                ("first_day", models.DateField(verbose_name="hari pertama")),
                ("last_day", models.DateField(verbose_name="hari terakhir")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
            ],
            options={
                "verbose_name": "masa",
                "ordering": ["first_day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="a_period_of_the_year_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_period_of_the_year_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField(verbose_name="hari")),
                ("opens", models.TimeField(verbose_name="buka")),
                ("closes", models.TimeField(verbose_name="tutup")),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opening_hours", to="organization.branch"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opening_hours",
                        to="organization.period",
                    ),
                ),
            ],
            options={
                "verbose_name": "jam buka",
                "ordering": ["weekday", "opens"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="weekday_is_monday_to_sunday"),
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))), name="hours_close_after_they_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="hours_end_after_they_begin",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period", None), ("until", None)),
                        fields=("branch", "weekday", "opens"),
                        name="one_spell_starts_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period__isnull", False), ("until", None)),
                        fields=("branch", "period", "weekday", "opens"),
                        name="one_spell_of_a_period_starts_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudyProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kode PDDikti")),
                ("name", models.CharField(max_length=120, verbose_name="nama program studi")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("D1", "D1"),
                            ("D2", "D2"),
                            ("D3", "D3"),
                            ("D4", "D4"),
                            ("S1", "S1"),
                            ("Profesi", "Profesi"),
                            ("Sp", "Spesialis"),
                            ("S2", "S2"),
                            ("S3", "S3"),
                        ],
                        max_length=10,
                        verbose_name="jenjang",
                    ),
                ),
                (
                    "faculty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="organization.faculty",
                        verbose_name="fakultas",
                    ),
                ),
            ],
            options={
                "verbose_name": "program studi",
                "ordering": ["name", "level"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="programme_has_a_code"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="programme_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["D1", "D2", "D3", "D4", "S1", "Profesi", "Sp", "S2", "S3"])),
                        name="level_of_programme_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("holiday", "Libur nasional"), ("joint_leave", "Cuti bersama"), ("own", "Penutupan sendiri")],
                        default="own",
                        max_length=12,
                        verbose_name="jenis",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="hari pertama")),
                ("last_day", models.DateField(verbose_name="hari terakhir")),
                ("reason", models.CharField(max_length=120, verbose_name="alasan")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closures",
                        to="organization.branch",
                    ),
                ),
                (
                    "holiday_list",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="closures",
                        to="organization.holidaylist",
                    ),
                ),
            ],
            options={
                "verbose_name": "penutupan",
                "ordering": ["first_day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="closure_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, verbose_name="kode")),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("directions", models.TextField(blank=True, verbose_name="petunjuk arah")),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="locations",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
            ],
            options={
                "verbose_name": "lokasi",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("branch", "code"), name="location_code_is_unique_in_its_branch")
                ],
            },
        ),
    ]
