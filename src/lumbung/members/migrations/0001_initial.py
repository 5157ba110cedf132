import lumbung.kernel.whole_rows
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("messaging", "0001_initial"),
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=80, unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kode")),
                ("name", models.CharField(max_length=80, verbose_name="nama")),
                ("membership_months", models.PositiveSmallIntegerField(default=12, verbose_name="bulan masa keanggotaan")),
                ("teaches", models.BooleanField(default=False, verbose_name="menyusun daftar bacaan kuliah")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="members.category",
                    ),
                ),
                (
                    "joining",
                    models.CharField(
                        choices=[
                            ("desk", "di meja layanan saja"),
                            ("approved", "dari rumah, diperiksa petugas"),
                            ("once", "dari rumah, langsung setelah surel terbukti"),
                        ],
                        default="desk",
                        max_length=10,
                        verbose_name="menjadi anggota",
                    ),
                ),
            ],
            options={
                "verbose_name": "kategori anggota",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ClearancePurpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kode")),
                ("name", models.CharField(max_length=80, verbose_name="keperluan")),
                ("explanation", models.TextField(blank=True, verbose_name="penjelasan bagi pemohon")),
                ("is_open", models.BooleanField(default=True, verbose_name="dapat diajukan")),
                ("ends_membership", models.BooleanField(default=True, verbose_name="keanggotaan berakhir ketika surat terbit")),
                ("letter_title", models.CharField(max_length=120, verbose_name="judul surat")),
                ("letter_text", models.TextField(verbose_name="isi surat")),
                (
                    "number_pattern",
                    models.CharField(
                        default="{nomor}/PERPUS/BP/{bulan}/{tahun}", max_length=60, verbose_name="pola nomor surat"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="tempat surat")),
                ("signers", models.JSONField(default=list, verbose_name="penanda tangan")),
                (
                    "becomes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.category",
                        verbose_name="kategori sesudahnya",
                    ),
                ),
            ],
            options={
                "verbose_name": "keperluan bebas pustaka",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="clearance_purpose_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="clearance_purpose_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearancePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="nama periode")),
                ("first_day", models.DateField(verbose_name="pengajuan dibuka")),
                ("last_day", models.DateField(verbose_name="pengajuan ditutup")),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="members.clearancepurpose",
                        verbose_name="keperluan",
                    ),
                ),
            ],
            options={
                "verbose_name": "periode",
                "ordering": ["-last_day", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="period_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="period_ends_after_it_begins"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearanceCondition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("automatic", "Diperiksa sistem"),
                            ("verifier", "Diperiksa petugas"),
                            ("upload", "Berkas dari pemohon"),
                        ],
                        max_length=10,
                        verbose_name="cara memeriksa",
                    ),
                ),
                ("check_code", models.CharField(blank=True, max_length=60, verbose_name="pemeriksaan")),
                ("name", models.CharField(max_length=120, verbose_name="syarat")),
                ("way", models.TextField(blank=True, verbose_name="cara memenuhinya")),
                ("levels", models.JSONField(blank=True, default=list, verbose_name="hanya bagi jenjang")),
                (
                    "verifier_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("member", "Anggota"),
                            ("librarian", "Pustakawan"),
                            ("cataloguer", "Pengatalog"),
                            ("circulation", "Petugas sirkulasi"),
                            ("head", "Kepala perpustakaan"),
                            ("verifier", "Verifikator bebas pustaka"),
                            ("admin", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="peran pemeriksa",
                    ),
                ),
                (
                    "categories",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="members.category", verbose_name="hanya bagi kategori"
                    ),
                ),
                (
                    "programmes",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="organization.studyprogramme", verbose_name="hanya bagi program studi"
                    ),
                ),
                (
                    "verifiers",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="atau orang tertentu"
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conditions", to="members.clearancepurpose"
                    ),
                ),
            ],
            options={
                "verbose_name": "syarat bebas pustaka",
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="condition_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "automatic"), ("check_code", ""), _connector="XOR"),
                        name="automatic_conditions_have_a_check",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentPurpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kode")),
                ("name", models.CharField(max_length=80, verbose_name="untuk apa")),
                ("text", models.TextField(verbose_name="bunyi persetujuan")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="versi")),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "tujuan persetujuan",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="consent_is_to_something_said")
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "identity",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="messaging.identity"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["identity", "at"], name="link_attempts_of_an_identity")],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="tanggal lahir")),
                ("name", models.CharField(max_length=200, verbose_name="nama")),
                ("barcode", models.CharField(max_length=60, unique=True, verbose_name="nomor kartu")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="surel")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="telepon")),
                ("unit", models.CharField(blank=True, max_length=120, verbose_name="unit")),
                ("intake", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="angkatan")),
                ("joined_on", models.DateField(verbose_name="anggota sejak")),
                ("expires_on", models.DateField(verbose_name="anggota sampai")),
                ("blocked_because", models.CharField(blank=True, max_length=200, verbose_name="diblokir karena")),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                ("keeps_history", models.BooleanField(default=False, verbose_name="simpan riwayat pinjaman saya")),
                (
                    "gathers_notices",
                    models.BooleanField(default=False, verbose_name="satukan pemberitahuan dalam satu pesan sehari"),
                ),
                ("search_text", models.TextField(editable=False)),
                ("created_at", models.DateTimeField()),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organization.branch",
                        verbose_name="cabang asal",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="members.category",
                        verbose_name="kategori",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.studyprogramme",
                        verbose_name="program studi",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="member",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("blocked_until", models.DateField(blank=True, null=True, verbose_name="diblokir sampai")),
                ("guarantor", models.CharField(blank=True, max_length=200, verbose_name="penjamin")),
                ("guarantor_contact", models.CharField(blank=True, max_length=120, verbose_name="kontak penjamin")),
                ("photo", models.CharField(blank=True, editable=False, max_length=120)),
            ],
            options={
                "verbose_name": "anggota",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="member_has_a_name"),
                    models.CheckConstraint(condition=models.Q(("barcode", ""), _negated=True), name="member_has_a_card_number"),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gte", models.F("joined_on"))), name="membership_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blocked_until__isnull", True), models.Q(("blocked_because", ""), _negated=True), _connector="OR"
                        ),
                        name="only_a_block_has_a_last_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="hari")),
                ("times", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="members.member"),
                ),
            ],
            options={
                "ordering": ["-last_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "by", "day"), name="looks_of_one_at_another_are_counted_by_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="a_link_code_lives_for_a_while"
                    )
                ],
                "indexes": [models.Index(fields=["member", "made_at"], name="link_codes_of_a_member")],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="members.consentpurpose"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="members.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "persetujuan",
                "ordering": ["-given_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("member", "purpose"),
                        name="one_standing_consent_of_a_member_for_a_purpose",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearanceApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Berjalan"), ("issued", "Surat terbit"), ("withdrawn", "Ditarik pemohon")],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("applied_at", models.DateTimeField(verbose_name="diajukan")),
                ("closed_at", models.DateTimeField(null=True)),
                ("met", models.PositiveSmallIntegerField(default=0)),
                ("asked", models.PositiveSmallIntegerField(default=0)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="members.clearanceperiod",
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="members.clearancepurpose"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearances", to="members.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "pengajuan bebas pustaka",
                "ordering": ["applied_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("member", "purpose"),
                        name="one_open_clearance_of_a_member_for_a_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("closed_at__isnull", False), _connector="XOR"),
                        name="a_closed_clearance_says_since_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChannelLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proof",
                    models.CharField(
                        choices=[("code", "Kode dari situs"), ("page", "Masuk lewat tautan dari chat")],
                        max_length=10,
                        verbose_name="bukti",
                    ),
                ),
                ("linked_at", models.DateTimeField(verbose_name="terhubung")),
                ("notices_since", models.DateTimeField(null=True)),
                ("is_preferred", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("member", "Diputuskan di situs"),
                            ("chat", "Diputuskan dari chat"),
                            ("forgotten", "Data anggota dihapus"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="messaging.identity"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="channel_links", to="members.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "chat terhubung",
                "ordering": ["linked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("identity",),
                        name="one_member_stands_behind_an_identity",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("is_preferred", True)),
                        fields=("member",),
                        name="one_channel_of_a_member_is_preferred",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_ended_link_says_who_ended_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_preferred", False), ("notices_since__isnull", False), _connector="OR"),
                        name="the_preferred_channel_takes_notices",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberIdentifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nim", "NIM"),
                            ("nisn", "NISN"),
                            ("nip", "NIP"),
                            ("nidn", "NIDN"),
                            ("nidk", "NIDK"),
                            ("nuptk", "NUPTK"),
                            ("orcid", "ORCID"),
                            ("sinta", "SINTA"),
                            ("other", "Lainnya"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("value", models.CharField(max_length=60, verbose_name="nomor")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identifiers", to="members.member"
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "value"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "value"), name="an_identifier_names_one_member"),
                    models.CheckConstraint(condition=models.Q(("value", ""), _negated=True), name="identifier_is_not_empty"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivacyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "Perbaikan data"), ("erasure", "Penghapusan data")],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="yang diminta")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Menunggu"), ("done", "Dilaksanakan"), ("refused", "Ditolak")],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="jawaban")),
                ("asked_at", models.DateTimeField(verbose_name="diminta")),
                ("due_at", models.DateTimeField(verbose_name="paling lambat")),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="privacy_requests", to="members.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "permintaan data pribadi",
                "ordering": ["due_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("member", "kind"),
                        name="one_open_privacy_request_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("closed_at__isnull", False), _connector="XOR"),
                        name="a_closed_request_says_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_refused_request_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Roster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="berkas")),
                ("stored_file", models.CharField(max_length=120)),
                ("headings", models.JSONField(default=list)),
                ("columns", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("mapping", "Kolom sedang dicocokkan"),
                            ("trying", "Sedang dicoba"),
                            ("tried", "Selesai dicoba"),
                            ("running", "Sedang disimpan"),
                            ("finished", "Tersimpan"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="mapping",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                ("twice", models.PositiveIntegerField(default=0)),
                ("wrong", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(verbose_name="dibuat")),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="cabang asal",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.category",
                        verbose_name="kategori",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "daftar anggota dari SIAKAD",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="no_more_rows_are_done_than_there_are"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField(verbose_name="baris")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("new", "Baru"), ("changed", "Berubah"), ("twice", "Ganda"), ("wrong", "Keliru")],
                        max_length=10,
                        verbose_name="akibat",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="NIM")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="nama")),
                ("told", models.JSONField(default=list)),
                ("before", models.JSONField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="members.member"
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="members.roster"),
                ),
            ],
            options={
                "ordering": ["row"],
                "constraints": [models.UniqueConstraint(fields=("roster", "row"), name="one_outcome_of_each_row_of_a_roster")],
            },
        ),
        migrations.CreateModel(
            name="ClearanceLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=80, unique=True, verbose_name="nomor surat")),
                ("code", models.CharField(max_length=20, unique=True)),
                ("stored_file", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("dated", models.DateField(verbose_name="tanggal")),
                ("name", models.CharField(max_length=200, verbose_name="nama")),
                ("identifier", models.CharField(max_length=60, verbose_name="nomor induk")),
                ("programme", models.CharField(blank=True, max_length=140, verbose_name="program studi")),
                ("issued_at", models.DateTimeField(verbose_name="diterbitkan")),
                ("membership_until", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="dicabut")),
                ("revoked_because", models.CharField(blank=True, max_length=300, verbose_name="alasan pencabutan")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="members.clearanceapplication"
                    ),
                ),
                (
                    "category_before",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.category"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "surat bebas pustaka",
                "ordering": ["-issued_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("application",),
                        name="one_valid_letter_for_an_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True), models.Q(("revoked_because", ""), _negated=True), _connector="XOR"
                        ),
                        name="a_revoked_letter_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearanceAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Menunggu pemeriksaan"), ("accepted", "Diterima"), ("refused", "Ditolak")],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                ("decided_at", models.DateTimeField(null=True)),
                ("stored_file", models.CharField(blank=True, max_length=120)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file_kind", models.CharField(blank=True, max_length=10)),
                ("file_size", models.PositiveIntegerField(default=0)),
                ("uploaded_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="members.clearanceapplication"
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="members.clearancecondition"
                    ),
                ),
                ("file_hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "jawaban syarat bebas pustaka",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "condition"), name="one_answer_to_each_condition"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_refused_answer_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearanceHook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.URLField(max_length=300, verbose_name="alamat penerima")),
                ("is_active", models.BooleanField(default=True, verbose_name="aktif")),
                ("told_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("sealed_secret", models.TextField(verbose_name="kunci tanda tangan")),
            ],
            options={
                "verbose_name": "kait SIAKAD",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="there_is_one_clearance_hook")],
            },
        ),
        migrations.CreateModel(
            name="ClearanceRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("evaluate", "Periksa semua"),
                            ("issue", "Terbitkan yang siap"),
                            ("enrol", "Daftarkan dari daftar NIM"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Menunggu giliran"), ("running", "Berjalan"), ("finished", "Selesai")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("ready", models.PositiveIntegerField(default=0)),
                ("last", models.PositiveBigIntegerField(default=0)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="members.clearanceperiod"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("numbers", models.JSONField(default=list)),
                ("told", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "finished"), _negated=True),
                        fields=("period",),
                        name="one_run_at_a_time_for_a_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noticed_at", models.DateTimeField(verbose_name="diketahui")),
                ("what", models.TextField(verbose_name="apa yang terjadi, kapan, dan bagaimana")),
                ("disclosed", models.TextField(verbose_name="data pribadi apa yang terungkap")),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="berapa orang terkena")),
                ("measures", models.TextField(blank=True, verbose_name="penanganan dan pemulihannya")),
                ("authority_told_at", models.DateTimeField(null=True, verbose_name="lembaga PDP diberi tahu")),
                ("people_told_at", models.DateTimeField(null=True, verbose_name="pemilik data diberi tahu")),
                (
                    "untold_because",
                    models.CharField(blank=True, max_length=300, verbose_name="mengapa tidak perlu diberitahukan"),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "kebocoran data",
                "ordering": ["-noticed_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            models.Q(("untold_because", ""), _negated=True),
                            models.Q(("authority_told_at__isnull", False), ("people_told_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_closed_breach_was_told_or_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("disclosed", ""), _negated=True)),
                        name="a_breach_says_what_of_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=43, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="nama")),
                ("email", models.EmailField(max_length=254, verbose_name="surel")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="telepon")),
                ("unit", models.CharField(blank=True, max_length=120, verbose_name="unit")),
                (
                    "identifier_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nim", "NIM"),
                            ("nisn", "NISN"),
                            ("nip", "NIP"),
                            ("nidn", "NIDN"),
                            ("nidk", "NIDK"),
                            ("nuptk", "NUPTK"),
                            ("orcid", "ORCID"),
                            ("sinta", "SINTA"),
                            ("other", "Lainnya"),
                        ],
                        max_length=10,
                        verbose_name="jenis nomor",
                    ),
                ),
                ("identifier", models.CharField(blank=True, max_length=60, verbose_name="nomor")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unproven", "Surel belum dibuktikan"),
                            ("waiting", "Menunggu petugas"),
                            ("accepted", "Diterima"),
                            ("refused", "Ditolak"),
                        ],
                        default="unproven",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("code_digest", models.CharField(blank=True, max_length=64)),
                ("code_until", models.DateTimeField(null=True)),
                ("codes_sent", models.PositiveSmallIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField(verbose_name="diminta")),
                ("proven_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="jawaban")),
                ("language", models.CharField(blank=True, max_length=10)),
                ("address", models.CharField(blank=True, max_length=200)),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.category",
                        verbose_name="kategori",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to="members.member",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.studyprogramme",
                        verbose_name="program studi",
                    ),
                ),
            ],
            options={
                "verbose_name": "permintaan menjadi anggota",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["unproven", "waiting"]), ("closed_at__isnull", False), _connector="XOR"
                        ),
                        name="an_answered_join_request_says_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "unproven"), ("proven_at__isnull", False), _connector="OR"),
                        name="nobody_joins_without_a_proven_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_refused_join_request_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("activate", "Kirim tautan aktivasi"),
                            ("extend", "Perpanjang keanggotaan"),
                            ("tell", "Beri tahu akan berakhir"),
                        ],
                        max_length=10,
                        verbose_name="pekerjaan",
                    ),
                ),
                ("intake", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="angkatan")),
                ("ends_by", models.DateField(blank=True, null=True, verbose_name="berakhir paling lambat")),
                ("until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                ("address", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu giliran"),
                            ("running", "Berjalan"),
                            ("finished", "Selesai"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("sent", models.PositiveIntegerField(default=0)),
                ("unreached", models.PositiveIntegerField(default=0)),
                ("last", models.PositiveBigIntegerField(default=0)),
                ("before", models.JSONField(default=dict)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.category",
                        verbose_name="kategori",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organization.studyprogramme",
                        verbose_name="program studi",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.roster",
                        verbose_name="daftar dari SIAKAD",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pekerjaan atas banyak anggota",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("kind",),
                        name="one_member_run_of_a_kind_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "extend"), _negated=True), ("until__isnull", False), _connector="OR"
                        ),
                        name="an_extension_has_a_last_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("barcode", models.CharField(max_length=60, unique=True, verbose_name="nomor kartu lama")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_cards", to="members.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "kartu lama",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("barcode", ""), _negated=True), name="a_former_card_has_a_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberMerger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gone", models.BigIntegerField()),
                ("into", models.BigIntegerField(db_index=True)),
                ("row", models.JSONField(encoder=lumbung.kernel.whole_rows.ExactEncoder)),
                ("before", models.JSONField(encoder=lumbung.kernel.whole_rows.ExactEncoder)),
                ("became", models.JSONField(encoder=lumbung.kernel.whole_rows.ExactEncoder)),
                ("moved", models.JSONField(encoder=lumbung.kernel.whole_rows.ExactEncoder)),
                ("at", models.DateTimeField(verbose_name="waktu")),
                ("undone_at", models.DateTimeField(null=True)),
                ("forgotten_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "penggabungan anggota",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)), fields=("gone",), name="a_member_goes_into_one_other"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gone", models.F("into")), _negated=True), name="a_member_goes_not_into_itself"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "likeness",
                    models.CharField(
                        choices=[
                            ("number", "nomor yang sama"),
                            ("birth", "nama dan tanggal lahir sama"),
                            ("email", "surel sama"),
                            ("phone", "telepon sama"),
                        ],
                        max_length=10,
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField()),
                ("found_at", models.DateTimeField()),
                ("dismissed_at", models.DateTimeField(null=True)),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"),
                ),
                (
                    "second",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"),
                ),
            ],
            options={
                "verbose_name": "anggota yang mungkin ganda",
                "ordering": ["weight", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("dismissed_at__isnull", True)),
                        fields=["weight", "id"],
                        name="member_pairs_to_decide",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="two_members_are_a_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="the_first_member_of_a_pair_is_the_older"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("likeness__in", ["number", "birth", "email", "phone"])),
                        name="likeness_of_members_is_known",
                    ),
                ],
            },
        ),
    ]
