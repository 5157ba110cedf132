import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("members", "0001_initial"),
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DepositBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="nama berkas")),
                ("form", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Diuji coba"),
                            ("running", "Sedang diterbitkan"),
                            ("stored", "Diterbitkan"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="read",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("report", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "unggahan massal",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["read", "running", "stored", "undone"])),
                        name="state_of_a_deposit_batch_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("thesis", "Tugas akhir (skripsi, tesis, disertasi)"),
                            ("paper", "Makalah atau artikel"),
                            ("lecturer", "Karya dosen"),
                            ("grey", "Terbitan setempat (laporan, prosiding, modul)"),
                            ("recording", "Rekaman suara atau video"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("in_review", "Diperiksa"),
                            ("needs_revision", "Perlu revisi"),
                            ("approved", "Disetujui"),
                            ("published", "Terbit"),
                            ("discarded", "Dibatalkan"),
                        ],
                        default="draft",
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("author", models.CharField(max_length=200, verbose_name="nama penulis")),
                ("author_number", models.CharField(blank=True, max_length=60, verbose_name="NIM atau nomor lain")),
                ("title", models.TextField(blank=True, verbose_name="judul")),
                ("title_english", models.TextField(blank=True, verbose_name="judul dalam bahasa Inggris")),
                ("abstract", models.TextField(blank=True, verbose_name="abstrak")),
                ("abstract_english", models.TextField(blank=True, verbose_name="abstrak dalam bahasa Inggris")),
                ("keywords", models.CharField(blank=True, max_length=500, verbose_name="kata kunci")),
                (
                    "keywords_english",
                    models.CharField(blank=True, max_length=500, verbose_name="kata kunci dalam bahasa Inggris"),
                ),
                ("language", models.CharField(default="ind", max_length=3, verbose_name="bahasa naskah")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="tahun")),
                ("examined_on", models.DateField(blank=True, null=True, verbose_name="tanggal ujian")),
                ("licence", models.CharField(blank=True, max_length=40, verbose_name="lisensi")),
                ("embargo_years", models.PositiveSmallIntegerField(default=0, verbose_name="embargo (tahun)")),
                ("embargo_reason", models.CharField(blank=True, max_length=300, verbose_name="alasan embargo")),
                (
                    "similarity",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="kemiripan (%)"),
                ),
                ("original_at", models.DateTimeField(null=True)),
                ("consented_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True, verbose_name="diperiksa paling lambat")),
                ("published_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deposits",
                        to="members.member",
                        verbose_name="penulis",
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
                    "record",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="deposits", to="catalogue.record"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deposits",
                        to="digital.depositbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "unggah mandiri",
                "ordering": ["-changed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["thesis", "paper", "lecturer", "grey", "recording"])),
                        name="kind_of_deposit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "submitted", "in_review", "needs_revision", "approved", "published", "discarded"],
                            )
                        ),
                        name="state_of_deposit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="a_published_deposit_has_its_moment",
                    ),
                ],
                "indexes": [models.Index(fields=["state", "due_on"], name="deposits_in_the_queue")],
            },
        ),
        migrations.CreateModel(
            name="DepositFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("published", "Diterbitkan"),
                            ("similarity", "Sertifikat kemiripan"),
                            ("evidence", "Bukti untuk petugas"),
                        ],
                        default="published",
                        max_length=10,
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200, verbose_name="nama berkas")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("whole", "Naskah lengkap"),
                            ("cover", "Sampul"),
                            ("approval", "Lembar pengesahan"),
                            ("abstract", "Abstrak"),
                            ("contents", "Daftar isi"),
                            ("chapter", "Bab"),
                            ("references", "Daftar pustaka"),
                            ("appendix", "Lampiran"),
                            ("supplement", "Bahan pelengkap"),
                            ("recording", "Rekaman"),
                            ("captions", "Takarir"),
                            ("other", "Lainnya"),
                        ],
                        default="whole",
                        max_length=12,
                        verbose_name="bagian",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("public", "Semua orang"),
                            ("members", "Anggota"),
                            ("group", "Kategori atau program studi tertentu"),
                            ("campus", "Dari jaringan kampus"),
                            ("staff", "Petugas"),
                            ("nobody", "Tidak seorang pun"),
                        ],
                        default="public",
                        max_length=8,
                        verbose_name="boleh dibaca",
                    ),
                ),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("first_page", models.PositiveIntegerField(null=True)),
                ("last_page", models.PositiveIntegerField(null=True)),
                ("findings", models.JSONField(default=list)),
                ("added_at", models.DateTimeField()),
                (
                    "cut_from",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="digital.depositfile"
                    ),
                ),
                (
                    "deposit",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="files", to="digital.deposit"),
                ),
            ],
            options={
                "ordering": ["sequence", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("deposit", "sha256", "use"), name="a_deposit_has_a_content_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                [
                                    "whole",
                                    "cover",
                                    "approval",
                                    "abstract",
                                    "contents",
                                    "chapter",
                                    "references",
                                    "appendix",
                                    "supplement",
                                    "recording",
                                    "captions",
                                    "other",
                                ],
                            )
                        ),
                        name="part_in_a_deposit_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepositPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("supervisor", "Pembimbing"), ("examiner", "Penguji"), ("author", "Penulis bersama")],
                        max_length=10,
                        verbose_name="peran",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nama")),
                (
                    "number_kind",
                    models.CharField(
                        blank=True,
                        choices=[("nuptk", "NUPTK"), ("nidn", "NIDN"), ("nidk", "NIDK"), ("nim", "NIM"), ("orcid", "ORCID")],
                        max_length=5,
                        verbose_name="jenis nomor",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="nomor")),
                (
                    "deposit",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="people", to="digital.deposit"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_person_of_a_deposit_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), ("number_kind", "")),
                            models.Q(models.Q(("number", ""), _negated=True), models.Q(("number_kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_number_says_of_which_kind_it_is",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepositRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_author", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("in_review", "Diperiksa"),
                            ("needs_revision", "Perlu revisi"),
                            ("approved", "Disetujui"),
                            ("published", "Terbit"),
                            ("discarded", "Dibatalkan"),
                        ],
                        max_length=15,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("reasons", models.JSONField(default=list)),
                ("ticked", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "deposit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="digital.deposit"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DepositRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "similarity_limit",
                    models.PositiveSmallIntegerField(blank=True, default=30, null=True, verbose_name="batas kemiripan (%)"),
                ),
                ("supervisors", models.PositiveSmallIntegerField(default=1, verbose_name="paling sedikit pembimbing")),
                ("asks_approval", models.BooleanField(default=True, verbose_name="meminta lembar pengesahan")),
                ("review_days", models.PositiveSmallIntegerField(default=3, verbose_name="hari kerja untuk pemeriksaan")),
                ("largest_mb", models.PositiveIntegerField(default=500, verbose_name="kuota berkas satu karya (MB)")),
                ("name_pattern", models.CharField(default="{nim}_{bagian}", max_length=120, verbose_name="pola nama berkas")),
                (
                    "closed_level",
                    models.CharField(
                        choices=[
                            ("public", "Semua orang"),
                            ("members", "Anggota"),
                            ("group", "Kategori atau program studi tertentu"),
                            ("campus", "Dari jaringan kampus"),
                            ("staff", "Petugas"),
                            ("nobody", "Tidak seorang pun"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="bab dan lampiran",
                    ),
                ),
                ("opens_first_chapter", models.BooleanField(default=True, verbose_name="bab pertama terbuka")),
                (
                    "programme",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organization.studyprogramme",
                        verbose_name="program studi",
                    ),
                ),
            ],
            options={
                "verbose_name": "aturan unggah mandiri",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("similarity_limit__isnull", True), ("similarity_limit__lte", 100), _connector="OR"),
                        name="a_limit_of_similarity_is_a_percentage",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(verbose_name="ukuran")),
                ("media_type", models.CharField(max_length=100, verbose_name="jenis berkas")),
                ("name", models.CharField(max_length=200, verbose_name="nama berkas")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("whole", "Naskah lengkap"),
                            ("cover", "Sampul"),
                            ("approval", "Lembar pengesahan"),
                            ("abstract", "Abstrak"),
                            ("contents", "Daftar isi"),
                            ("chapter", "Bab"),
                            ("references", "Daftar pustaka"),
                            ("appendix", "Lampiran"),
                            ("supplement", "Bahan pelengkap"),
                            ("recording", "Rekaman"),
                            ("captions", "Takarir"),
                            ("other", "Lainnya"),
                        ],
                        default="whole",
                        max_length=12,
                        verbose_name="bagian",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
                ("sequence", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="halaman")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("public", "Semua orang"),
                            ("members", "Anggota"),
                            ("group", "Kategori atau program studi tertentu"),
                            ("campus", "Dari jaringan kampus"),
                            ("staff", "Petugas"),
                            ("nobody", "Tidak seorang pun"),
                        ],
                        default="public",
                        max_length=8,
                        verbose_name="boleh dibaca",
                    ),
                ),
                ("downloadable", models.BooleanField(default=True, verbose_name="boleh diunduh")),
                ("at_once", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pembaca serentak")),
                ("embargo_until", models.DateField(blank=True, null=True, verbose_name="embargo sampai")),
                ("embargo_reason", models.CharField(blank=True, max_length=300, verbose_name="alasan embargo")),
                ("licence", models.CharField(blank=True, max_length=40, verbose_name="lisensi")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="versi")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="alasan penarikan")),
                ("is_held", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "categories",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="members.category", verbose_name="kategori anggota"
                    ),
                ),
                (
                    "programmes",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="organization.studyprogramme", verbose_name="program studi"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="catalogue.record",
                        verbose_name="judul",
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaces", to="digital.file"
                    ),
                ),
            ],
            options={
                "verbose_name": "berkas digital",
                "ordering": ["record", "sequence", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                [
                                    "whole",
                                    "cover",
                                    "approval",
                                    "abstract",
                                    "contents",
                                    "chapter",
                                    "references",
                                    "appendix",
                                    "supplement",
                                    "recording",
                                    "captions",
                                    "other",
                                ],
                            )
                        ),
                        name="part_of_a_file_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["public", "members", "group", "campus", "staff", "nobody"])),
                        name="level_of_a_file_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_file_has_a_name"),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="a_file_has_a_content"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("at_once__isnull", True),
                            models.Q(("at_once__gte", 1), ("at_once__lte", 1000)),
                            _connector="OR",
                        ),
                        name="a_limit_of_readers_lets_somebody_read",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("embargo_until__isnull", True), models.Q(("embargo_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="an_embargo_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True), models.Q(("withdrawn_because", ""), _negated=True), _connector="OR"
                        ),
                        name="a_withdrawal_has_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_by__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("record", "sha256"),
                        name="a_title_has_a_content_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermanentIdentifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80, unique=True)),
                ("title", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "record",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="permanent_identifiers",
                        to="catalogue.record",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="a_permanent_identifier_has_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, unique=True, verbose_name="alasan")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                ("is_active", models.BooleanField(default=True, verbose_name="dipakai")),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_reason_to_return_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RubricLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200, unique=True, verbose_name="butir")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                ("is_active", models.BooleanField(default=True, verbose_name="dipakai")),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_line_of_the_rubric_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TakedownRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("contact", models.CharField(max_length=200, verbose_name="surel atau telepon")),
                ("reason", models.TextField(verbose_name="alasan")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Menunggu"), ("granted", "Dikabulkan"), ("declined", "Ditolak")],
                        default="open",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="jawaban")),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="takedown_requests", to="digital.file"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "granted", "declined"])), name="state_of_a_takedown_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("answered_at__isnull", False), _connector="OR"),
                        name="an_answered_takedown_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("networks", models.TextField(blank=True, verbose_name="jaringan kampus")),
                ("largest_mb", models.PositiveIntegerField(default=2048, verbose_name="ukuran berkas paling besar (MB)")),
                ("marks_downloads", models.BooleanField(default=False, verbose_name="beri tanda pada PDF yang diunduh")),
                (
                    "fixity_days",
                    models.PositiveSmallIntegerField(
                        default=90, verbose_name="tiap berkas diperiksa keutuhannya setiap (hari)"
                    ),
                ),
                (
                    "scan_policy",
                    models.CharField(
                        choices=[
                            ("hold", "Disimpan, dan dapat dibaca sesudah dipindai"),
                            ("let_in", "Langsung dapat dibaca, dan dipindai kemudian"),
                        ],
                        default="hold",
                        max_length=6,
                        verbose_name="bila pemindai virus tidak menjawab, berkas baru",
                    ),
                ),
            ],
            options={
                "verbose_name": "ketentuan perpustakaan digital",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_row_of_terms"),
                    models.CheckConstraint(
                        condition=models.Q(("largest_mb__gte", 1), ("largest_mb__lte", 20000)), name="largest_file_is_in_range"
                    ),
                    models.CheckConstraint(condition=models.Q(("fixity_days__gte", 1)), name="fixity_comes_round"),
                    models.CheckConstraint(
                        condition=models.Q(("scan_policy__in", ["hold", "let_in"])), name="policy_of_scans_is_known"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="terms",
            name="e_loans_at_once",
            field=models.PositiveSmallIntegerField(default=5, verbose_name="pinjaman elektronik tiap anggota"),
        ),
        migrations.AddField(
            model_name="terms",
            name="shares_print_limit",
            field=models.BooleanField(default=False, verbose_name="batas pinjaman dihitung bersama buku cetak"),
        ),
        migrations.CreateModel(
            name="Lending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owned", models.PositiveSmallIntegerField(default=1, verbose_name="eksemplar atau lisensi yang dimiliki")),
                (
                    "per_owned",
                    models.PositiveSmallIntegerField(default=1, verbose_name="peminjam serentak untuk tiap eksemplar"),
                ),
                ("days", models.PositiveSmallIntegerField(default=7, verbose_name="lama pinjam (hari)")),
                ("renewals", models.PositiveSmallIntegerField(default=1, verbose_name="boleh diperpanjang (kali)")),
                ("offer_days", models.PositiveSmallIntegerField(default=2, verbose_name="hari untuk mengambil giliran")),
                ("is_open", models.BooleanField(default=True, verbose_name="sedang dipinjamkan")),
                ("in_apps", models.BooleanField(default=False, verbose_name="boleh dibawa ke aplikasi baca (LCP)")),
                (
                    "app_copies",
                    models.PositiveIntegerField(default=2000, verbose_name="huruf yang boleh disalin di aplikasi"),
                ),
                (
                    "app_prints",
                    models.PositiveIntegerField(default=0, verbose_name="halaman yang boleh dicetak dari aplikasi"),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lending",
                        to="digital.file",
                        verbose_name="berkas",
                    ),
                ),
            ],
            options={
                "verbose_name": "peminjaman buku elektronik",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owned__gte", 1), ("owned__lte", 1000)), name="what_is_lent_is_owned"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_owned__gte", 1), ("per_owned__lte", 1000)),
                        name="an_owned_copy_serves_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 366)), name="an_e_loan_lasts_some_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offer_days__gte", 1), ("offer_days__lte", 60)), name="a_turn_lasts_some_days"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ELoan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("is_offer", models.BooleanField(default=False)),
                ("lent_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("renewals", models.PositiveSmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("returned", "Dikembalikan"),
                            ("expired", "Selesai sendiri"),
                            ("lapsed", "Giliran tidak diambil"),
                            ("ended", "Diakhiri petugas"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="e_loans", to="members.member"
                    ),
                ),
                (
                    "lending",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="loans", to="digital.lending"),
                ),
            ],
            options={
                "verbose_name": "pinjaman elektronik",
                "ordering": ["until", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("lending", "place"),
                        name="a_place_is_lent_to_one_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("lending", "member"),
                        name="a_member_has_an_e_book_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("place__gte", 1)), name="places_count_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", False), ("member__isnull", False), _connector="OR"),
                        name="an_open_e_loan_has_a_member",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["until"], name="open_e_loans_by_their_end"
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False), ("member__isnull", False)),
                        fields=["ended_at"],
                        name="ended_e_loans_of_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("placed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="e_holds", to="members.member"
                    ),
                ),
                (
                    "lending",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="digital.lending"),
                ),
            ],
            options={
                "verbose_name": "antrean buku elektronik",
                "ordering": ["placed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("lending", "member"),
                        name="a_member_waits_for_an_e_book_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", False), ("member__isnull", False), _connector="OR"),
                        name="who_waits_for_an_e_book_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[("bookmark", "Penanda"), ("highlight", "Sorotan"), ("note", "Catatan")], max_length=9
                    ),
                ),
                ("locator", models.JSONField()),
                ("note", models.TextField(blank=True)),
                (
                    "colour",
                    models.CharField(
                        choices=[("grain", "Kuning"), ("leaf", "Hijau"), ("clay", "Merah bata")], default="grain", max_length=5
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "beside",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="digital.mark"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="digital.file"),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "tanda baca",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("reader", "file", "key"), name="a_mark_is_known_by_its_key"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["bookmark", "highlight", "note"])), name="kind_of_a_mark_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PageText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("label", models.CharField(blank=True, max_length=20)),
                ("href", models.CharField(blank=True, max_length=500)),
                ("progression", models.FloatField(default=0.0)),
                ("text", models.TextField(blank=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="page_texts", to="digital.file"
                    ),
                ),
            ],
            options={
                "verbose_name": "teks halaman",
                "constraints": [
                    models.UniqueConstraint(fields=("file", "number"), name="a_page_has_its_text_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="pages_count_from_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("device", models.CharField(max_length=40)),
                ("locator", models.JSONField()),
                ("total", models.FloatField(default=0.0)),
                ("at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="positions", to="digital.file"),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "posisi baca",
                "constraints": [
                    models.UniqueConstraint(fields=("reader", "file", "device"), name="a_device_has_one_position_in_a_file"),
                    models.CheckConstraint(
                        condition=models.Q(("total__gte", 0), ("total__lte", 1)), name="a_position_is_within_the_file"
                    ),
                ],
                "indexes": [models.Index(fields=["reader", "-at"], name="latest_positions")],
            },
        ),
        migrations.CreateModel(
            name="FileUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("FileOpened", "Dibuka"),
                            ("FileRequested", "Diunduh"),
                            ("AccessDenied", "Ditolak"),
                            ("FileViewed", "Dilihat"),
                            ("Searched", "Pencarian"),
                        ],
                        max_length=13,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("visitor", models.CharField(max_length=32)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("is_robot", models.BooleanField(default=False)),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="digital.file"
                    ),
                ),
            ],
            options={
                "verbose_name": "pemakaian berkas",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["FileOpened", "FileRequested", "AccessDenied", "FileViewed", "Searched"])
                        ),
                        name="kind_of_use_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", True), ("kind", "Searched")),
                            models.Q(models.Q(("kind", "Searched"), _negated=True), ("file__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_is_used_is_a_file",
                    ),
                ],
                "indexes": [models.Index(fields=["at"], name="uses_in_time")],
            },
        ),
        migrations.CreateModel(
            name="WordReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("reading", "Sedang dibaca"), ("read", "Sudah dibaca"), ("stopped", "Tidak terbaca")],
                        default="reading",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("part", models.FloatField(default=0.0)),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="halaman")),
                ("empty_pages", models.PositiveIntegerField(default=0, verbose_name="halaman tanpa teks")),
                ("problem", models.CharField(blank=True, max_length=30)),
                ("at", models.DateTimeField()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="word_reading", to="digital.file"
                    ),
                ),
            ],
            options={
                "verbose_name": "pembacaan teks berkas",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__gte", 0), ("part__lte", 1)), name="a_reading_is_done_in_part_or_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stopped"), _negated=True),
                            models.Q(("problem", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_reading_that_stopped_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("engine", models.CharField(max_length=200)),
                ("place", models.BigIntegerField(default=0)),
                ("began_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("found", models.PositiveIntegerField(default=0)),
                ("undecided", models.PositiveIntegerField(default=0)),
                ("fell_over", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "putaran pemindaian ulang",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_round_of_scans")],
            },
        ),
        migrations.CreateModel(
            name="VirusScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="nama berkas")),
                ("size", models.PositiveBigIntegerField(verbose_name="ukuran")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu dipindai"),
                            ("clean", "Bersih"),
                            ("infected", "Dikarantina"),
                            ("released", "Dilepaskan"),
                            ("removed", "Disingkirkan"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("found", models.CharField(blank=True, max_length=200)),
                ("engine", models.CharField(blank=True, max_length=200)),
                ("said", models.CharField(blank=True, max_length=300)),
                ("came_at", models.DateTimeField()),
                ("scanned_at", models.DateTimeField(null=True)),
                ("rescanned_at", models.DateTimeField(null=True)),
                ("rescanned_with", models.CharField(blank=True, max_length=200)),
                ("again_after", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pemindaian virus",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "clean", "infected", "released", "removed"])),
                        name="state_of_a_scan_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "infected"), _negated=True),
                            models.Q(("found", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_infection_has_a_name",
                    ),
                ],
                "indexes": [models.Index(fields=["state", "again_after"], name="scan_by_state")],
            },
        ),
        migrations.CreateModel(
            name="LegalDeposit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("printed", "Karya cetak"), ("recorded", "Karya rekam atau digital")],
                        default="printed",
                        max_length=8,
                        verbose_name="jenis karya",
                    ),
                ),
                ("published_on", models.DateField(verbose_name="tanggal terbit")),
                ("due_on", models.DateField(verbose_name="jatuh tempo")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Belum diserahkan"),
                            ("sent", "Dikirim"),
                            ("done", "Diterima"),
                            ("excused", "Tidak wajib"),
                        ],
                        default="open",
                        max_length=7,
                        verbose_name="status",
                    ),
                ),
                ("excused_because", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                ("added_at", models.DateTimeField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalogue.record",
                        verbose_name="judul",
                    ),
                ),
            ],
            options={
                "verbose_name": "serah simpan",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "sent", "done", "excused"])),
                        name="state_of_a_legal_deposit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["printed", "recorded"])), name="kind_of_a_legal_deposit_is_known"
                    ),
                ],
                "indexes": [models.Index(fields=["state", "due_on"], name="legal_deposit_by_state")],
            },
        ),
        migrations.CreateModel(
            name="LegalDepositCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recipient",
                    models.CharField(
                        choices=[("national", "Perpustakaan Nasional RI"), ("province", "Perpustakaan provinsi")],
                        max_length=8,
                        verbose_name="perpustakaan penerima",
                    ),
                ),
                ("count", models.PositiveSmallIntegerField(verbose_name="jumlah salinan")),
                ("sent_on", models.DateField(null=True, verbose_name="dikirim pada")),
                ("sent_how", models.CharField(blank=True, max_length=200, verbose_name="dikirim dengan")),
                ("received_on", models.DateField(null=True, verbose_name="diterima pada")),
                ("receipt_number", models.CharField(blank=True, max_length=100, verbose_name="nomor tanda terima")),
                ("proof_file", models.CharField(blank=True, max_length=200)),
                ("proof_kind", models.CharField(blank=True, max_length=8)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "legal_deposit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="digital.legaldeposit"
                    ),
                ),
            ],
            options={
                "verbose_name": "eksemplar serah simpan",
                "ordering": ["legal_deposit", "recipient"],
                "constraints": [
                    models.UniqueConstraint(fields=("legal_deposit", "recipient"), name="a_library_is_served_once_for_a_work"),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="a_legal_deposit_has_copies"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_on", None),
                            models.Q(("sent_on__isnull", False), models.Q(("receipt_number", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_receipt_has_its_number_and_was_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptFormat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("puid", models.CharField(max_length=20, unique=True, verbose_name="PUID")),
                ("name", models.CharField(max_length=200, verbose_name="format")),
                ("version", models.CharField(blank=True, max_length=60, verbose_name="versi")),
                ("media_type", models.CharField(blank=True, max_length=200, verbose_name="jenis berkas")),
                (
                    "risk",
                    models.CharField(
                        choices=[("low", "Rendah"), ("watch", "Perlu diawasi"), ("high", "Tinggi")],
                        default="watch",
                        max_length=5,
                        verbose_name="risiko",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                ("plan", models.TextField(blank=True, max_length=1000, verbose_name="rencana")),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "format yang dilestarikan",
                "ordering": ["puid"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["low", "watch", "high"])), name="risk_of_a_format_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judged_at", None), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="a_judgement_of_a_format_has_its_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField(verbose_name="ukuran")),
                ("media_type", models.CharField(max_length=100, verbose_name="jenis berkas")),
                ("kept_at", models.DateTimeField()),
                (
                    "condition",
                    models.CharField(
                        choices=[("new", "Belum diperiksa"), ("sound", "Utuh"), ("damaged", "Rusak"), ("missing", "Hilang")],
                        default="new",
                        max_length=8,
                        verbose_name="keadaan",
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True)),
                ("check_after", models.DateTimeField(db_index=True)),
                ("copied_to", models.CharField(blank=True, max_length=300)),
                ("said", models.CharField(blank=True, max_length=300)),
                ("identified_at", models.DateTimeField(null=True)),
                ("identified_with", models.CharField(blank=True, max_length=200)),
                ("identified_by", models.CharField(blank=True, max_length=300)),
                ("identify_due", models.BooleanField(default=True)),
                (
                    "format",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contents",
                        to="digital.keptformat",
                    ),
                ),
            ],
            options={
                "verbose_name": "isi yang dilestarikan",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("condition__in", ["new", "sound", "damaged", "missing"])),
                        name="condition_of_a_content_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("condition", "new"), ("checked_at__isnull", False), _connector="OR"),
                        name="a_condition_was_seen_at_a_moment",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["condition"], name="content_by_condition"),
                    models.Index(condition=models.Q(("identify_due", True)), fields=["id"], name="content_to_identify"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingBag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="nama berkas")),
                ("said", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("read", "Diuji coba"), ("stored", "Dimasukkan"), ("undone", "Dibatalkan")],
                        default="read",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalogue.record",
                        verbose_name="judul",
                    ),
                ),
            ],
            options={
                "verbose_name": "bag yang dibawa",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["read", "stored", "undone"])),
                        name="state_of_an_incoming_bag_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.TextField()),
                ("sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(verbose_name="ukuran")),
                ("media_type", models.CharField(blank=True, max_length=100, verbose_name="jenis berkas")),
                ("faults", models.JSONField(default=list)),
                (
                    "bag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="digital.incomingbag"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="digital.file"
                    ),
                ),
            ],
            options={
                "verbose_name": "berkas dalam bag",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("bag", "path"), name="a_bag_has_a_path_once")],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(null=True)),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sittings", to="digital.file"),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tempat baca",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("place__isnull", False)),
                        fields=("file", "place"),
                        name="one_reader_at_a_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("file", "reader"),
                        name="a_reader_sits_at_a_file_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__isnull", True), ("place__gte", 1), _connector="OR"),
                        name="reading_places_count_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("reader__isnull", False)),
                            models.Q(("ended_at__isnull", False), ("reader__isnull", True)),
                            _connector="OR",
                        ),
                        name="who_sits_is_known_until_they_leave",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LockedPublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("sealed", models.TextField()),
                ("locked_sha256", models.CharField(max_length=64)),
                ("locked_size", models.PositiveBigIntegerField()),
            ],
            options={
                "verbose_name": "terbitan terkunci",
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("issued_at", models.DateTimeField()),
                (
                    "loan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="licence", to="digital.eloan"
                    ),
                ),
            ],
            options={
                "verbose_name": "lisensi baca",
            },
        ),
        migrations.CreateModel(
            name="Passphrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("sealed", models.TextField()),
                ("hint", models.CharField(max_length=120, verbose_name="petunjuk")),
                ("set_at", models.DateTimeField()),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reading_passphrase", to="members.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "frasa sandi baca",
            },
        ),
        migrations.CreateModel(
            name="ReadingDevice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=255)),
                ("name", models.CharField(max_length=255)),
                ("registered_at", models.DateTimeField()),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="digital.licence"
                    ),
                ),
            ],
            options={
                "verbose_name": "perangkat baca",
                "ordering": ["registered_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("licence", "number"), name="a_device_is_registered_once")],
            },
        ),
    ]
