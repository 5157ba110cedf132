import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from lumbung.kernel import full_text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="judul")),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("librarian", "Kepustakawanan"),
                            ("leadership", "Kepemimpinan"),
                            ("teamwork", "Kerja sama kelompok"),
                        ],
                        default="librarian",
                        max_length=10,
                        verbose_name="bidang",
                    ),
                ),
                ("aim", models.CharField(max_length=250, verbose_name="yang dapat dilakukan sesudahnya")),
                ("points", models.TextField(help_text="Satu pokok sebaris.", verbose_name="isi pelatihan")),
                ("hours", models.PositiveSmallIntegerField(default=2, verbose_name="jam pelajaran")),
                ("skill", models.CharField(blank=True, max_length=80, verbose_name="keterampilan")),
                ("is_offered", models.BooleanField(default=True, verbose_name="masih ditawarkan")),
            ],
            options={
                "verbose_name": "pelatihan",
                "ordering": ["field", "title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("aim", ""), _negated=True),
                            models.Q(("points", ""), _negated=True),
                        ),
                        name="a_course_says_what_and_for_what",
                    ),
                    models.CheckConstraint(condition=models.Q(("hours__range", (1, 400))), name="a_course_has_its_hours"),
                    models.CheckConstraint(
                        condition=models.Q(("field__in", ["librarian", "leadership", "teamwork"])),
                        name="the_field_of_a_course_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Community",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="nama")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("practice", "Praktik kerja"),
                            ("writing", "Belajar menulis"),
                            ("trends", "Diskusi tren perpustakaan"),
                            ("own", "Lainnya"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("group", "Kelompok"), ("community", "Komunitas praktik"), ("resting", "Beristirahat")],
                        default="group",
                        max_length=10,
                        verbose_name="tahap",
                    ),
                ),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="ringkasan")),
                ("charter", models.TextField(blank=True, verbose_name="piagam")),
                ("started_at", models.DateTimeField(verbose_name="mulai")),
                ("became_community_at", models.DateTimeField(null=True, verbose_name="menjadi komunitas")),
            ],
            options={
                "verbose_name": "komunitas",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_community_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "group"), ("became_community_at__isnull", False), ("state", "resting"), _connector="OR"
                        ),
                        name="a_community_knows_since_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PollOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="mulai")),
            ],
            options={
                "ordering": ["starts_at"],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("how_to", "Cara melakukan"),
                            ("sop", "SOP"),
                            ("lesson", "Pelajaran yang dipetik"),
                            ("faq", "Tanya jawab"),
                            ("hand_over", "Serah terima"),
                            ("guide", "Panduan"),
                        ],
                        default="how_to",
                        max_length=10,
                        verbose_name="bentuk",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draf"), ("published", "Terbit"), ("archived", "Diarsipkan")],
                        default="draft",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                (
                    "circle",
                    models.CharField(
                        choices=[
                            ("me", "Saya saja"),
                            ("mentor", "Saya dan mentor"),
                            ("community", "Komunitas"),
                            ("staff", "Semua petugas"),
                            ("public", "Umum"),
                        ],
                        default="me",
                        max_length=10,
                        verbose_name="lingkar pembaca",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="judul")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="ringkasan")),
                ("body", models.TextField(blank=True, verbose_name="isi")),
                ("version", models.PositiveIntegerField(default=1)),
                ("published_version", models.PositiveIntegerField(null=True)),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="diajukan")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="disetujui")),
                ("review_on", models.DateField(null=True, verbose_name="berlaku sampai")),
                ("started_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(verbose_name="diubah")),
                ("archived_at", models.DateTimeField(null=True)),
                ("archived_because", models.CharField(blank=True, max_length=300)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="mentor",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pemilik",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="knowledge.community",
                        verbose_name="komunitas",
                    ),
                ),
            ],
            options={
                "verbose_name": "artikel",
                "ordering": ["-changed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="an_article_has_a_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("published_version__isnull", False),
                                ("review_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="what_is_published_was_approved_until_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_version__isnull", True),
                            ("published_version__lte", models.F("version")),
                            _connector="OR",
                        ),
                        name="no_version_is_approved_before_it_is_written",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("circle", "mentor"), _negated=True), ("mentor__isnull", False), _connector="OR"
                        ),
                        name="the_circle_of_a_mentor_has_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("circle", "community"), _negated=True), ("community__isnull", False), _connector="OR"
                        ),
                        name="the_circle_of_a_community_has_one",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["state", "review_on"], name="article_by_review"),
                    models.Index(fields=["owner", "state"], name="article_by_owner"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="berkas")),
                ("stored_file", models.CharField(blank=True, max_length=120)),
                ("size", models.BigIntegerField(verbose_name="ukuran")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("trying", "Sedang dibaca"),
                            ("tried", "Selesai dibaca"),
                            ("running", "Sedang disimpan"),
                            ("finished", "Tersimpan"),
                            ("undoing", "Sedang dibatalkan"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="trying",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("read", models.BigIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("linked", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                ("unread", models.PositiveIntegerField(default=0)),
                ("came", models.PositiveIntegerField(default=0)),
                ("removed", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "impor artikel",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="an_import_of_articles_has_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("body", models.TextField(blank=True)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="apa yang diubah")),
                ("restored", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="knowledge.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "versi artikel",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "number"), name="each_version_of_an_article_is_written_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "audit pengetahuan",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AuditLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=80, verbose_name="topik")),
                ("who", models.CharField(blank=True, max_length=300, verbose_name="siapa")),
                ("people", models.PositiveSmallIntegerField(default=0, verbose_name="orang")),
                ("documents", models.PositiveIntegerField(default=0, verbose_name="dokumen")),
                ("articles", models.PositiveIntegerField(default=0, verbose_name="artikel")),
                (
                    "audit",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="knowledge.audit"),
                ),
            ],
            options={
                "ordering": ["topic"],
                "constraints": [models.UniqueConstraint(fields=("audit", "topic"), name="a_topic_is_audited_once")],
            },
        ),
        migrations.CreateModel(
            name="AwardCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="nama penghargaan")),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="untuk siapa")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("wrote", "artikel terbit yang ditulis"),
                            ("answered", "pertanyaan rekan yang dijawab"),
                            ("used", "pemakaian artikelnya oleh rekan"),
                            ("thanked", "ucapan terima kasih yang diterima"),
                            ("led", "sesi yang difasilitasi"),
                        ],
                        max_length=10,
                        verbose_name="dilihat dari",
                    ),
                ),
                ("least", models.PositiveSmallIntegerField(default=1, verbose_name="paling sedikit")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "kriteria penghargaan",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_criterion_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence", models.CharField(max_length=300, verbose_name="bukti")),
                ("at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="knowledge.awardcriterion"
                    ),
                ),
            ],
            options={
                "verbose_name": "penghargaan",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("evidence", ""), _negated=True), name="an_award_has_evidence")
                ],
            },
        ),
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="proyek")),
                ("goal", models.CharField(max_length=300, verbose_name="tujuan")),
                ("draft", models.TextField(blank=True, verbose_name="naskah bersama")),
                ("draft_version", models.PositiveIntegerField(default=0)),
                ("output", models.CharField(blank=True, max_length=300, verbose_name="hasil")),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="anggota proyek"),
                ),
            ],
            options={
                "verbose_name": "proyek",
                "ordering": ["-began_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("goal", ""), _negated=True)),
                        name="a_project_has_title_and_goal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), models.Q(("output", ""), _negated=True), _connector="OR"
                        ),
                        name="an_ended_project_has_an_output",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="tugas")),
                (
                    "state",
                    models.CharField(
                        choices=[("todo", "Akan dikerjakan"), ("doing", "Sedang dikerjakan"), ("done", "Selesai")],
                        default="todo",
                        max_length=6,
                        verbose_name="keadaan",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="knowledge.board"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "tugas",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_task_says_what")
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="usul")),
                ("text", models.TextField(blank=True, verbose_name="keterangan")),
                ("opened_at", models.DateTimeField()),
                ("closes_on", models.DateField(verbose_name="suara sampai")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Diterima"), ("declined", "Tidak diterima"), ("later", "Ditunda")],
                        max_length=8,
                        verbose_name="keputusan",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="alasan")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "musyawarah",
                "ordering": ["-opened_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="a_consultation_asks_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("reasons", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_decided_consultation_has_reasons_and_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="knowledge.consultation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_consultation_comment_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "Setuju"), ("against", "Tidak setuju"), ("abstain", "Abstain")], max_length=8
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="knowledge.consultation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "person"), name="one_votes_in_a_consultation_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("author", "penulis"),
                            ("editor", "penyunting"),
                            ("reviewer", "penyetuju"),
                            ("source", "narasumber"),
                            ("discussant", "penanggap"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contributions", to="knowledge.article"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "kontribusi",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("article", "person", "part"),
                        name="credit_is_given_once_for_a_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["author", "editor", "reviewer", "source", "discussant"])),
                        name="a_part_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("url", models.URLField(max_length=300, unique=True, verbose_name="alamat")),
                ("category", models.CharField(blank=True, max_length=40, verbose_name="kategori")),
                ("is_active", models.BooleanField(default=True, verbose_name="dibaca")),
                ("last_read_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("failed_times", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "umpan berita",
                "ordering": ["category", "name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_feed_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.BigIntegerField()),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="a_thing_is_findable_once")],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sentence", models.CharField(max_length=200, verbose_name="tujuan")),
                ("wanted", models.PositiveSmallIntegerField(default=1, verbose_name="target")),
                ("reached", models.PositiveSmallIntegerField(default=0, verbose_name="tercapai")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="tenggat")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="knowledge.community"
                    ),
                ),
            ],
            options={
                "verbose_name": "tujuan komunitas",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("sentence", ""), _negated=True), name="a_goal_says_what"),
                    models.CheckConstraint(condition=models.Q(("wanted__gte", 1)), name="a_goal_wants_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_day", models.DateField(verbose_name="hari terakhir")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "leaver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="yang pergi",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pengganti",
                    ),
                ),
            ],
            options={
                "verbose_name": "serah terima",
                "ordering": ["last_day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("leaver", models.F("successor")), _negated=True), name="nobody_succeeds_themselves"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("leaver",),
                        name="one_hands_over_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOverItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="yang diketahui atau dikerjakan")),
                ("told", models.TextField(blank=True, verbose_name="catatan")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="di mana tertulis")),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="knowledge.handover"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_hand_over_item_says_what"),
                    models.UniqueConstraint(fields=("hand_over", "title"), name="a_thing_is_handed_over_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="gagasan")),
                ("text", models.TextField(blank=True, verbose_name="keterangan")),
                ("tag", models.CharField(blank=True, max_length=40, verbose_name="tanda")),
                ("proposed_at", models.DateTimeField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("proposed", "Diusulkan"),
                            ("chosen", "Dipilih"),
                            ("pilot", "Dicoba"),
                            ("adopted", "Diterapkan"),
                            ("dropped", "Tidak dilanjutkan"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="tahap",
                    ),
                ),
                ("metric", models.CharField(blank=True, max_length=120, verbose_name="yang diukur")),
                ("before", models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="sebelum")),
                ("after", models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="sesudah")),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="hasil")),
                ("moved_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "gagasan",
                "ordering": ["-moved_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="an_idea_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["proposed", "dropped"]),
                            models.Q(("owner__isnull", False), models.Q(("metric", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_chosen_idea_has_owner_and_measure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage__in", ["adopted", "dropped"]), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_ended_idea_has_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "adopted"), _negated=True), ("after__isnull", False), _connector="OR"
                        ),
                        name="an_adopted_idea_was_measured",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="knowledge.idea"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("idea", "person"), name="one_votes_for_an_idea_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("source", models.CharField(max_length=300)),
                (
                    "fate",
                    models.CharField(
                        choices=[("new", "baru"), ("same", "judulnya sudah ada"), ("unread", "tidak terbaca")], max_length=10
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("because", models.CharField(blank=True, max_length=20)),
                ("left_out", models.JSONField(default=list)),
                ("leads_on", models.BooleanField(default=False)),
                (
                    "article",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="arrival",
                        to="knowledge.article",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="knowledge.articleimport"
                    ),
                ),
            ],
            options={
                "ordering": ["run", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "position"), name="one_fate_of_each_document_of_an_import"),
                    models.UniqueConstraint(fields=("run", "source"), name="a_source_comes_in_once_in_an_import"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="apa yang terjadi")),
                ("text", models.TextField(blank=True, verbose_name="keterangan")),
                ("topic", models.CharField(blank=True, max_length=80, verbose_name="topik")),
                ("happened_at", models.DateTimeField(verbose_name="kapan")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Terbuka"), ("solved", "Teratasi")],
                        default="open",
                        max_length=8,
                        verbose_name="keadaan",
                    ),
                ),
                ("recovery", models.TextField(blank=True, verbose_name="pemulihan")),
                ("solved_at", models.DateTimeField(null=True)),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "insiden",
                "ordering": ["-happened_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="an_incident_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("solved_at__isnull", True), ("state", "open")),
                            models.Q(
                                ("solved_at__isnull", False), ("state", "solved"), models.Q(("recovery", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_solved_incident_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intranet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("networks", models.TextField(blank=True, verbose_name="jaringan perpustakaan")),
                ("partner_networks", models.TextField(blank=True, verbose_name="jaringan mitra, hanya untuk tamu undangan")),
            ],
            options={
                "verbose_name": "jaringan portal pengetahuan",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_intranet")],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="isu")),
                ("text", models.TextField(blank=True, verbose_name="keterangan")),
                ("tag", models.CharField(blank=True, max_length=40, verbose_name="tanda")),
                ("raised_at", models.DateTimeField()),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "isu",
                "ordering": ["-raised_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="an_issue_says_what")
                ],
            },
        ),
        migrations.AddField(
            model_name="idea",
            name="issue",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="knowledge.issue"
            ),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("facilitator", "Fasilitator"), ("member", "Anggota"), ("guest", "Tamu dari lembaga lain")],
                        default="member",
                        max_length=12,
                        verbose_name="peran",
                    ),
                ),
                ("institution", models.CharField(blank=True, max_length=150, verbose_name="lembaga")),
                ("joined_at", models.DateTimeField(verbose_name="bergabung")),
                ("left_at", models.DateTimeField(null=True, verbose_name="keluar")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="knowledge.community"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="orang",
                    ),
                ),
            ],
            options={
                "verbose_name": "keanggotaan komunitas",
                "ordering": ["joined_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=("community", "person"),
                        name="one_is_in_a_community_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "guest"), _negated=True),
                            models.Q(("institution", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_guest_comes_from_an_institution",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PageGuide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=80, verbose_name="halaman")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guides", to="knowledge.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "petunjuk halaman",
                "ordering": ["page"],
                "constraints": [models.UniqueConstraint(fields=("page", "article"), name="a_guide_is_tied_to_a_page_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("goal", models.CharField(max_length=200, verbose_name="yang akan dipelajari")),
                ("way", models.CharField(blank=True, max_length=200, verbose_name="caranya")),
                (
                    "course",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="knowledge.training",
                        verbose_name="pelatihan",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="tenggat")),
                ("done_at", models.DateTimeField(null=True)),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="bukti")),
                (
                    "leader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "rencana pengembangan",
                "ordering": ["done_at", "due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("goal", ""), _negated=True), name="a_plan_says_what_is_to_be_learnt"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True), models.Q(("evidence", ""), _negated=True), _connector="OR"
                        ),
                        name="what_was_learnt_has_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PollAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="knowledge.polloption"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("option", "person"), name="one_answers_for_a_moment_once")],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(blank=True, max_length=300, verbose_name="tentang saya")),
                ("needs", models.CharField(blank=True, max_length=300, verbose_name="yang ingin saya pelajari")),
                ("hours_a_week", models.PositiveSmallIntegerField(default=1, verbose_name="jam seminggu untuk membantu rekan")),
                ("is_available", models.BooleanField(default=True, verbose_name="dapat ditanya sekarang")),
                (
                    "keeps_name",
                    models.BooleanField(default=True, verbose_name="nama tetap tercantum sebagai kontributor bila saya pergi"),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "profil rekan",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("hours_a_week__lte", 40)), name="a_week_has_forty_hours")
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="pertanyaan")),
                ("text", models.TextField(blank=True, verbose_name="penjelasan")),
                ("hides_name", models.BooleanField(default=False, verbose_name="tanpa nama")),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("reported_at", models.DateTimeField(null=True)),
                ("reported_because", models.CharField(blank=True, max_length=300)),
                ("revealed_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="knowledge.article",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ditujukan kepada",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="knowledge.community",
                        verbose_name="komunitas",
                    ),
                ),
            ],
            options={
                "verbose_name": "pertanyaan",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_question_asks_something"),
                    models.CheckConstraint(
                        condition=models.Q(("revealed_at__isnull", True), ("reported_at__isnull", False), _connector="OR"),
                        name="a_name_is_revealed_only_after_a_report",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="jawaban")),
                ("hides_name", models.BooleanField(default=False, verbose_name="tanpa nama")),
                ("at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="knowledge.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="an_answer_says_something"),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", False)),
                        fields=("question",),
                        name="one_answer_solves_a_question",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuizQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="pertanyaan")),
                ("answers", models.JSONField(verbose_name="jawaban")),
                (
                    "article",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="quiz", to="knowledge.article"),
                ),
            ],
            options={
                "verbose_name": "soal kuis",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_quiz_question_asks_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="tanggapan")),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_in", models.PositiveIntegerField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="knowledge.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "tanggapan",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="a_remark_says_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="judul")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("discussion", "Diskusi"),
                            ("training", "Pelatihan"),
                            ("talk", "Obrolan pagi"),
                            ("meeting", "Rapat"),
                        ],
                        default="discussion",
                        max_length=12,
                        verbose_name="jenis",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=80, verbose_name="topik")),
                ("every_weeks", models.PositiveSmallIntegerField(default=1, verbose_name="setiap berapa minggu")),
                ("minutes_long", models.PositiveSmallIntegerField(default=60)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("link", models.URLField(blank=True, max_length=300)),
                ("expected_product", models.CharField(max_length=300)),
                ("points", models.TextField(verbose_name="poin tetap")),
                ("is_active", models.BooleanField(default=True, verbose_name="masih berjalan")),
            ],
            options={
                "verbose_name": "rangkaian sesi",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("every_weeks__range", (1, 26))), name="a_series_comes_round_within_half_a_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeriesHost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="hosts", to="knowledge.series"),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "person"), name="a_host_stands_in_a_rotation_once"),
                    models.UniqueConstraint(fields=("series", "position"), name="a_turn_is_one_persons"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("discussion", "Diskusi"),
                            ("training", "Pelatihan"),
                            ("talk", "Obrolan pagi"),
                            ("meeting", "Rapat"),
                        ],
                        default="discussion",
                        max_length=12,
                        verbose_name="jenis",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("face", "Tatap muka"), ("online", "Daring"), ("both", "Tatap muka dan daring")],
                        default="face",
                        max_length=8,
                        verbose_name="cara",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="judul")),
                ("topic", models.CharField(blank=True, max_length=80, verbose_name="topik")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="mulai")),
                ("minutes_long", models.PositiveSmallIntegerField(default=60, verbose_name="lama (menit)")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="tempat")),
                ("link", models.URLField(blank=True, max_length=300, verbose_name="tautan daring")),
                ("expected_product", models.CharField(blank=True, max_length=300, verbose_name="produk yang diharapkan")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Rancangan"),
                            ("published", "Terbit"),
                            ("closed", "Selesai"),
                            ("cancelled", "Batal"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="knowledge.training",
                        verbose_name="pelatihan",
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(null=True, verbose_name="kursi")),
                ("talk_on", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("product", models.CharField(blank=True, max_length=300, verbose_name="produk")),
                ("without_product", models.CharField(blank=True, max_length=300, verbose_name="alasan tanpa produk")),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="knowledge.community",
                        verbose_name="komunitas",
                    ),
                ),
                (
                    "facilitator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="fasilitator",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="knowledge.series"
                    ),
                ),
            ],
            options={
                "verbose_name": "sesi",
                "ordering": ["-starts_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_session_has_a_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "cancelled"]),
                            models.Q(("starts_at__isnull", False), models.Q(("expected_product", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_published_session_has_schedule_and_product",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("product", ""), ("without_product", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_closed_session_has_a_product_or_a_reason",
                    ),
                    models.UniqueConstraint(fields=("talk_on",), name="one_morning_talk_a_day"),
                    models.UniqueConstraint(fields=("series", "starts_at"), name="a_series_comes_once_at_a_time"),
                ],
                "indexes": [models.Index(fields=["state", "starts_at"], name="session_state_and_start")],
            },
        ),
        migrations.AddField(
            model_name="polloption",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="poll_options", to="knowledge.session"
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="knowledge.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "kehadiran",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "person"), name="one_attends_a_session_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", True)),
                        fields=("session", "name"),
                        name="a_name_attends_a_session_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"),
                        name="an_attendance_is_somebodys",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="poin")),
                ("note", models.TextField(blank=True, verbose_name="keterangan")),
                ("section", models.CharField(blank=True, max_length=12)),
                ("is_challenge", models.BooleanField(default=False)),
                ("source_kind", models.CharField(blank=True, max_length=20)),
                ("source_key", models.CharField(blank=True, max_length=120)),
                ("url", models.CharField(blank=True, max_length=500)),
                ("said", models.TextField(blank=True, verbose_name="catatan")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="knowledge.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "poin agenda",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_point_says_what"),
                    models.UniqueConstraint(
                        condition=models.Q(("source_kind", ""), _negated=True),
                        fields=("session", "source_kind", "source_key"),
                        name="a_source_is_on_an_agenda_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="tindakan")),
                ("due_on", models.DateField(verbose_name="tenggat")),
                (
                    "core",
                    models.CharField(
                        blank=True,
                        choices=[("people", "Orang"), ("process", "Proses"), ("technology", "Teknologi")],
                        max_length=12,
                        verbose_name="inti",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Terbuka"), ("done", "Selesai"), ("dropped", "Tidak jadi")],
                        default="open",
                        max_length=8,
                        verbose_name="keadaan",
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=300, verbose_name="hasil")),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pemilik",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actions",
                        to="knowledge.agendapoint",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="knowledge.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "tindakan",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="an_action_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("ended_at__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_ended_action_has_a_result",
                    ),
                ],
                "indexes": [models.Index(fields=["state", "owner", "due_on"], name="action_state_owner_due")],
            },
        ),
        migrations.CreateModel(
            name="SessionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="keputusan")),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="knowledge.agendapoint",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="knowledge.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "keputusan",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="a_decision_says_what"),
                    models.UniqueConstraint(fields=("session", "text"), name="a_session_decides_a_thing_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionMinutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("summary", models.TextField(blank=True, verbose_name="ringkasan")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Sedang ditulis"), ("proposed", "Menunggu persetujuan"), ("approved", "Disetujui")],
                        default="draft",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="minutes", to="knowledge.session"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "notulen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True), ("approved_at__isnull", False), _connector="OR"
                        ),
                        name="approved_minutes_know_since_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="knowledge.sessionminutes"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [models.UniqueConstraint(fields=("minutes", "person"), name="one_approves_minutes_once")],
            },
        ),
        migrations.CreateModel(
            name="SessionPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stored_file", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=8)),
                ("caption", models.CharField(max_length=160, verbose_name="keterangan")),
                ("added_at", models.DateTimeField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="knowledge.session"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stored_file", ""), _negated=True), name="a_session_picture_is_kept_somewhere"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=120)),
                ("section", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=200, verbose_name="judul")),
                ("text", models.TextField(blank=True)),
                ("url", models.CharField(blank=True, max_length=500)),
                ("is_challenge", models.BooleanField(default=False)),
                ("at", models.DateTimeField(verbose_name="pada")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "Baru"), ("agenda", "Di agenda"), ("dismissed", "Dilewatkan")],
                        default="new",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="signals", to="knowledge.feed"
                    ),
                ),
            ],
            options={
                "verbose_name": "sinyal",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "key"), name="a_signal_comes_once"),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_signal_has_a_title"),
                ],
                "indexes": [models.Index(fields=["state", "-at"], name="signal_state_and_time")],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="keterampilan")),
                (
                    "kind",
                    models.CharField(
                        choices=[("hard", "Keterampilan teknis"), ("soft", "Keterampilan lunak")],
                        default="hard",
                        max_length=4,
                        verbose_name="jenis",
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "sedang belajar"), (2, "dapat bekerja sendiri"), (3, "dapat mengajar")],
                        default=2,
                        verbose_name="tingkat",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "keterampilan",
                "ordering": ["kind", "name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_skill_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("level__range", (1, 3))), name="a_skill_has_one_of_three_levels"
                    ),
                    models.UniqueConstraint(fields=("person", "name"), name="a_skill_is_named_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="judul")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("smallest_group", models.PositiveSmallIntegerField(default=5, verbose_name="kelompok terkecil")),
            ],
            options={
                "verbose_name": "survei kesiapan",
                "ordering": ["-opened_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_survey_run_has_a_title"),
                    models.CheckConstraint(condition=models.Q(("smallest_group__gte", 3)), name="a_group_to_hide_in_has_three"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="returns", to="knowledge.surveyrun"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "person"), name="one_answers_a_survey_once")],
            },
        ),
        migrations.CreateModel(
            name="SurveyQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("culture", "Budaya berbagi"),
                            ("staffing", "Kepegawaian"),
                            ("process", "Cara kerja"),
                            ("infrastructure", "Sarana"),
                            ("leadership", "Kepemimpinan"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "core",
                    models.CharField(
                        choices=[("people", "Orang"), ("process", "Proses"), ("technology", "Teknologi")], max_length=12
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="knowledge.surveyrun"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("run", "position"), name="a_question_has_its_place_in_a_run")],
            },
        ),
        migrations.CreateModel(
            name="SurveyTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(choices=[("leader", "Pimpinan"), ("librarian", "Pustakawan")], max_length=10)),
                ("value", models.PositiveSmallIntegerField()),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tallies", to="knowledge.surveyquestion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("question", "group", "value"), name="a_value_is_counted_in_one_row"),
                    models.CheckConstraint(condition=models.Q(("value__range", (1, 5))), name="a_survey_value_is_one_to_five"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TalkPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_on", models.BooleanField(default=False, verbose_name="obrolan pagi diadakan")),
                ("starts", models.TimeField(default="07:30", verbose_name="jam mulai")),
                ("weekdays", models.CharField(default="01234", max_length=7, verbose_name="hari")),
                ("minutes_long", models.PositiveSmallIntegerField(default=15, verbose_name="lama (menit)")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="tempat")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_plan_of_talks")],
            },
        ),
        migrations.CreateModel(
            name="Thanks",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="untuk apa")),
                (
                    "badge",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "tanpa lencana"),
                            ("teacher", "Guru yang sabar"),
                            ("rescuer", "Penolong di saat genting"),
                            ("writer", "Penulis yang jernih"),
                            ("bridge", "Penghubung orang"),
                        ],
                        max_length=10,
                        verbose_name="lencana",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="knowledge.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "ucapan terima kasih",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="thanks_say_what_for"),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("by")), _negated=True), name="nobody_thanks_themselves"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="nama")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="penjelasan")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="tajuk subjek di katalog")),
            ],
            options={
                "verbose_name": "topik",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_topic_has_a_name"),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="topic_name_is_unique_in_any_case"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="questions",
                to="knowledge.topic",
                verbose_name="topik",
            ),
        ),
        migrations.CreateModel(
            name="Expertise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "diusulkan"), ("confirmed", "diakui sendiri"), ("declined", "ditolak sendiri")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("evidence", models.JSONField(default=dict)),
                ("weight", models.PositiveIntegerField(default=0)),
                ("counted_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="expertise", to="knowledge.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "keahlian",
                "ordering": ["-weight", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "topic"), name="one_is_expert_in_a_topic_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "confirmed", "declined"])),
                        name="the_state_of_expertise_is_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="community",
            name="topics",
            field=models.ManyToManyField(blank=True, related_name="communities", to="knowledge.topic", verbose_name="topik"),
        ),
        migrations.AddField(
            model_name="article",
            name="topics",
            field=models.ManyToManyField(blank=True, related_name="articles", to="knowledge.topic", verbose_name="topik"),
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("discussed", "dibahas dalam"),
                            ("recorded", "dicatat dalam"),
                            ("decided", "diputuskan menjadi"),
                            ("compiled", "disusun menjadi"),
                            ("used", "dipakai dalam"),
                            ("returned", "kembali dibahas dalam"),
                        ],
                        max_length=12,
                        verbose_name="hubungan",
                    ),
                ),
                ("from_kind", models.CharField(max_length=20)),
                ("from_key", models.BigIntegerField()),
                ("to_kind", models.CharField(max_length=20)),
                ("to_key", models.BigIntegerField()),
                ("at", models.DateTimeField(verbose_name="pada")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "jejak",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["discussed", "recorded", "decided", "compiled", "used", "returned"])),
                        name="a_trace_has_a_known_kind",
                    ),
                    models.UniqueConstraint(
                        fields=("from_kind", "from_key", "to_kind", "to_key", "kind"), name="a_step_is_traced_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_key", models.F("to_key")), ("from_kind", models.F("to_kind")), _negated=True),
                        name="nothing_comes_from_itself",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["to_kind", "to_key"], name="trace_back"),
                    models.Index(fields=["at"], name="trace_in_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("read", "membaca"), ("used", "memakai"), ("helpful", "terbantu"), ("learnt", "lulus kuis")],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="catatan")),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="knowledge.article"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pemakaian",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["read", "used", "helpful", "learnt"])), name="a_use_is_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "used"), _negated=True),
                        fields=("article", "by", "kind"),
                        name="one_reads_votes_and_learns_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("typed", models.JSONField()),
                ("saves", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="knowledge.article"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "isian artikel yang belum disimpan",
                "ordering": ["-saved_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "article"), name="one_draft_for_each_writer_and_article")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="nama")),
                ("stored_file", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=5)),
                ("size", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="knowledge.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "lampiran",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stored_file", ""), _negated=True), name="an_attachment_has_a_file"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="polloption",
            constraint=models.UniqueConstraint(fields=("session", "starts_at"), name="a_moment_is_offered_once"),
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="nomor sertifikat")),
                ("code", models.CharField(blank=True, max_length=16)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("certified_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_because", models.CharField(blank=True, max_length=300, verbose_name="alasan pencabutan")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="knowledge.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "keikutsertaan",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "person"), name="one_has_one_seat_in_a_training"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="a_certificate_has_a_code_of_its_own",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="a_certificate_has_a_number_of_its_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at", None), ("code", ""), ("number", "")),
                            models.Q(
                                ("certified_at__isnull", False),
                                models.Q(("code", ""), _negated=True),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_certificate_has_number_and_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_because", "")),
                            models.Q(
                                ("certified_at__isnull", False),
                                ("revoked_at__isnull", False),
                                models.Q(("revoked_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_a_certificate_is_revoked_and_with_a_reason",
                    ),
                ],
            },
        ),
        full_text.operation("knowledge_findable"),
        migrations.CreateModel(
            name="LearningPath",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="judul")),
                ("aim", models.CharField(max_length=250, verbose_name="yang dapat dilakukan sesudahnya")),
                ("days", models.PositiveSmallIntegerField(default=30, verbose_name="selesai dalam (hari)")),
                ("for_arrivals", models.BooleanField(default=False, verbose_name="diberikan kepada setiap rekan baru")),
                ("roles", models.JSONField(blank=True, default=list, verbose_name="hanya untuk peran")),
                ("is_active", models.BooleanField(default=True, verbose_name="dipakai")),
                ("made_at", models.DateTimeField()),
                (
                    "mentor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pendamping",
                    ),
                ),
            ],
            options={
                "verbose_name": "jalur belajar",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PathStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "Pelatihan"),
                            ("article", "Artikel"),
                            ("quiz", "Kuis"),
                            ("help", "Halaman bantuan"),
                            ("try", "Coba sendiri"),
                        ],
                        max_length=8,
                        verbose_name="jenis",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="langkah")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="alamat halaman")),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="path_steps",
                        to="knowledge.article",
                        verbose_name="artikel",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.training",
                        verbose_name="pelatihan",
                    ),
                ),
                (
                    "path",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="knowledge.learningpath"
                    ),
                ),
            ],
            options={
                "verbose_name": "langkah belajar",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Walk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField()),
                ("due_on", models.DateField(verbose_name="tenggat")),
                ("finished_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "mentor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pendamping",
                    ),
                ),
                (
                    "path",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="walks", to="knowledge.learningpath"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "perjalanan belajar",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StepDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="bukti")),
                (
                    "step",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.pathstep"),
                ),
                (
                    "walk",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="done", to="knowledge.walk"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="learningpath",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("aim", ""), _negated=True)),
                name="a_path_says_what_and_for_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningpath",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__range", (1, 730))), name="a_path_ends_within_two_years"
            ),
        ),
        migrations.AddConstraint(
            model_name="learningpath",
            constraint=models.UniqueConstraint(fields=("title",), name="a_path_has_a_title_of_its_own"),
        ),
        migrations.AddConstraint(
            model_name="pathstep",
            constraint=models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="a_step_says_what"),
        ),
        migrations.AddConstraint(
            model_name="pathstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", ""), ("article", None), ("course__isnull", False), ("kind", "course")),
                    models.Q(("address", ""), ("article__isnull", False), ("course", None), ("kind__in", ["article", "quiz"])),
                    models.Q(("article", None), ("course", None), ("kind", "help"), models.Q(("address", ""), _negated=True)),
                    models.Q(("article", None), ("course", None), ("kind", "try")),
                    _connector="OR",
                ),
                name="a_step_leads_to_what_its_kind_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="walk",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)), fields=("path", "person"), name="one_walks_a_path_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="walk",
            constraint=models.CheckConstraint(
                condition=models.Q(("mentor", None), models.Q(("mentor", models.F("person")), _negated=True), _connector="OR"),
                name="nobody_is_their_own_mentor",
            ),
        ),
        migrations.AddConstraint(
            model_name="walk",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at", None), ("finished_at", None), _connector="OR"), name="a_path_is_finished_or_left"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepdone",
            constraint=models.UniqueConstraint(fields=("walk", "step"), name="a_step_is_gone_once"),
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "hand_over",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="knowledge.handover",
                    ),
                ),
                (
                    "interviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pewawancara",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="yang diwawancarai",
                    ),
                ),
            ],
            options={
                "verbose_name": "wawancara",
                "ordering": ["-opened_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="InterviewAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=200, verbose_name="pertanyaan")),
                ("told", models.TextField(blank=True, verbose_name="jawaban")),
                (
                    "circle",
                    models.CharField(
                        choices=[("two", "Kami berdua"), ("successor", "Juga pengganti saya"), ("staff", "Semua petugas")],
                        default="two",
                        max_length=10,
                        verbose_name="siapa yang boleh membaca",
                    ),
                ),
                ("in_head_only", models.BooleanField(default=False, verbose_name="hanya ada di kepala saya")),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="knowledge.interview"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.topic",
                        verbose_name="topik",
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban wawancara",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="kata pengantar")),
                ("at", models.DateTimeField()),
                ("first_agreed_at", models.DateTimeField(null=True)),
                ("second_agreed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.topic",
                        verbose_name="topik",
                    ),
                ),
            ],
            options={
                "verbose_name": "perkenalan",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SharingTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="tanggal")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="menit")),
                ("what", models.CharField(max_length=200, verbose_name="untuk apa")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="knowledge.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "waktu berbagi",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("interviewer")), _negated=True), name="nobody_interviews_themselves"
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("person", "interviewer"),
                name="two_hold_one_interview_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="interviewanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True), name="an_interview_asks_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="interviewanswer",
            constraint=models.UniqueConstraint(
                fields=("interview", "question"), name="a_question_is_asked_once_in_an_interview"
            ),
        ),
        migrations.AddConstraint(
            model_name="interviewanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("circle__in", ["two", "successor", "staff"])), name="the_circle_of_an_answer_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="an_introduction_has_its_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="two_are_introduced_in_one_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("first", "second"), name="two_are_introduced_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharingtime",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="time_is_shared_for_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharingtime",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__range", (1, 600))), name="a_day_has_ten_hours_of_work"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharingtime",
            constraint=models.UniqueConstraint(fields=("person", "session"), name="the_time_of_a_session_is_noted_once"),
        ),
    ]
