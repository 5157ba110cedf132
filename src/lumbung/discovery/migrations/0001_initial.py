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
            name="SuggestionChoice",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="members.member",
                    ),
                ),
            ],
            options={
                "verbose_name": "no suggestions",
            },
        ),
        migrations.CreateModel(
            name="ReaderNeeds",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="members.member",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="yang dibutuhkan")),
                ("declined", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "kebutuhan pembaca",
                "ordering": ["text", "member"],
            },
        ),
        migrations.CreateModel(
            name="BrowsedTitle",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalogue.record",
                    ),
                ),
                ("title_key", models.CharField(max_length=120)),
                ("shelf_key", models.CharField(max_length=120)),
                ("headings", models.JSONField(default=list)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["title_key", "record"], name="titles_in_order"),
                    models.Index(fields=["shelf_key", "record"], name="titles_on_the_shelf"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CitationStyle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="nama")),
                ("rights", models.CharField(blank=True, max_length=400, verbose_name="lisensi")),
                ("xml", models.TextField()),
                ("added_at", models.DateTimeField(verbose_name="ditambahkan")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="dihapus")),
            ],
            options={
                "verbose_name": "gaya sitasi",
                "ordering": ["title", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("title",), name="a_citation_style_is_added_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, verbose_name="kode mata kuliah")),
                ("name", models.CharField(max_length=160, verbose_name="nama mata kuliah")),
                ("term", models.CharField(blank=True, max_length=40, verbose_name="semester")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="semester berakhir")),
                ("students", models.PositiveIntegerField(blank=True, null=True, verbose_name="jumlah mahasiswa")),
                ("note", models.TextField(blank=True, verbose_name="pengantar")),
                ("search_text", models.TextField(editable=False)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True, verbose_name="terbit")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="dihapus")),
                (
                    "lecturer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="courses", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "daftar bacaan kuliah",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("code", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                        name="a_course_has_code_and_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="minggu atau topik")),
                ("position", models.PositiveIntegerField()),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="discovery.course"
                    ),
                ),
            ],
            options={
                "verbose_name": "bagian daftar bacaan",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="CourseItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("citation", models.TextField(verbose_name="rujukan")),
                (
                    "weight",
                    models.CharField(
                        choices=[("required", "Wajib"), ("recommended", "Dianjurkan")],
                        default="required",
                        max_length=12,
                        verbose_name="sifat",
                    ),
                ),
                ("chapter", models.CharField(blank=True, max_length=120, verbose_name="bab atau halaman")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="catatan untuk mahasiswa")),
                ("position", models.PositiveIntegerField()),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.record",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="discovery.coursesection"
                    ),
                ),
            ],
            options={
                "verbose_name": "bacaan kuliah",
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("citation", ""), _negated=True), name="a_reading_says_what_to_read"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__in", ["required", "recommended"])), name="weight_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CuratedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="judul")),
                ("intro", models.TextField(blank=True, verbose_name="pengantar")),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("study", "Belajar dan kuliah"),
                            ("research", "Meneliti dan menulis"),
                            ("teaching", "Mengajar"),
                            ("work", "Bekerja dan berusaha"),
                            ("pleasure", "Membaca untuk senang"),
                            ("visit", "Berkunjung"),
                        ],
                        max_length=20,
                        verbose_name="untuk keperluan",
                    ),
                ),
                ("published", models.BooleanField(default=False, verbose_name="terbit")),
                ("from_day", models.DateField(blank=True, null=True, verbose_name="tampil sejak")),
                ("until_day", models.DateField(blank=True, null=True, verbose_name="tampil sampai")),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "pilihan pustakawan",
                "ordering": ["-changed_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_curated_list_has_a_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_day__isnull", True),
                            ("until_day__isnull", True),
                            ("until_day__gte", models.F("from_day")),
                            _connector="OR",
                        ),
                        name="a_curated_list_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CuratedTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="catatan")),
                ("place", models.PositiveIntegerField()),
                (
                    "curated_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="titles", to="discovery.curatedlist"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.record",
                    ),
                ),
            ],
            options={
                "ordering": ["place", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("curated_list", "record"), name="a_title_stands_once_in_a_curated_list")
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("opens", models.PositiveIntegerField(default=0)),
                ("from_search", models.PositiveIntegerField(default=0)),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.record",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("day", "record"), name="a_day_counts_a_title_once")],
            },
        ),
        migrations.CreateModel(
            name="Heading",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("creator", "Creator"), ("subject", "Subject")], max_length=10)),
                ("label", models.CharField(max_length=300)),
                ("sort_key", models.CharField(max_length=120)),
                ("records", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "sort_key", "id"], name="headings_in_order")],
            },
        ),
        migrations.CreateModel(
            name="PersonalList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="nama daftar")),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                ("share_key", models.CharField(max_length=43, null=True, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="dibuat")),
                ("changed_at", models.DateTimeField(verbose_name="diubah")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="dihapus")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lists", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "daftar pribadi",
                "ordering": ["-changed_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_list_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("removed_at", None), ("share_key", None), _connector="OR"),
                        name="a_removed_list_is_not_shared",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListedTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.TextField(verbose_name="judul")),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                ("position", models.PositiveIntegerField(verbose_name="urutan")),
                ("added_at", models.DateTimeField(verbose_name="ditambahkan")),
                (
                    "record",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalogue.record"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="titles", to="discovery.personallist"
                    ),
                ),
            ],
            options={
                "verbose_name": "judul dalam daftar",
                "ordering": ["position", "id"],
                "constraints": [models.UniqueConstraint(fields=("list", "record"), name="a_title_is_on_a_list_once")],
            },
        ),
        migrations.CreateModel(
            name="Purpose",
            fields=[
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("study", "Belajar dan kuliah"),
                            ("research", "Meneliti dan menulis"),
                            ("teaching", "Mengajar"),
                            ("work", "Bekerja dan berusaha"),
                            ("pleasure", "Membaca untuk senang"),
                            ("visit", "Berkunjung"),
                        ],
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        verbose_name="keperluan",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="nama")),
                ("intro", models.TextField(blank=True, max_length=600, verbose_name="pengantar")),
                ("people", models.TextField(blank=True, max_length=400, verbose_name="siapa yang membantu")),
                ("shown", models.BooleanField(default=True, verbose_name="tampil di beranda")),
            ],
            options={
                "verbose_name": "keperluan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__in", ["study", "research", "teaching", "work", "pleasure", "visit"])),
                        name="a_purpose_is_one_of_those_there_are",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ranked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "list",
                    models.CharField(
                        choices=[
                            ("borrowed_30", "Borrowed Month"),
                            ("borrowed_365", "Borrowed Year"),
                            ("trending_7", "Trending Week"),
                            ("trending_30", "Trending Month"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("score", models.PositiveIntegerField()),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.record",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("list", "place"), name="a_place_in_a_list_is_taken_once")],
            },
        ),
        migrations.CreateModel(
            name="Reserve",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="jumlah eksemplar")),
                ("until", models.DateField(verbose_name="sampai tanggal")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Menunggu pustakawan"),
                            ("granted", "Ditandon"),
                            ("declined", "Tidak dapat dipenuhi"),
                            ("ended", "Selesai"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="jawaban")),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "reading",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reserves",
                        to="discovery.courseitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "permintaan tandon",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("copies__gte", 1)), name="a_reserve_is_of_some_copies"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "granted"])),
                        fields=("reading",),
                        name="a_reading_has_one_open_reserve",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReservedCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_back_at", models.DateTimeField(null=True)),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.item")),
                (
                    "item_type",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.itemtype"),
                ),
                (
                    "location",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.location"
                    ),
                ),
                (
                    "reserve",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="set_apart", to="discovery.reserve"
                    ),
                ),
                (
                    "was_item_type",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.itemtype"),
                ),
                (
                    "was_location",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="organization.location"
                    ),
                ),
            ],
            options={
                "verbose_name": "eksemplar tandon",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("given_back_at", None)), fields=("item",), name="a_copy_is_set_apart_for_one_course"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("asked", "Pencarian"),
                            ("chosen", "Dipilih sendiri"),
                            ("loans", "Dari pinjaman"),
                            ("searches", "Dari pencarian"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("address", models.CharField(max_length=2000, verbose_name="pencarian")),
                (
                    "frequency",
                    models.CharField(
                        choices=[("never", "Tanpa kabar"), ("daily", "Setiap hari"), ("weekly", "Setiap minggu")],
                        default="never",
                        max_length=10,
                        verbose_name="kabar lewat surel",
                    ),
                ),
                ("is_paused", models.BooleanField(default=False, verbose_name="dijeda")),
                ("told_until", models.DateTimeField()),
                ("last_digest_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(verbose_name="disimpan")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="dihapus")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved_searches", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pencarian tersimpan",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_saved_search_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("frequency__in", ["never", "daily", "weekly"])), name="frequency_of_alerts_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["asked", "chosen", "loans", "searches"])),
                        name="where_a_search_is_from_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("owner", "address"), name="a_search_is_saved_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShelfPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shelf_key", models.CharField(max_length=120)),
                ("call_number", models.CharField(max_length=120)),
                (
                    "branch",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organization.branch"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.record",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("record", "branch"), name="a_title_stands_once_in_a_branch")],
                "indexes": [models.Index(fields=["branch", "shelf_key", "record"], name="shelf_of_a_branch")],
            },
        ),
        migrations.CreateModel(
            name="ToldTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_key", models.BigIntegerField()),
                ("told_at", models.DateTimeField()),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="discovery.savedsearch"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("search", "record_key"), name="a_title_is_told_once_of_a_search")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnmetNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120)),
                ("words", models.CharField(max_length=120, verbose_name="pencarian")),
                ("day", models.DateField(verbose_name="hari")),
                ("count", models.PositiveIntegerField(default=1, verbose_name="berapa kali")),
                ("last_at", models.DateTimeField(verbose_name="terakhir")),
                ("dismissed", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "pencarian tanpa hasil",
                "constraints": [
                    models.UniqueConstraint(fields=("day", "key"), name="a_day_counts_a_need_once"),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="a_need_has_words"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BorrowedTogether",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("members", models.PositiveIntegerField()),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.record",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.record",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("record", "other"), name="two_titles_are_paired_once"),
                    models.CheckConstraint(
                        condition=models.Q(("record", models.F("other")), _negated=True), name="a_title_is_no_pair_with_itself"
                    ),
                ],
            },
        ),
    ]
