import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import lumbung.catalogue.models.record
import lumbung.kernel.whole_rows
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessionCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=80, unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marc", models.JSONField(encoder=lumbung.catalogue.models.record.MarcEncoder)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Orang"),
                            ("body", "Badan"),
                            ("meeting", "Pertemuan"),
                            ("title", "Judul seragam"),
                            ("subject", "Subjek"),
                            ("place", "Tempat"),
                            ("genre", "Bentuk dan genre"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("heading", models.TextField(verbose_name="tajuk")),
                ("natural", models.TextField(blank=True, verbose_name="nama sebagaimana diucapkan")),
                ("key", models.CharField(max_length=300)),
                ("sort_key", models.CharField(max_length=120)),
                ("control_number", models.CharField(blank=True, db_index=True, max_length=120, verbose_name="nomor kendali")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "tajuk",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "body", "meeting", "title", "subject", "place", "genre"])),
                        name="heading_kind_is_known",
                    ),
                    models.UniqueConstraint(fields=("kind", "key"), name="a_heading_is_established_once"),
                ],
                "indexes": [
                    models.Index(fields=["sort_key", "id"], name="authorities_in_order"),
                    models.Index(fields=["kind", "sort_key", "id"], name="authorities_of_a_kind_in_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="kode")),
                ("name", models.CharField(max_length=80, verbose_name="nama")),
                ("lendable", models.BooleanField(default=True, verbose_name="boleh dipinjam")),
            ],
            options={
                "verbose_name": "jenis eksemplar",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marc", models.JSONField(encoder=lumbung.catalogue.models.record.MarcEncoder)),
                (
                    "material",
                    models.CharField(
                        choices=[
                            ("book", "Buku"),
                            ("thesis", "Tugas akhir"),
                            ("serial", "Terbitan berseri"),
                            ("article", "Artikel"),
                            ("ebook", "Buku elektronik"),
                            ("map", "Peta"),
                            ("audio", "Rekaman suara"),
                            ("video", "Video"),
                            ("image", "Gambar"),
                            ("score", "Partitur musik"),
                            ("computer_file", "Berkas komputer"),
                            ("microform", "Bentuk mikro"),
                            ("manuscript", "Naskah"),
                            ("kit", "Kit"),
                            ("object", "Benda"),
                            ("mixed", "Bahan campuran"),
                        ],
                        max_length=20,
                        verbose_name="jenis",
                    ),
                ),
                ("title", models.TextField(verbose_name="judul")),
                ("responsibility", models.TextField(blank=True, verbose_name="pernyataan tanggung jawab")),
                ("creator", models.TextField(blank=True, verbose_name="pengarang")),
                ("edition", models.CharField(blank=True, max_length=255, verbose_name="edisi")),
                ("place", models.CharField(blank=True, max_length=255, verbose_name="tempat terbit")),
                ("publisher", models.CharField(blank=True, max_length=500, verbose_name="penerbit")),
                ("year", models.SmallIntegerField(blank=True, null=True, verbose_name="tahun")),
                ("language", models.CharField(blank=True, max_length=3, verbose_name="bahasa")),
                ("classification", models.CharField(blank=True, max_length=60, verbose_name="klasifikasi")),
                ("work_key", models.CharField(blank=True, max_length=20)),
                ("findable", models.TextField(blank=True)),
                ("suppressed", models.BooleanField(default=False, verbose_name="disembunyikan dari umum")),
                (
                    "cover",
                    models.CharField(blank=True, db_default="", default="", max_length=100, verbose_name="gambar sampul"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "cantuman",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "material__in",
                                [
                                    "book",
                                    "thesis",
                                    "serial",
                                    "article",
                                    "ebook",
                                    "map",
                                    "audio",
                                    "video",
                                    "image",
                                    "score",
                                    "computer_file",
                                    "microform",
                                    "manuscript",
                                    "kit",
                                    "object",
                                    "mixed",
                                ],
                            )
                        ),
                        name="material_is_known",
                    )
                ],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="record_newest_first"),
                    models.Index(fields=["classification", "id"], name="record_by_class"),
                    models.Index(fields=["work_key", "year"], name="record_by_work"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("records", "Judul"), ("items", "Eksemplar")], max_length=10, verbose_name="jenis"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Sedang dihitung"),
                            ("ready", "Menunggu persetujuan"),
                            ("running", "Berjalan"),
                            ("finished", "Selesai"),
                            ("undoing", "Sedang dibatalkan"),
                            ("undone", "Dibatalkan"),
                            ("dropped", "Tidak jadi"),
                        ],
                        default="preparing",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("selection", models.JSONField(default=dict)),
                ("steps", models.JSONField(default=list)),
                ("unknown", models.JSONField(default=list)),
                ("expected", models.PositiveIntegerField(default=0)),
                ("looked_at", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("reached", models.BigIntegerField(default=0)),
                ("stopped_because", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(verbose_name="dibuat")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="selesai")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "ubah massal",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["records", "items"])), name="batch_kind_is_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["preparing", "ready", "running", "finished", "undoing", "undone", "dropped"])
                        ),
                        name="batch_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallNumberRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author_letters", models.PositiveSmallIntegerField(default=3, verbose_name="jumlah huruf pengarang")),
                (
                    "name_part",
                    models.CharField(
                        choices=[("first", "Kata pertama (Perpusnas 2005)"), ("last", "Kata terakhir")],
                        default="first",
                        max_length=10,
                        verbose_name="bagian nama yang dipakai",
                    ),
                ),
                ("capitals", models.BooleanField(default=True, verbose_name="huruf pengarang kapital semua")),
                ("title_letters", models.PositiveSmallIntegerField(default=1, verbose_name="jumlah huruf judul")),
                ("year", models.BooleanField(default=False, verbose_name="tambahkan tahun terbit")),
                (
                    "articles",
                    models.CharField(blank=True, default="a an the", max_length=200, verbose_name="kata sandang yang dilewati"),
                ),
            ],
            options={
                "verbose_name": "aturan nomor panggil",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_call_number_rule"),
                    models.CheckConstraint(
                        condition=models.Q(("author_letters__gte", 1), ("author_letters__lte", 6), ("title_letters__lte", 3)),
                        name="call_number_letters_are_few",
                    ),
                    models.CheckConstraint(condition=models.Q(("name_part__in", ["first", "last"])), name="name_part_is_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old", models.CharField(max_length=20, unique=True, verbose_name="nomor 2X")),
                ("new", models.CharField(blank=True, db_index=True, max_length=20, verbose_name="nomor 297")),
                ("caption", models.CharField(blank=True, max_length=120, verbose_name="isi kelas")),
            ],
            options={
                "verbose_name": "padanan kelas",
                "ordering": ["old"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("old__startswith", "2X")), name="a_class_pair_leads_from_2x"),
                    models.CheckConstraint(
                        condition=models.Q(("new", ""), ("new__startswith", "297"), _connector="OR"),
                        name="a_class_pair_leads_to_297",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CrosswalkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lines", models.JSONField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "perubahan padanan kelas",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="NameRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("given", "Seperti yang tertulis di sumbernya"),
                            ("first", "Bagian pertama, kecuali bermarga (Perpusnas 20/2005)"),
                            ("last", "Bagian terakhir (cara lama)"),
                        ],
                        default="given",
                        max_length=10,
                        verbose_name="kata utama nama orang",
                    ),
                ),
                ("families", models.TextField(blank=True, max_length=20000, verbose_name="nama keluarga dan marga")),
            ],
            options={
                "verbose_name": "aturan nama orang",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_name_rule"),
                    models.CheckConstraint(
                        condition=models.Q(("order__in", ["given", "first", "last"])), name="name_order_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Sedang mencari"), ("finished", "Selesai")], default="running", max_length=10
                    ),
                ),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("reached", models.CharField(blank=True, max_length=150)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pencarian judul ganda",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "finished"])), name="duplicate_search_state_is_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")), fields=("state",), name="one_duplicate_search_runs"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=20, verbose_name="bentuk")),
                ("selection", models.JSONField(default=dict)),
                ("copies", models.BooleanField(default=True, verbose_name="dengan eksemplar")),
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
                ("expected", models.PositiveIntegerField(default=0)),
                ("written", models.PositiveIntegerField(default=0)),
                ("left_out", models.JSONField(default=list)),
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
                "verbose_name": "ekspor",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "finished", "failed"])),
                        name="export_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LabelRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10, verbose_name="jenis")),
                ("layout", models.JSONField(default=dict)),
                ("items", models.JSONField(default=list)),
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
                ("expected", models.PositiveIntegerField(default=0)),
                ("written", models.PositiveIntegerField(default=0)),
                ("stopped_because", models.TextField(blank=True)),
                ("stored_file", models.CharField(blank=True, max_length=200)),
                ("file_size", models.BigIntegerField(default=0)),
                ("created_at", models.DateTimeField(verbose_name="mulai")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="selesai")),
                ("printed_at", models.DateTimeField(null=True, verbose_name="diambil")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "lembar label",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "finished", "failed"])),
                        name="label_run_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ForeignSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("isbn", models.CharField(blank=True, max_length=20)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("creator", models.CharField(blank=True, max_length=200)),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pencarian di katalog lain",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ForeignAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("asking", "Asking"), ("answered", "Answered"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address", "Alamatnya tidak ditemukan."),
                            ("internal", "Alamatnya di jaringan dalam, dan pengaturan server tidak mengizinkannya."),
                            ("unreachable", "Tidak ada yang menjawab di alamat itu."),
                            ("timeout", "Tidak menjawab dalam batas waktunya."),
                            ("broken", "Sambungannya terputus di tengah jawaban."),
                            ("nonsense", "Jawabannya tidak dapat dibaca."),
                            ("too_large", "Jawabannya terlalu besar."),
                            ("status", "Server itu menjawab dengan galat."),
                            ("denied", "Server itu tidak menerima sambungan ini."),
                            ("declined", "Server itu tidak dapat menjawab pertanyaan ini."),
                            ("interrupted", "Pencariannya terhenti di sini. Cari lagi."),
                        ],
                        max_length=20,
                    ),
                ),
                ("detail", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("took", models.PositiveIntegerField(null=True)),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="catalogue.foreignsearch"
                    ),
                ),
            ],
            options={
                "ordering": ["target__place", "target__name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "asking", "answered", "failed"])),
                        name="answer_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeadingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("renaming", "Perubahan bentuk"), ("merging", "Penggabungan")], max_length=10),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Berjalan"),
                            ("finished", "Selesai"),
                            ("undoing", "Sedang dibatalkan"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("merged", models.BigIntegerField(db_index=True, null=True)),
                ("brought", models.JSONField(default=list)),
                ("before", models.JSONField(encoder=lumbung.catalogue.models.record.MarcEncoder)),
                ("target_before", models.JSONField(encoder=lumbung.catalogue.models.record.MarcEncoder, null=True)),
                ("old_heading", models.TextField()),
                ("new_heading", models.TextField()),
                ("old_key", models.CharField(max_length=300)),
                ("reached", models.BigIntegerField(default=0)),
                ("expected", models.PositiveIntegerField(default=0)),
                ("records_changed", models.PositiveIntegerField(default=0)),
                ("records_left", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="heading_changes", to="catalogue.authority"
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
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["renaming", "merging"])), name="heading_change_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "finished", "undoing", "undone"])),
                        name="heading_change_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["running", "undoing"])),
                        fields=("authority",),
                        name="one_change_of_a_heading_runs_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=255, verbose_name="berkas")),
                ("file_digest", models.CharField(max_length=64)),
                ("stored_file", models.CharField(blank=True, max_length=200)),
                ("file_size", models.BigIntegerField(verbose_name="ukuran")),
                ("dry_run", models.BooleanField(default=False, verbose_name="uji coba")),
                ("options", models.JSONField(default=dict)),
                ("stopped_because", models.TextField(blank=True, verbose_name="terhenti karena")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("running", "Berjalan"),
                            ("finished", "Selesai"),
                            ("interrupted", "Terputus"),
                            ("undoing", "Sedang dibatalkan"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("offset", models.BigIntegerField(default=0, verbose_name="bita selesai")),
                ("records_read", models.PositiveIntegerField(default=0, verbose_name="cantuman dibaca")),
                ("records_added", models.PositiveIntegerField(default=0, verbose_name="cantuman ditambahkan")),
                ("records_matched", models.PositiveIntegerField(default=0, verbose_name="cantuman yang sudah ada")),
                ("authorities_added", models.PositiveIntegerField(default=0, verbose_name="tajuk ditambahkan")),
                (
                    "holdings_attached",
                    models.PositiveIntegerField(default=0, verbose_name="data kepemilikan ditempelkan"),
                ),
                ("items_added", models.PositiveIntegerField(default=0, verbose_name="eksemplar ditambahkan")),
                ("items_rejected", models.PositiveIntegerField(default=0, verbose_name="eksemplar ditolak")),
                ("rejected", models.PositiveIntegerField(default=0, verbose_name="ditolak")),
                ("warned", models.PositiveIntegerField(default=0, verbose_name="dengan peringatan")),
                ("unbound", models.JSONField(default=list)),
                ("waiting", models.JSONField(default=list)),
                ("made_places", models.JSONField(default=list)),
                ("left_places", models.TextField(blank=True, verbose_name="tetap ada")),
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
                "verbose_name": "impor",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "running", "finished", "interrupted", "undoing", "undone"])
                        ),
                        name="import_state_is_known",
                    )
                ],
                "indexes": [models.Index(fields=["file_digest"], name="import_by_file")],
            },
        ),
        migrations.CreateModel(
            name="ImportRejection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="nomor urut cantuman")),
                ("offset", models.BigIntegerField(verbose_name="letak bita")),
                ("refused", models.BooleanField(verbose_name="ditolak")),
                ("kind", models.CharField(max_length=60, verbose_name="jenis")),
                ("facts", models.JSONField(default=dict)),
                ("control_number", models.CharField(blank=True, max_length=120, verbose_name="nomor kendali")),
                ("raw", models.BinaryField()),
                (
                    "import_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rejections", to="catalogue.importrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "laporan impor",
                "ordering": ["position", "id"],
            },
        ),
        migrations.AddField(
            model_name="authority",
            name="import_run",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="authorities", to="catalogue.importrun"
            ),
        ),
        migrations.CreateModel(
            name="ImportTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=255, verbose_name="berkas")),
                ("stored_file", models.CharField(max_length=200)),
                ("header", models.JSONField(default=list)),
                ("samples", models.JSONField(default=list)),
                ("rows", models.PositiveIntegerField(verbose_name="baris")),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "tabel impor",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Merger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gone", models.BigIntegerField(verbose_name="nomor lama")),
                ("into", models.BigIntegerField(db_index=True, verbose_name="digabung ke")),
                ("title", models.TextField(verbose_name="judul")),
                ("row", models.BinaryField()),
                ("before", models.BinaryField()),
                ("was", models.PositiveIntegerField()),
                ("became", models.PositiveIntegerField()),
                ("moved", models.JSONField(encoder=lumbung.kernel.whole_rows.ExactEncoder)),
                ("at", models.DateTimeField(verbose_name="waktu")),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "penggabungan judul",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)), fields=("gone",), name="a_record_goes_into_one_other"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gone", models.F("into")), _negated=True), name="a_record_goes_not_into_itself"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualitySurvey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("is_under_way", models.BooleanField(default=True)),
                ("expected", models.PositiveIntegerField(default=0)),
                ("reached", models.BigIntegerField(default=0)),
                ("records", models.PositiveIntegerField(default=0)),
                ("sound", models.PositiveIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_under_way", True)),
                        fields=("is_under_way",),
                        name="one_survey_goes_on_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkPlace",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="work_place",
                        serialize=False,
                        to="catalogue.record",
                    ),
                ),
                ("key", models.CharField(db_index=True, max_length=20)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="a_place_among_works_has_a_key")
                ],
            },
        ),
        migrations.AddField(
            model_name="record",
            name="import_run",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="records", to="catalogue.importrun"
            ),
        ),
        migrations.CreateModel(
            name="LikelyPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "likeness",
                    models.CharField(
                        choices=[
                            ("control", "nomor kendali sama"),
                            ("isbn", "ISBN sama"),
                            ("issn", "ISSN sama"),
                            ("title", "judul, pengarang, dan tahun sama"),
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
                    "seen_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.duplicatesearch",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.record"),
                ),
                (
                    "second",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.record"),
                ),
            ],
            options={
                "verbose_name": "pasangan yang mungkin ganda",
                "ordering": ["weight", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="two_records_are_a_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="the_first_of_a_pair_is_the_older"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("likeness__in", ["control", "isbn", "issn", "title"])), name="likeness_is_known"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("dismissed_at__isnull", True)), fields=["weight", "id"], name="pairs_to_decide"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("barcode", models.CharField(max_length=60, unique=True, verbose_name="barcode")),
                ("call_number", models.CharField(blank=True, max_length=120, verbose_name="nomor panggil")),
                ("volume", models.CharField(blank=True, max_length=80, verbose_name="jilid atau bagian")),
                ("shelf_key", models.CharField(blank=True, max_length=120)),
                ("copy", models.CharField(blank=True, max_length=20, verbose_name="nomor eksemplar")),
                ("accession_number", models.CharField(blank=True, max_length=60, verbose_name="nomor induk")),
                ("accessioned_on", models.DateField(blank=True, null=True, verbose_name="tanggal masuk")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("purchase", "Beli"),
                            ("gift", "Hadiah"),
                            ("exchange", "Tukar"),
                            ("deposit", "Serah simpan"),
                            ("own", "Terbitan sendiri"),
                            ("other", "Lain-lain"),
                        ],
                        max_length=20,
                        verbose_name="sumber",
                    ),
                ),
                ("vendor", models.CharField(blank=True, max_length=120, verbose_name="rekanan atau pemberi")),
                ("price", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="harga")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("available", "Tersedia"),
                            ("in_process", "Sedang diolah"),
                            ("in_repair", "Dalam perbaikan"),
                            ("damaged", "Rusak"),
                            ("lost", "Hilang"),
                            ("withdrawn", "Disiangi"),
                        ],
                        default="available",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                ("is_bound", models.BooleanField(default=False)),
                ("label_printed_at", models.DateTimeField(blank=True, null=True, verbose_name="label dicetak")),
                ("added_at", models.DateTimeField(verbose_name="ditambahkan")),
                (
                    "branch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
                (
                    "held_at",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="sekarang di",
                    ),
                ),
                (
                    "returns_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="kembali ke",
                    ),
                ),
                (
                    "import_run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="catalogue.importrun"
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="organization.location",
                        verbose_name="lokasi",
                    ),
                ),
                (
                    "item_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="catalogue.itemtype",
                        verbose_name="jenis eksemplar",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="catalogue.record",
                        verbose_name="cantuman",
                    ),
                ),
            ],
            options={
                "verbose_name": "eksemplar",
                "ordering": ["branch", "shelf_key", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("barcode", ""), _negated=True), name="item_has_a_barcode"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["available", "in_process", "in_repair", "damaged", "lost", "withdrawn"])
                        ),
                        name="item_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                        name="price_is_not_negative",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["branch", "shelf_key", "id"], name="items_in_shelf_order"),
                    models.Index(fields=["accessioned_on", "accession_number"], name="items_as_they_came"),
                    models.Index(fields=["accession_number"], name="item_by_accession_number"),
                    models.Index(
                        condition=models.Q(("returns_to__isnull", False)), fields=["returns_to"], name="items_that_go_elsewhere"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("control", "Nomor kendali"),
                            ("isbn", "ISBN"),
                            ("issn", "ISSN"),
                            ("bad_isbn", "ISBN tidak sah"),
                            ("bad_issn", "ISSN tidak sah"),
                            ("other", "Nomor lain"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=120)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identifiers", to="catalogue.record"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "value"], name="identifier_by_value")],
            },
        ),
        migrations.CreateModel(
            name="ForeignRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("marc", models.JSONField(encoder=lumbung.catalogue.models.record.MarcEncoder)),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="catalogue.foreignanswer"
                    ),
                ),
                (
                    "taken",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalogue.record"
                    ),
                ),
            ],
            options={
                "ordering": ["place", "id"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(null=True)),
                ("view", models.CharField(choices=[("form", "Form"), ("marc", "Marc")], max_length=10)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("typed", models.JSONField()),
                ("saves", models.PositiveIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("discarded_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="drafts", to="catalogue.record"
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("view__in", ["form", "marc"])), name="draft_view_is_known"),
                    models.UniqueConstraint(
                        condition=models.Q(("discarded_at__isnull", True), ("record__isnull", False)),
                        fields=("owner", "record"),
                        name="one_draft_for_each_cataloguer_and_record",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                ("label", models.CharField(max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("planned", "Akan berubah"),
                            ("refused", "Ditolak"),
                            ("changed", "Berubah"),
                            ("left", "Dibiarkan"),
                            ("undone", "Dipulihkan"),
                        ],
                        max_length=10,
                        verbose_name="akibat",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "batch",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="catalogue.batch"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalogue.item"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalogue.record"
                    ),
                ),
            ],
            options={
                "ordering": ["key"],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "key"), name="a_batch_touches_each_thing_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["planned", "refused", "changed", "left", "undone"])),
                        name="batch_outcome_is_known",
                    ),
                ],
                "indexes": [models.Index(fields=["batch", "outcome", "key"], name="batch_lines_by_outcome")],
            },
        ),
        migrations.CreateModel(
            name="RecordDefect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "defect",
                    models.CharField(
                        choices=[
                            ("no_class", "Tanpa klasifikasi"),
                            ("no_subject", "Tanpa subjek"),
                            ("no_creator", "Tanpa pengarang"),
                            ("no_year", "Tanpa tahun terbit"),
                            ("no_language", "Tanpa bahasa"),
                            ("no_fixed", "Tanpa ruas 008"),
                            ("bad_fixed", "Kode label atau ruas tetap tidak sah"),
                            ("no_carrier", "Tanpa jenis isi, media, dan wadah (336–338)"),
                            ("bad_isbn", "ISBN salah angka periksa"),
                            ("bad_issn", "ISSN salah angka periksa"),
                            ("shouted", "Judul huruf besar semua"),
                            ("unlinked", "Tajuk belum terhubung"),
                            ("no_items", "Tanpa eksemplar dan tanpa alamat"),
                            ("malformed", "Kesalahan MARC lain"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="defects", to="catalogue.record"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("defect", "record"), name="a_defect_is_told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "defect__in",
                                [
                                    "no_class",
                                    "no_subject",
                                    "no_creator",
                                    "no_year",
                                    "no_language",
                                    "no_fixed",
                                    "bad_fixed",
                                    "no_carrier",
                                    "bad_isbn",
                                    "bad_issn",
                                    "shouted",
                                    "unlinked",
                                    "no_items",
                                    "malformed",
                                ],
                            )
                        ),
                        name="defect_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordHeading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Orang"),
                            ("body", "Badan"),
                            ("meeting", "Pertemuan"),
                            ("title", "Judul seragam"),
                            ("subject", "Subjek"),
                            ("place", "Tempat"),
                            ("genre", "Bentuk dan genre"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=300)),
                ("label", models.CharField(max_length=300)),
                ("about", models.BooleanField(default=False)),
                ("whole", models.BooleanField(default=False)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="uses",
                        to="catalogue.authority",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="headings", to="catalogue.record"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "key"], name="record_heading_by_key"),
                    models.Index(
                        condition=models.Q(("authority__isnull", False)),
                        fields=["authority", "record"],
                        name="records_of_an_authority",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Repair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("problem", models.CharField(max_length=200, verbose_name="kerusakan")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="dikerjakan di")),
                ("sent_on", models.DateField(verbose_name="dikirim")),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="perkiraan kembali")),
                ("done_on", models.DateField(null=True, verbose_name="selesai")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("repaired", "Sudah baik"), ("beyond", "Tidak dapat diperbaiki")],
                        max_length=10,
                        verbose_name="hasil",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan")),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="repairs", to="catalogue.item"),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "perbaikan",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_on__isnull", True)), fields=("item",), name="one_open_repair_per_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("outcome", "")),
                            models.Q(("done_on__isnull", False), ("outcome__in", ["repaired", "beyond"])),
                            _connector="OR",
                        ),
                        name="a_repair_that_is_done_has_an_outcome",
                    ),
                ],
                "indexes": [models.Index(fields=["done_on", "expected_on"], name="repairs_by_day_expected")],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was", models.PositiveIntegerField()),
                ("became", models.PositiveIntegerField()),
                ("before", models.BinaryField()),
                ("restored", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(max_length=20)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="revisions", to="catalogue.batch"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "heading_change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="revisions",
                        to="catalogue.headingchange",
                    ),
                ),
                (
                    "import_run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="revisions",
                        to="catalogue.importrun",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="catalogue.record"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("record", "was"), name="each_version_is_replaced_once"),
                    models.CheckConstraint(condition=models.Q(("became__gt", models.F("was"))), name="versions_only_grow_up"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockTake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                (
                    "material",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("book", "Buku"),
                            ("thesis", "Tugas akhir"),
                            ("serial", "Terbitan berseri"),
                            ("article", "Artikel"),
                            ("ebook", "Buku elektronik"),
                            ("map", "Peta"),
                            ("audio", "Rekaman suara"),
                            ("video", "Video"),
                            ("image", "Gambar"),
                            ("score", "Partitur musik"),
                            ("computer_file", "Berkas komputer"),
                            ("microform", "Bentuk mikro"),
                            ("manuscript", "Naskah"),
                            ("kit", "Kit"),
                            ("object", "Benda"),
                            ("mixed", "Bahan campuran"),
                        ],
                        max_length=20,
                        verbose_name="jenis koleksi",
                    ),
                ),
                ("class_from", models.CharField(blank=True, max_length=40, verbose_name="dari kelas")),
                ("class_to", models.CharField(blank=True, max_length=40, verbose_name="sampai kelas")),
                ("code_prefix", models.CharField(blank=True, max_length=20, verbose_name="awalan dari pemindai")),
                ("code_suffix", models.CharField(blank=True, max_length=20, verbose_name="akhiran dari pemindai")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Sedang disiapkan"),
                            ("counting", "Berjalan"),
                            ("closed", "Ditutup"),
                            ("abandoned", "Dibatalkan"),
                        ],
                        default="preparing",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="putaran")),
                ("expected", models.PositiveIntegerField(default=0, verbose_name="seharusnya di rak")),
                ("away", models.PositiveIntegerField(default=0, verbose_name="memang tidak di rak")),
                ("found", models.PositiveIntegerField(default=0, verbose_name="ditemukan")),
                ("misplaced", models.PositiveIntegerField(default=0, verbose_name="salah tempat")),
                ("lent", models.PositiveIntegerField(default=0, verbose_name="ada di rak walau dipinjam")),
                ("gone", models.PositiveIntegerField(default=0, verbose_name="ada walau hilang atau disiangi")),
                ("unknown", models.PositiveIntegerField(default=0, verbose_name="barcode tidak dikenal")),
                ("missing", models.PositiveIntegerField(default=0, verbose_name="tidak ditemukan")),
                ("opened_at", models.DateTimeField(verbose_name="dibuka")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="ditutup")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.itemtype",
                        verbose_name="jenis eksemplar",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.location",
                        verbose_name="lokasi",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "opname",
                "ordering": ["-opened_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["preparing", "counting", "closed", "abandoned"])),
                        name="stock_take_state_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="stock_take_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("found", "Ditemukan"),
                            ("misplaced", "Salah tempat"),
                            ("lent", "Ada di rak walau dipinjam"),
                            ("gone", "Ada walau hilang atau disiangi"),
                            ("unknown", "Barcode tidak dikenal"),
                            ("missing", "Tidak ditemukan"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("available", "Tersedia"),
                            ("in_process", "Sedang diolah"),
                            ("in_repair", "Dalam perbaikan"),
                            ("damaged", "Rusak"),
                            ("lost", "Hilang"),
                            ("withdrawn", "Disiangi"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stock_take",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="status_changes", to="catalogue.stocktake"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ShelfCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shelf", models.CharField(blank=True, max_length=4)),
                ("expected", models.PositiveIntegerField(default=0)),
                ("seen", models.PositiveIntegerField(default=0)),
                (
                    "stock_take",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shelves", to="catalogue.stocktake"
                    ),
                ),
            ],
            options={
                "ordering": ["shelf"],
                "constraints": [
                    models.UniqueConstraint(fields=("stock_take", "shelf"), name="one_count_for_a_shelf"),
                    models.CheckConstraint(
                        condition=models.Q(("seen__lte", models.F("expected"))), name="no_more_seen_than_expected"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scanner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("device", models.CharField(max_length=40)),
                ("scans", models.PositiveIntegerField(default=0, verbose_name="pindaian")),
                ("last_at", models.DateTimeField(verbose_name="terakhir")),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stock_take",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scanners", to="catalogue.stocktake"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("stock_take", "device", "user"), name="one_scanner_for_a_hand_on_a_device")
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=80, verbose_name="nomor")),
                ("place", models.CharField(max_length=80, verbose_name="tempat")),
                ("dated", models.DateField(verbose_name="tanggal")),
                ("signers", models.JSONField()),
                ("token", models.CharField(max_length=32, unique=True)),
                ("stored_file", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stock_take",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="catalogue.stocktake"
                    ),
                ),
            ],
            options={
                "verbose_name": "berita acara",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="StockTakeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("barcode", models.CharField(max_length=60, verbose_name="barcode")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="judul")),
                ("call_number", models.CharField(blank=True, max_length=120, verbose_name="nomor panggil")),
                ("shelf_key", models.CharField(blank=True, max_length=120)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("shelf", "Di rak"),
                            ("on_loan", "Dipinjam"),
                            ("away", "Diolah atau diperbaiki"),
                            ("lost", "Hilang"),
                            ("withdrawn", "Disiangi"),
                            ("elsewhere", "Di luar cakupan"),
                            ("unknown", "Tidak dikenal"),
                        ],
                        max_length=10,
                        verbose_name="menurut katalog",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("found", "Ditemukan"),
                            ("misplaced", "Salah tempat"),
                            ("lent", "Ada di rak walau dipinjam"),
                            ("gone", "Ada walau hilang atau disiangi"),
                            ("unknown", "Barcode tidak dikenal"),
                            ("missing", "Tidak ditemukan"),
                        ],
                        max_length=10,
                        verbose_name="hasil",
                    ),
                ),
                ("seen_at", models.DateTimeField(null=True, verbose_name="dipindai")),
                ("seen_round", models.PositiveSmallIntegerField(null=True, verbose_name="putaran")),
                ("after", models.CharField(blank=True, max_length=120, verbose_name="terbaca sesudah")),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stock_take_lines",
                        to="catalogue.item",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organization.location",
                        verbose_name="lokasi",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.scanner",
                        verbose_name="pemindai",
                    ),
                ),
                (
                    "seen_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organization.location",
                        verbose_name="dipindai di",
                    ),
                ),
                (
                    "stock_take",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="catalogue.stocktake"
                    ),
                ),
            ],
            options={
                "verbose_name": "baris opname",
                "ordering": ["shelf_key", "barcode"],
                "constraints": [models.UniqueConstraint(fields=("stock_take", "barcode"), name="a_barcode_counts_once")],
                "indexes": [
                    models.Index(fields=["stock_take", "finding", "standing", "shelf_key"], name="stock_take_findings")
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("device", models.CharField(max_length=40)),
                ("sequence", models.PositiveBigIntegerField()),
                ("code", models.CharField(max_length=200)),
                ("scanned_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="organization.location"
                    ),
                ),
                (
                    "scanner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_scans", to="catalogue.scanner"
                    ),
                ),
                (
                    "stock_take",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.stocktake"),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scans", to="catalogue.stocktakeline"
                    ),
                ),
            ],
            options={
                "ordering": ["scanner", "sequence"],
                "constraints": [
                    models.UniqueConstraint(fields=("stock_take", "device", "sequence"), name="a_scan_counts_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TakeOverProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="nama")),
                ("kept", models.CharField(blank=True, max_length=400, verbose_name="hanya ambil ruas")),
                ("dropped", models.CharField(blank=True, max_length=400, verbose_name="buang ruas")),
                ("moved", models.TextField(blank=True, verbose_name="pindahkan ruas")),
                ("added", models.TextField(blank=True, verbose_name="tambahkan ruas")),
                (
                    "call_number",
                    models.BooleanField(default=True, verbose_name="beri nomor panggil menurut aturan perpustakaan"),
                ),
                ("usual", models.BooleanField(default=False, verbose_name="dipakai bila tidak dipilih lain")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
                (
                    "item_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.itemtype",
                        verbose_name="jenis eksemplar",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organization.location",
                        verbose_name="lokasi",
                    ),
                ),
            ],
            options={
                "verbose_name": "profil pengambilalihan",
                "ordering": ["-usual", "name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_profile_has_a_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("usual", True)), fields=("usual",), name="one_profile_is_usual"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="nama")),
                (
                    "protocol",
                    models.CharField(choices=[("sru", "SRU"), ("z3950", "Z39.50")], max_length=10, verbose_name="protokol"),
                ),
                ("address", models.CharField(max_length=300, verbose_name="alamat")),
                ("database", models.CharField(blank=True, max_length=80, verbose_name="pangkalan data")),
                (
                    "syntax",
                    models.CharField(
                        choices=[("marc21", "MARC 21 (ISO 2709)"), ("xml", "MARCXML")],
                        default="marc21",
                        max_length=10,
                        verbose_name="bentuk cantuman",
                    ),
                ),
                (
                    "encoding",
                    models.CharField(
                        choices=[
                            ("auto", "Menurut cantumannya"),
                            ("utf-8", "UTF-8"),
                            ("marc-8", "MARC-8"),
                            ("latin-1", "Latin-1"),
                        ],
                        default="auto",
                        max_length=10,
                        verbose_name="aksara",
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        choices=[("1.1", "1.1"), ("1.2", "1.2"), ("2.0", "2.0")],
                        default="1.1",
                        max_length=5,
                        verbose_name="versi SRU",
                    ),
                ),
                ("schema", models.CharField(blank=True, default="marcxml", max_length=80, verbose_name="skema SRU")),
                ("indexes", models.TextField(blank=True, verbose_name="nama indeks")),
                ("timeout", models.PositiveSmallIntegerField(default=10, verbose_name="batas waktu (detik)")),
                ("most", models.PositiveSmallIntegerField(default=10, verbose_name="cantuman paling banyak")),
                ("switched_on", models.BooleanField(default=False, verbose_name="ikut ditanya")),
                ("place", models.PositiveSmallIntegerField(default=10, verbose_name="urutan")),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "checked_failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address", "Alamatnya tidak ditemukan."),
                            ("internal", "Alamatnya di jaringan dalam, dan pengaturan server tidak mengizinkannya."),
                            ("unreachable", "Tidak ada yang menjawab di alamat itu."),
                            ("timeout", "Tidak menjawab dalam batas waktunya."),
                            ("broken", "Sambungannya terputus di tengah jawaban."),
                            ("nonsense", "Jawabannya tidak dapat dibaca."),
                            ("too_large", "Jawabannya terlalu besar."),
                            ("status", "Server itu menjawab dengan galat."),
                            ("denied", "Server itu tidak menerima sambungan ini."),
                            ("declined", "Server itu tidak dapat menjawab pertanyaan ini."),
                            ("interrupted", "Pencariannya terhenti di sini. Cari lagi."),
                        ],
                        max_length=20,
                    ),
                ),
                ("checked_detail", models.TextField(blank=True)),
                (
                    "profile",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="targets",
                        to="catalogue.takeoverprofile",
                        verbose_name="profil",
                    ),
                ),
            ],
            options={
                "verbose_name": "katalog lain",
                "ordering": ["place", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("address", ""), _negated=True)),
                        name="a_target_has_name_and_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("protocol__in", ["sru", "z3950"])), name="target_protocol_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("timeout__gte", 1), ("timeout__lte", 30)), name="a_target_is_not_waited_for_long"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most__gte", 1), ("most__lte", 50)), name="a_target_sends_few_records"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="foreignanswer",
            name="target",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="catalogue.target"),
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Sedang disusun"),
                            ("proposed", "Diusulkan"),
                            ("running", "Berjalan"),
                            ("approved", "Disetujui"),
                            ("dropped", "Tidak jadi"),
                            ("undoing", "Sedang dibatalkan"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="preparing",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="nomor")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="tempat")),
                ("dated", models.DateField(null=True, verbose_name="tanggal")),
                ("signers", models.JSONField(default=list)),
                ("stored_file", models.CharField(blank=True, max_length=200)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("hidden", models.JSONField(default=list)),
                ("asked", models.JSONField(default=dict)),
                ("expected", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("reached", models.BigIntegerField(default=0)),
                ("stopped_because", models.TextField(blank=True)),
                ("hides_titles", models.BooleanField(default=False)),
                ("token", models.CharField(blank=True, max_length=32)),
                ("check_address", models.CharField(blank=True, max_length=300)),
                ("annexes", models.JSONField(default=list)),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "penyiangan",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("number"),
                        condition=models.Q(("number", ""), _negated=True),
                        name="minutes_of_weeding_have_a_number_of_their_own",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True),
                        fields=("token",),
                        name="a_token_leads_to_the_minutes_of_one_weeding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["preparing", "proposed", "running", "approved", "dropped", "undoing", "undone"],
                            )
                        ),
                        name="withdrawal_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WithdrawalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("barcode", models.CharField(max_length=60, verbose_name="barcode")),
                ("title", models.TextField(verbose_name="judul")),
                ("call_number", models.CharField(blank=True, max_length=120, verbose_name="nomor panggil")),
                ("accession_number", models.CharField(blank=True, max_length=60, verbose_name="nomor induk")),
                ("shelf_key", models.CharField(blank=True, max_length=120)),
                ("kept", models.BooleanField(default=False)),
                ("was", models.CharField(blank=True, max_length=20)),
                (
                    "item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalogue.item"
                    ),
                ),
                (
                    "withdrawal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="catalogue.withdrawal"
                    ),
                ),
            ],
            options={
                "ordering": ["shelf_key", "id"],
                "constraints": [models.UniqueConstraint(fields=("withdrawal", "item"), name="a_copy_is_proposed_once")],
            },
        ),
        migrations.CreateModel(
            name="WorkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("joining", "Edisi disatukan"), ("parting", "Edisi dipisahkan")], max_length=10),
                ),
                ("key", models.CharField(db_index=True, max_length=20)),
                ("came_from", models.CharField(db_index=True, max_length=20)),
                ("before", models.JSONField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "perubahan karya",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["joining", "parting"])), name="work_change_kind_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessionPattern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("template", models.CharField(default="{nomor}/{sumber}/{tahun}", max_length=45, verbose_name="pola")),
                ("digits", models.PositiveSmallIntegerField(default=5, verbose_name="jumlah angka")),
                ("yearly", models.BooleanField(default=False, verbose_name="mulai lagi dari awal setiap tahun")),
                ("first", models.PositiveIntegerField(default=1, verbose_name="nomor pertama")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
            ],
            options={
                "verbose_name": "pola nomor induk",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("branch_id", 0),
                        name="one_accession_pattern_for_each_branch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digits__gte", 1), ("digits__lte", 9)), name="accession_digits_are_few"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Orang"),
                            ("body", "Badan"),
                            ("meeting", "Pertemuan"),
                            ("title", "Judul seragam"),
                            ("subject", "Subjek"),
                            ("place", "Tempat"),
                            ("genre", "Bentuk dan genre"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "form",
                    models.CharField(choices=[("heading", "Heading"), ("see", "See"), ("undated", "Undated")], max_length=10),
                ),
                ("label", models.TextField()),
                ("key", models.CharField(max_length=300)),
                ("sort_key", models.CharField(max_length=120)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="catalogue.authority"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "key"], name="name_by_key"),
                    models.Index(fields=["sort_key"], name="names_in_order"),
                    models.Index(fields=["kind", "sort_key"], name="names_of_a_kind_in_order"),
                    models.Index(fields=["key"], name="names_as_spoken"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["heading", "see", "undated"])), name="name_form_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("broader", "Lebih luas"),
                            ("narrower", "Lebih sempit"),
                            ("earlier", "Sebelumnya"),
                            ("later", "Selanjutnya"),
                            ("related", "Lihat juga"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Orang"),
                            ("body", "Badan"),
                            ("meeting", "Pertemuan"),
                            ("title", "Judul seragam"),
                            ("subject", "Subjek"),
                            ("place", "Tempat"),
                            ("genre", "Bentuk dan genre"),
                        ],
                        max_length=10,
                    ),
                ),
                ("label", models.TextField()),
                ("key", models.CharField(max_length=300)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="references", to="catalogue.authority"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "key"], name="reference_by_key")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("relation__in", ["broader", "narrower", "earlier", "later", "related"])),
                        name="relation_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was", models.PositiveIntegerField()),
                ("before", models.JSONField(encoder=lumbung.catalogue.models.record.MarcEncoder)),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(max_length=20)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="catalogue.authority"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-was"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "was"), name="each_authority_version_is_replaced_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="foreignanswer",
            constraint=models.UniqueConstraint(fields=("search", "target"), name="each_target_answers_a_search_once"),
        ),
        migrations.CreateModel(
            name="BoundTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added_at", models.DateTimeField(verbose_name="ditambahkan")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bound_titles",
                        to="catalogue.item",
                        verbose_name="eksemplar",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bound_in",
                        to="catalogue.record",
                        verbose_name="judul",
                    ),
                ),
            ],
            options={
                "verbose_name": "jilidan bersama",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("item", "record"), name="a_title_is_bound_into_a_copy_once")],
            },
        ),
    ]
