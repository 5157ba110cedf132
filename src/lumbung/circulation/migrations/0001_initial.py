import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("members", "0001_initial"),
        ("organization", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptSeries",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CashClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("closed_at", models.DateTimeField(verbose_name="ditutup")),
                ("expected", models.BigIntegerField(verbose_name="seharusnya")),
                ("counted", models.BigIntegerField(verbose_name="dihitung")),
                ("left", models.BigIntegerField(default=0, verbose_name="ditinggal di laci")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
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
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "penutupan kas",
                "ordering": ["-closed_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("counted__gte", 0)), name="cash_counted_is_not_below_nothing"),
                    models.CheckConstraint(
                        condition=models.Q(("left__gte", 0), ("left__lte", models.F("counted"))),
                        name="no_more_is_left_than_was_counted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CashOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField(verbose_name="dibuka")),
                ("expected", models.BigIntegerField(verbose_name="seharusnya")),
                ("counted", models.BigIntegerField(verbose_name="dihitung")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
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
                    "closing",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening",
                        to="circulation.cashclosing",
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
                "verbose_name": "pembukaan kas",
                "ordering": ["-opened_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("counted__gte", 0)), name="cash_found_is_not_below_nothing"),
                    models.UniqueConstraint(
                        condition=models.Q(("closing", None)), fields=("branch",), name="one_open_shift_per_branch"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DueDateMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                ("moved_at", models.DateTimeField(verbose_name="dipindah")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="dibatalkan")),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pemindahan jatuh tempo",
                "ordering": ["-moved_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="FeeAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owed", models.BigIntegerField(default=0, verbose_name="tunggakan")),
                ("credit", models.BigIntegerField(default=0, verbose_name="saldo")),
                ("suspended_until", models.DateField(null=True, verbose_name="diskors sampai")),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_account",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
            ],
            options={
                "verbose_name": "rekening biaya",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("owed__gte", 0)), name="nobody_owes_less_than_nothing"),
                    models.CheckConstraint(condition=models.Q(("credit__gte", 0)), name="no_credit_is_below_nothing"),
                ],
                "indexes": [models.Index(condition=models.Q(("owed__gt", 0)), fields=["owed"], name="accounts_that_owe")],
            },
        ),
        migrations.CreateModel(
            name="HandoverPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("point", "Titik ambil"), ("stop", "Perhentian perpustakaan keliling")],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="nama tempat")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="letak")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="petunjuk untuk pemustaka")),
                ("weekdays", models.CharField(blank=True, max_length=7, verbose_name="hari kunjungan")),
                ("every_weeks", models.PositiveSmallIntegerField(default=1, verbose_name="setiap berapa minggu")),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="mulai tanggal")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="sampai tanggal")),
                ("starts", models.TimeField(verbose_name="jam mulai")),
                ("ends", models.TimeField(verbose_name="jam selesai")),
                ("is_offered", models.BooleanField(default=True, verbose_name="ditawarkan kepada pemustaka")),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover_places",
                        to="organization.branch",
                        verbose_name="dilayani dari cabang",
                    ),
                ),
            ],
            options={
                "verbose_name": "tempat serah",
                "ordering": ["kind", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_place_of_handover_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="a_visit_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every_weeks__gte", 1), ("every_weeks__lte", 12)),
                        name="a_round_takes_one_to_twelve_weeks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every_weeks", 1), ("first_day__isnull", False), _connector="OR"),
                        name="a_round_of_weeks_says_when_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day", None), ("last_day", None), ("last_day__gte", models.F("first_day")), _connector="OR"
                        ),
                        name="a_round_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="hari")),
                ("comes", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="alasan")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="single_days", to="circulation.handoverplace"
                    ),
                ),
            ],
            options={
                "ordering": ["day", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "day"), name="a_day_at_a_place_is_settled_once"),
                    models.CheckConstraint(
                        condition=models.Q(("comes", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="a_visit_called_off_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lent_at", models.DateTimeField(verbose_name="dipinjam")),
                ("due_at", models.DateTimeField(verbose_name="jatuh tempo")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="dikembalikan")),
                ("renewal_count", models.PositiveSmallIntegerField(default=0, verbose_name="perpanjangan")),
                (
                    "unseen_renewals",
                    models.PositiveSmallIntegerField(default=0, verbose_name="perpanjangan tanpa bukunya diperlihatkan"),
                ),
                ("last_renewed_at", models.DateTimeField(null=True, verbose_name="terakhir diperpanjang")),
                ("channel", models.CharField(max_length=20, verbose_name="saluran")),
                ("policy", models.JSONField(default=dict)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("normal", "Dibawa pulang"),
                            ("on_site", "Baca di tempat"),
                            ("hourly", "Jam-jaman (tandon)"),
                            ("delivery", "Diantar"),
                        ],
                        default="normal",
                        max_length=10,
                        verbose_name="cara meminjam",
                    ),
                ),
                ("reported_lost_at", models.DateTimeField(null=True, verbose_name="dilaporkan hilang")),
                ("loss_withdrawn_at", models.DateTimeField(null=True, verbose_name="laporan hilang dicabut")),
                ("was_replaced", models.BooleanField(default=False, verbose_name="diganti eksemplar lain")),
                ("claimed_returned_at", models.DateTimeField(null=True, verbose_name="dikatakan sudah kembali")),
                ("backdate_reason", models.TextField(blank=True, default="", verbose_name="alasan tanggal mundur")),
                ("waive_reason", models.TextField(blank=True, default="", verbose_name="alasan pengesampingan")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="catalogue.item",
                        verbose_name="eksemplar",
                    ),
                ),
                (
                    "lent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "lent_from",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="dipinjam dari",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
                (
                    "returned_to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.branch"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="circulation.handoverplace",
                        verbose_name="diserahkan di",
                    ),
                ),
            ],
            options={
                "verbose_name": "pinjaman",
                "ordering": ["due_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at__isnull", True)), fields=("item",), name="one_open_loan_per_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gte", models.F("lent_at"))), name="loan_is_due_after_it_began"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", True), ("returned_at__gte", models.F("lent_at")), _connector="OR"
                        ),
                        name="loan_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("returned_at__isnull", False), ("member__isnull", False), _connector="OR"),
                        name="an_open_loan_has_a_member",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("returned_at__isnull", True)), fields=["member"], name="open_loans_of_member"
                    ),
                    models.Index(
                        condition=models.Q(("member__isnull", False), ("returned_at__isnull", False)),
                        fields=["returned_at"],
                        name="returned_loans_with_a_member",
                    ),
                    models.Index(
                        condition=models.Q(("returned_at__isnull", True)), fields=["due_at"], name="open_loans_by_due_date"
                    ),
                    models.Index(
                        condition=models.Q(("claimed_returned_at__isnull", False), ("returned_at__isnull", True)),
                        fields=["claimed_returned_at"],
                        name="loans_said_to_be_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("in_transit", "Dalam perjalanan"),
                            ("ready", "Siap diambil"),
                            ("filled", "Sudah diambil"),
                            ("cancelled", "Dibatalkan"),
                            ("expired", "Tidak diambil"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("volume", models.CharField(blank=True, default="", max_length=80, verbose_name="jilid")),
                ("is_suspended", models.BooleanField(default=False, verbose_name="ditangguhkan")),
                ("suspended_until", models.DateField(null=True, verbose_name="ditangguhkan sampai")),
                ("wanted_until", models.DateField(null=True, verbose_name="diperlukan sampai")),
                ("priority", models.PositiveSmallIntegerField(default=0, verbose_name="didahulukan")),
                (
                    "priority_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="alasan didahulukan"),
                ),
                ("placed_at", models.DateTimeField(verbose_name="dipesan")),
                ("ready_until", models.DateField(null=True, verbose_name="diambil paling lambat")),
                ("brought_on", models.DateField(null=True, verbose_name="dibawa pada")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="ditutup")),
                ("unfetched_fee", models.PositiveIntegerField(default=0, verbose_name="biaya bila tidak diambil (Rp)")),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="catalogue.item",
                        verbose_name="eksemplar",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
                (
                    "pickup_branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="diambil di",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="catalogue.record",
                        verbose_name="judul",
                    ),
                ),
                (
                    "wanted_item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.item",
                        verbose_name="hanya eksemplar ini",
                    ),
                ),
                (
                    "loan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="filled_holds",
                        to="circulation.loan",
                        verbose_name="pinjaman",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="circulation.handoverplace",
                        verbose_name="diserahkan di",
                    ),
                ),
            ],
            options={
                "verbose_name": "pesanan",
                "ordering": ["-priority", "placed_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "in_transit", "ready"])),
                        fields=("record", "volume", "member"),
                        name="one_open_hold_per_volume_and_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["in_transit", "ready"])),
                        fields=("item",),
                        name="an_item_is_set_aside_for_one_hold",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in_transit", "ready"]), _negated=True),
                            ("item__isnull", False),
                            _connector="OR",
                        ),
                        name="a_hold_set_aside_has_its_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True), ("ready_until__isnull", False), _connector="OR"
                        ),
                        name="a_ready_hold_has_its_last_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["waiting", "in_transit", "ready"]), _negated=True),
                            ("member__isnull", False),
                            _connector="OR",
                        ),
                        name="an_open_hold_has_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_suspended", False),
                            models.Q(("state__in", ["in_transit", "ready"]), _negated=True),
                            _connector="OR",
                        ),
                        name="a_suspended_hold_has_no_copy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            ("place", None),
                            ("brought_on__isnull", False),
                            _connector="OR",
                        ),
                        name="a_ready_hold_at_a_place_has_its_visit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority", 0), models.Q(("priority_reason", ""), _negated=True), _connector="OR"),
                        name="who_is_put_first_has_a_reason",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "in_transit", "ready"])),
                        fields=["record", "placed_at"],
                        name="open_holds_of_record",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False), ("member__isnull", False)),
                        fields=["closed_at"],
                        name="closed_holds_with_a_member",
                    ),
                    models.Index(
                        condition=models.Q(("place__isnull", False), ("state", "ready")),
                        fields=["place", "brought_on"],
                        name="ready_holds_to_be_brought",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overdue", "Denda keterlambatan"),
                            ("reminder", "Biaya pengingat"),
                            ("lost", "Penggantian eksemplar hilang"),
                            ("processing", "Biaya pengolahan"),
                            ("damaged", "Kerusakan eksemplar"),
                            ("lending", "Biaya pinjam"),
                            ("renewal", "Biaya perpanjangan"),
                            ("card", "Kartu anggota"),
                            ("membership", "Iuran keanggotaan"),
                            ("hold", "Pesanan yang tidak diambil"),
                            ("article", "Salinan artikel atau bab"),
                            ("other", "Lain-lain"),
                        ],
                        max_length=12,
                        verbose_name="jenis",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="jumlah")),
                ("settled", models.BigIntegerField(default=0, verbose_name="sudah selesai")),
                ("charged_at", models.DateTimeField(verbose_name="dikenakan")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
                ("once", models.CharField(max_length=120, null=True, unique=True)),
                (
                    "branch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.item",
                        verbose_name="eksemplar",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fees", to="circulation.feeaccount"
                    ),
                ),
                (
                    "loan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="fees",
                        to="circulation.loan",
                        verbose_name="pinjaman",
                    ),
                ),
            ],
            options={
                "verbose_name": "biaya",
                "ordering": ["charged_at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_fee_is_more_than_nothing"),
                    models.CheckConstraint(condition=models.Q(("settled__gte", 0)), name="a_fee_is_not_settled_below_nothing"),
                    models.CheckConstraint(
                        condition=models.Q(("settled__lte", models.F("amount"))), name="a_fee_is_settled_once"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled__lt", models.F("amount"))), fields=["account"], name="open_fees_of_account"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DueDateShift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was_due_at", models.DateTimeField(verbose_name="jatuh tempo semula")),
                ("due_at", models.DateTimeField(verbose_name="jatuh tempo")),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shifts", to="circulation.duedatemove"
                    ),
                ),
                (
                    "loan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shifts", to="circulation.loan"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("move", "loan"), name="a_move_shifts_a_loan_once")],
            },
        ),
        migrations.CreateModel(
            name="LimitSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="nama batas")),
                ("most", models.PositiveSmallIntegerField(verbose_name="paling banyak sekaligus")),
                ("materials", models.JSONField(blank=True, default=list, verbose_name="jenis koleksi")),
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
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.category",
                        verbose_name="kategori anggota",
                    ),
                ),
                (
                    "branch_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branchgroup",
                        verbose_name="kelompok cabang",
                    ),
                ),
                (
                    "item_types",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="catalogue.itemtype", verbose_name="jenis eksemplar"
                    ),
                ),
                (
                    "locations",
                    models.ManyToManyField(blank=True, related_name="+", to="organization.location", verbose_name="lokasi rak"),
                ),
            ],
            options={
                "verbose_name": "batas bersama",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="one_limit_set_of_a_name"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_limit_set_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("branch", None), ("branch_group", None), _connector="OR"),
                        name="a_limit_set_names_a_branch_or_a_group",
                    ),
                    models.CheckConstraint(condition=models.Q(("most__gte", 1)), name="a_limit_set_lets_one_be_lent"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("allowed", "Boleh meminjam juga"), ("only", "Hanya boleh meminjam")],
                        max_length=8,
                        verbose_name="yang ditentukan",
                    ),
                ),
                ("names_types", models.BooleanField(default=False, editable=False)),
                ("names_places", models.BooleanField(default=False, editable=False)),
                ("loan_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lama pinjam (hari)")),
                ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                ("until", models.DateField(blank=True, null=True, verbose_name="sampai dengan")),
                ("added_at", models.DateTimeField(verbose_name="ditetapkan")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "branches",
                    models.ManyToManyField(blank=True, related_name="+", to="organization.branch", verbose_name="cabang"),
                ),
                (
                    "item_types",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="catalogue.itemtype", verbose_name="jenis eksemplar"
                    ),
                ),
                (
                    "locations",
                    models.ManyToManyField(blank=True, related_name="+", to="organization.location", verbose_name="lokasi rak"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personal_rules",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
            ],
            options={
                "verbose_name": "ketentuan khusus anggota",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_personal_rule_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "only"), ("loan_days", None)),
                            models.Q(("kind", "allowed"), ("loan_days__gte", 1), ("loan_days__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_is_allowed_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermPackage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hold_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling banyak dipesan")),
                (
                    "holds_per_day",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling banyak dipesan sehari"),
                ),
                (
                    "holds_per_record",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling banyak dipesan dari satu judul"
                    ),
                ),
                (
                    "hold_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="lama pesanan menunggu diambil (hari)"
                    ),
                ),
                ("hold_on_shelf", models.BooleanField(blank=True, null=True, verbose_name="boleh dipesan walau ada di rak")),
                (
                    "hold_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("any", "Anggota cabang mana pun"),
                            ("own", "Hanya anggota cabang pemiliknya"),
                            ("group", "Anggota cabang pemiliknya dan cabang seinduk"),
                        ],
                        max_length=5,
                        verbose_name="siapa yang boleh memesan",
                    ),
                ),
                (
                    "pickup_at",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("any", "Di cabang mana pun"),
                            ("home", "Hanya di cabang pemiliknya"),
                            ("holding", "Hanya di cabang tempat eksemplarnya berada"),
                            ("group", "Di cabang pemiliknya dan cabang seinduk"),
                        ],
                        max_length=7,
                        verbose_name="pesanan diambil",
                    ),
                ),
                (
                    "hold_of",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "Judulnya"),
                            ("either", "Judulnya, atau satu eksemplar bila dipilih"),
                            ("copy", "Hanya eksemplar yang dipilih"),
                        ],
                        max_length=6,
                        verbose_name="yang dipesan anggota",
                    ),
                ),
                (
                    "guarded_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="eksemplar baru hanya untuk cabang pemiliknya (hari)"
                    ),
                ),
                (
                    "unfetched_fee",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya pesanan yang tidak diambil (Rp)"),
                ),
                (
                    "cancel_ready",
                    models.BooleanField(blank=True, null=True, verbose_name="anggota boleh membatalkan yang sudah siap"),
                ),
                (
                    "recall_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling banyak diminta kembali oleh anggota"
                    ),
                ),
                (
                    "recalls_per_record",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling banyak diminta kembali dari satu judul"
                    ),
                ),
                (
                    "recall_on_shelf",
                    models.BooleanField(blank=True, null=True, verbose_name="boleh diminta kembali walau ada di rak"),
                ),
                (
                    "recall_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="sisa waktu sesudah diminta kembali (hari buka)"
                    ),
                ),
                (
                    "recall_kept_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling sedikit boleh disimpan (hari sejak dipinjam)"
                    ),
                ),
                (
                    "recall_fine",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="denda bila yang diminta kembali terlambat (Rp)"
                    ),
                ),
                (
                    "recall_shelf_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="lama yang diminta kembali menunggu diambil (hari)"
                    ),
                ),
                ("may_borrow", models.BooleanField(blank=True, null=True, verbose_name="boleh dipinjam")),
                ("loan_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lama pinjam (hari)")),
                ("loan_hours", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lama pinjam (jam)")),
                (
                    "closed_days",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forward", "Digeser ke hari buka berikutnya"),
                            ("back", "Digeser ke hari buka sebelumnya"),
                            ("skip", "Hanya hari buka yang dihitung"),
                            ("ignore", "Tidak digeser"),
                        ],
                        max_length=8,
                        verbose_name="hari tutup",
                    ),
                ),
                ("due_by", models.DateField(blank=True, null=True, verbose_name="tanggal kembali")),
                (
                    "due_by_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("latest", "paling lambat tanggal itu"),
                            ("exactly", "tepat pada tanggal itu"),
                            ("earliest", "tidak sebelum tanggal itu"),
                        ],
                        max_length=8,
                        verbose_name="arti tanggal itu",
                    ),
                ),
                ("beyond_expiry", models.BooleanField(blank=True, null=True, verbose_name="boleh melewati akhir keanggotaan")),
                ("loan_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling banyak dipinjam")),
                ("loan_fee", models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya pinjam (Rp)")),
                (
                    "loan_fee_discount",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="potongan biaya pinjam (persen)"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan untuk petugas dan anggota")),
                ("renewal_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="perpanjangan")),
                (
                    "renewal_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lama perpanjangan (hari)"),
                ),
                (
                    "renew_from_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="diperpanjang paling awal (hari sebelumnya)"
                    ),
                ),
                (
                    "renew_from_due",
                    models.BooleanField(blank=True, null=True, verbose_name="dihitung dari jatuh tempo, bukan dari hari ini"),
                ),
                (
                    "renewal_gap_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="jarak antarperpanjangan (hari)"),
                ),
                (
                    "unseen_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="perpanjangan tanpa memperlihatkan buku"
                    ),
                ),
                ("renewal_fee", models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya perpanjangan (Rp)")),
                (
                    "renewal_forgives",
                    models.BooleanField(blank=True, null=True, verbose_name="denda dihapus bila diperpanjang"),
                ),
                ("auto_renew", models.BooleanField(blank=True, null=True, verbose_name="diperpanjang otomatis")),
                (
                    "auto_renew_from_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="otomatis sejak (hari sebelum jatuh tempo)"
                    ),
                ),
                (
                    "auto_renew_for_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="otomatis sampai dipinjam selama (hari)"
                    ),
                ),
                ("auto_renew_until", models.DateField(blank=True, null=True, verbose_name="otomatis sampai tanggal")),
                (
                    "renew_overdue",
                    models.BooleanField(blank=True, null=True, verbose_name="boleh diperpanjang walau terlambat"),
                ),
                (
                    "renewal_total_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="lama seluruhnya dengan perpanjangan (hari)"
                    ),
                ),
                (
                    "article_scope",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "Tidak"),
                            ("yes", "Ya"),
                            ("item", "Ya, dengan menyebut jilid atau eksemplarnya"),
                            ("title", "Ya, tanpa memilih eksemplar"),
                        ],
                        max_length=5,
                        verbose_name="salinan artikel atau bab",
                    ),
                ),
                (
                    "article_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="permintaan salinan yang berjalan, paling banyak"
                    ),
                ),
                ("article_fee", models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya salinan (Rp)")),
                (
                    "booking_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling banyak pesanan bertanggal sekaligus"
                    ),
                ),
                (
                    "booking_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="pesanan bertanggal paling lama (hari)"
                    ),
                ),
                (
                    "booking_ahead_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling jauh sebelum harinya (hari)"),
                ),
                (
                    "booking_lead_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="disiapkan sebelumnya (hari buka)"),
                ),
                (
                    "booking_trail_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="diperiksa sesudahnya (hari buka)"),
                ),
                (
                    "owed_limit",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="tunggakan paling banyak untuk meminjam (Rp)"
                    ),
                ),
                (
                    "overdue_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="pinjaman terlambat yang masih dibiarkan"
                    ),
                ),
                ("fine", models.PositiveIntegerField(blank=True, null=True, verbose_name="denda (Rp)")),
                (
                    "fine_per",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "per hari"),
                            ("hour", "per jam"),
                            ("week", "per minggu"),
                            ("once", "sekali per eksemplar"),
                        ],
                        max_length=5,
                        verbose_name="denda dihitung",
                    ),
                ),
                (
                    "fine_every",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="denda untuk setiap berapa hari, jam, atau minggu"
                    ),
                ),
                ("fine_at_end", models.BooleanField(blank=True, null=True, verbose_name="dikenakan sesudah masanya genap")),
                ("fine_steps", models.JSONField(blank=True, null=True, verbose_name="denda bertingkat")),
                ("reminder_fees", models.JSONField(blank=True, null=True, verbose_name="biaya pengingat")),
                ("grace_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="tenggang (hari)")),
                ("grace_deducts", models.BooleanField(blank=True, null=True, verbose_name="tenggang mengurangi hari denda")),
                ("fine_cap", models.PositiveIntegerField(blank=True, null=True, verbose_name="denda paling banyak (Rp)")),
                ("cap_at_price", models.BooleanField(blank=True, null=True, verbose_name="denda tidak melebihi harga")),
                ("count_closed_days", models.BooleanField(blank=True, null=True, verbose_name="hari tutup ikut didenda")),
                ("suspension_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="skors (hari)")),
                (
                    "suspension_every",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="untuk setiap berapa hari terlambat"),
                ),
                (
                    "suspension_cap",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="skors paling lama (hari)"),
                ),
                (
                    "lost_after_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="dianggap hilang sesudah terlambat (hari)"
                    ),
                ),
                (
                    "lost_percent",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="ganti hilang (persen harga)"),
                ),
                (
                    "lost_price",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="harga bila tidak tercatat (Rp)"),
                ),
                (
                    "lost_copies",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="atau diganti eksemplar sebanyak"),
                ),
                (
                    "processing_fee",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya pengolahan pengganti (Rp)"),
                ),
                (
                    "refund_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="uang kembali bila ditemukan dalam (hari)"
                    ),
                ),
                (
                    "lost_return",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "kembali seluruhnya"),
                            ("fine", "kembali seluruhnya, tetapi denda dihitung sampai buku kembali"),
                            ("unpaid", "yang belum dibayar dihapus, yang sudah dibayar tidak kembali"),
                            ("nothing", "tidak kembali"),
                        ],
                        max_length=8,
                        verbose_name="harga yang hilang lalu kembali",
                    ),
                ),
                (
                    "processing_return",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "kembali seluruhnya"),
                            ("unpaid", "yang belum dibayar dihapus, yang sudah dibayar tidak kembali"),
                            ("nothing", "tidak kembali"),
                        ],
                        max_length=8,
                        verbose_name="biaya pengolahan yang kembali bila ditemukan",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nama paket")),
            ],
            options={
                "verbose_name": "paket ketentuan",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="one_package_of_a_name"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_package_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("loan_days", None), ("loan_hours", None), _connector="OR"),
                        name="a_package_counts_in_days_or_in_hours",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="LoanRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hold_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling banyak dipesan")),
                (
                    "holds_per_day",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling banyak dipesan sehari"),
                ),
                (
                    "holds_per_record",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling banyak dipesan dari satu judul"
                    ),
                ),
                (
                    "hold_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="lama pesanan menunggu diambil (hari)"
                    ),
                ),
                ("hold_on_shelf", models.BooleanField(blank=True, null=True, verbose_name="boleh dipesan walau ada di rak")),
                (
                    "hold_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("any", "Anggota cabang mana pun"),
                            ("own", "Hanya anggota cabang pemiliknya"),
                            ("group", "Anggota cabang pemiliknya dan cabang seinduk"),
                        ],
                        max_length=5,
                        verbose_name="siapa yang boleh memesan",
                    ),
                ),
                (
                    "pickup_at",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("any", "Di cabang mana pun"),
                            ("home", "Hanya di cabang pemiliknya"),
                            ("holding", "Hanya di cabang tempat eksemplarnya berada"),
                            ("group", "Di cabang pemiliknya dan cabang seinduk"),
                        ],
                        max_length=7,
                        verbose_name="pesanan diambil",
                    ),
                ),
                (
                    "hold_of",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "Judulnya"),
                            ("either", "Judulnya, atau satu eksemplar bila dipilih"),
                            ("copy", "Hanya eksemplar yang dipilih"),
                        ],
                        max_length=6,
                        verbose_name="yang dipesan anggota",
                    ),
                ),
                (
                    "guarded_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="eksemplar baru hanya untuk cabang pemiliknya (hari)"
                    ),
                ),
                (
                    "unfetched_fee",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya pesanan yang tidak diambil (Rp)"),
                ),
                (
                    "cancel_ready",
                    models.BooleanField(blank=True, null=True, verbose_name="anggota boleh membatalkan yang sudah siap"),
                ),
                (
                    "recall_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling banyak diminta kembali oleh anggota"
                    ),
                ),
                (
                    "recalls_per_record",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling banyak diminta kembali dari satu judul"
                    ),
                ),
                (
                    "recall_on_shelf",
                    models.BooleanField(blank=True, null=True, verbose_name="boleh diminta kembali walau ada di rak"),
                ),
                (
                    "recall_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="sisa waktu sesudah diminta kembali (hari buka)"
                    ),
                ),
                (
                    "recall_kept_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling sedikit boleh disimpan (hari sejak dipinjam)"
                    ),
                ),
                (
                    "recall_fine",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="denda bila yang diminta kembali terlambat (Rp)"
                    ),
                ),
                (
                    "recall_shelf_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="lama yang diminta kembali menunggu diambil (hari)"
                    ),
                ),
                ("may_borrow", models.BooleanField(blank=True, null=True, verbose_name="boleh dipinjam")),
                ("loan_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lama pinjam (hari)")),
                ("loan_hours", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lama pinjam (jam)")),
                (
                    "closed_days",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forward", "Digeser ke hari buka berikutnya"),
                            ("back", "Digeser ke hari buka sebelumnya"),
                            ("skip", "Hanya hari buka yang dihitung"),
                            ("ignore", "Tidak digeser"),
                        ],
                        max_length=8,
                        verbose_name="hari tutup",
                    ),
                ),
                ("due_by", models.DateField(blank=True, null=True, verbose_name="tanggal kembali")),
                (
                    "due_by_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("latest", "paling lambat tanggal itu"),
                            ("exactly", "tepat pada tanggal itu"),
                            ("earliest", "tidak sebelum tanggal itu"),
                        ],
                        max_length=8,
                        verbose_name="arti tanggal itu",
                    ),
                ),
                ("beyond_expiry", models.BooleanField(blank=True, null=True, verbose_name="boleh melewati akhir keanggotaan")),
                ("loan_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling banyak dipinjam")),
                ("loan_fee", models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya pinjam (Rp)")),
                (
                    "loan_fee_discount",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="potongan biaya pinjam (persen)"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan untuk petugas dan anggota")),
                ("renewal_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="perpanjangan")),
                (
                    "renewal_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lama perpanjangan (hari)"),
                ),
                (
                    "renew_from_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="diperpanjang paling awal (hari sebelumnya)"
                    ),
                ),
                (
                    "renew_from_due",
                    models.BooleanField(blank=True, null=True, verbose_name="dihitung dari jatuh tempo, bukan dari hari ini"),
                ),
                (
                    "renewal_gap_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="jarak antarperpanjangan (hari)"),
                ),
                (
                    "unseen_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="perpanjangan tanpa memperlihatkan buku"
                    ),
                ),
                ("renewal_fee", models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya perpanjangan (Rp)")),
                (
                    "renewal_forgives",
                    models.BooleanField(blank=True, null=True, verbose_name="denda dihapus bila diperpanjang"),
                ),
                ("auto_renew", models.BooleanField(blank=True, null=True, verbose_name="diperpanjang otomatis")),
                (
                    "auto_renew_from_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="otomatis sejak (hari sebelum jatuh tempo)"
                    ),
                ),
                (
                    "auto_renew_for_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="otomatis sampai dipinjam selama (hari)"
                    ),
                ),
                ("auto_renew_until", models.DateField(blank=True, null=True, verbose_name="otomatis sampai tanggal")),
                (
                    "renew_overdue",
                    models.BooleanField(blank=True, null=True, verbose_name="boleh diperpanjang walau terlambat"),
                ),
                (
                    "renewal_total_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="lama seluruhnya dengan perpanjangan (hari)"
                    ),
                ),
                (
                    "article_scope",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "Tidak"),
                            ("yes", "Ya"),
                            ("item", "Ya, dengan menyebut jilid atau eksemplarnya"),
                            ("title", "Ya, tanpa memilih eksemplar"),
                        ],
                        max_length=5,
                        verbose_name="salinan artikel atau bab",
                    ),
                ),
                (
                    "article_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="permintaan salinan yang berjalan, paling banyak"
                    ),
                ),
                ("article_fee", models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya salinan (Rp)")),
                (
                    "booking_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="paling banyak pesanan bertanggal sekaligus"
                    ),
                ),
                (
                    "booking_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="pesanan bertanggal paling lama (hari)"
                    ),
                ),
                (
                    "booking_ahead_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paling jauh sebelum harinya (hari)"),
                ),
                (
                    "booking_lead_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="disiapkan sebelumnya (hari buka)"),
                ),
                (
                    "booking_trail_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="diperiksa sesudahnya (hari buka)"),
                ),
                (
                    "owed_limit",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="tunggakan paling banyak untuk meminjam (Rp)"
                    ),
                ),
                (
                    "overdue_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="pinjaman terlambat yang masih dibiarkan"
                    ),
                ),
                ("fine", models.PositiveIntegerField(blank=True, null=True, verbose_name="denda (Rp)")),
                (
                    "fine_per",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "per hari"),
                            ("hour", "per jam"),
                            ("week", "per minggu"),
                            ("once", "sekali per eksemplar"),
                        ],
                        max_length=5,
                        verbose_name="denda dihitung",
                    ),
                ),
                (
                    "fine_every",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="denda untuk setiap berapa hari, jam, atau minggu"
                    ),
                ),
                ("fine_at_end", models.BooleanField(blank=True, null=True, verbose_name="dikenakan sesudah masanya genap")),
                ("fine_steps", models.JSONField(blank=True, null=True, verbose_name="denda bertingkat")),
                ("reminder_fees", models.JSONField(blank=True, null=True, verbose_name="biaya pengingat")),
                ("grace_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="tenggang (hari)")),
                ("grace_deducts", models.BooleanField(blank=True, null=True, verbose_name="tenggang mengurangi hari denda")),
                ("fine_cap", models.PositiveIntegerField(blank=True, null=True, verbose_name="denda paling banyak (Rp)")),
                ("cap_at_price", models.BooleanField(blank=True, null=True, verbose_name="denda tidak melebihi harga")),
                ("count_closed_days", models.BooleanField(blank=True, null=True, verbose_name="hari tutup ikut didenda")),
                ("suspension_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="skors (hari)")),
                (
                    "suspension_every",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="untuk setiap berapa hari terlambat"),
                ),
                (
                    "suspension_cap",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="skors paling lama (hari)"),
                ),
                (
                    "lost_after_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="dianggap hilang sesudah terlambat (hari)"
                    ),
                ),
                (
                    "lost_percent",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="ganti hilang (persen harga)"),
                ),
                (
                    "lost_price",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="harga bila tidak tercatat (Rp)"),
                ),
                (
                    "lost_copies",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="atau diganti eksemplar sebanyak"),
                ),
                (
                    "processing_fee",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="biaya pengolahan pengganti (Rp)"),
                ),
                (
                    "refund_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="uang kembali bila ditemukan dalam (hari)"
                    ),
                ),
                (
                    "lost_return",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "kembali seluruhnya"),
                            ("fine", "kembali seluruhnya, tetapi denda dihitung sampai buku kembali"),
                            ("unpaid", "yang belum dibayar dihapus, yang sudah dibayar tidak kembali"),
                            ("nothing", "tidak kembali"),
                        ],
                        max_length=8,
                        verbose_name="harga yang hilang lalu kembali",
                    ),
                ),
                (
                    "processing_return",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "kembali seluruhnya"),
                            ("unpaid", "yang belum dibayar dihapus, yang sudah dibayar tidak kembali"),
                            ("nothing", "tidak kembali"),
                        ],
                        max_length=8,
                        verbose_name="biaya pengolahan yang kembali bila ditemukan",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="nama aturan")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.category",
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
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
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
                    ),
                ),
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
                ("unit", models.CharField(blank=True, max_length=120, verbose_name="unit")),
                (
                    "faculty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.faculty",
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
                    ),
                ),
                ("age_from", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="umur mulai (tahun)")),
                ("age_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="umur sampai (tahun)")),
                (
                    "new_for_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="eksemplar baru, sampai umur (hari)"),
                ),
                ("in_demand", models.BooleanField(default=False, verbose_name="judulnya sedang ditunggu pemesan")),
                (
                    "waiting_from",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="ditunggu paling sedikit"),
                ),
                (
                    "waiting_counted",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "pesanan pada judulnya"),
                            ("beyond", "pesanan melebihi jumlah eksemplarnya"),
                            ("copy", "pesanan untuk tiap eksemplar"),
                            ("free", "pesanan untuk tiap eksemplar di rak"),
                        ],
                        max_length=6,
                        verbose_name="yang dihitung",
                    ),
                ),
                (
                    "loan_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("normal", "Dibawa pulang"),
                            ("on_site", "Baca di tempat"),
                            ("hourly", "Jam-jaman (tandon)"),
                            ("delivery", "Diantar"),
                        ],
                        max_length=10,
                        verbose_name="cara meminjam",
                    ),
                ),
                ("is_renewal", models.BooleanField(default=False, verbose_name="hanya untuk perpanjangan")),
                ("weekdays", models.CharField(blank=True, max_length=7, verbose_name="hari")),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="mulai tanggal")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="sampai tanggal")),
                (
                    "period",
                    models.CharField(
                        blank=True,
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
                        verbose_name="masa",
                    ),
                ),
                (
                    "return_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "Pulang ke cabang pemiliknya"),
                            ("lender", "Kembali ke cabang yang meminjamkannya"),
                            ("stays", "Tinggal di cabang tempat dikembalikan"),
                        ],
                        max_length=6,
                        verbose_name="sesudah kembali",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="circulation.termpackage",
                        verbose_name="paket ketentuan",
                    ),
                ),
                (
                    "branch_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branchgroup",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                    ),
                ),
                (
                    "home_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branchgroup",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branchgroup",
                    ),
                ),
                (
                    "stands",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                    ),
                ),
                (
                    "stands_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branchgroup",
                    ),
                ),
                ("case_key", models.CharField(editable=False, max_length=400)),
            ],
            options={
                "verbose_name": "aturan peminjaman",
                "constraints": [
                    models.UniqueConstraint(fields=("case_key",), name="one_rule_for_one_case"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day", None), ("last_day", None), ("last_day__gte", models.F("first_day")), _connector="OR"
                        ),
                        name="a_rule_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_from", None), ("age_to", None), ("age_to__gte", models.F("age_from")), _connector="OR"
                        ),
                        name="a_rule_for_ages_goes_upwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("branch", None), ("branch_group", None), _connector="OR"),
                        name="a_rule_has_one_branch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("home", None), ("home_group", None), _connector="OR"), name="a_rule_has_one_home"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", None), ("owner_group", None), _connector="OR"), name="a_rule_has_one_owner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stands", None), ("stands_group", None), _connector="OR"),
                        name="a_rule_has_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("loan_days", None), ("loan_hours", None), _connector="OR"),
                        name="a_rule_counts_in_days_or_in_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("return_to", ""),
                            models.Q(
                                ("age_from", None),
                                ("age_to", None),
                                ("category", None),
                                ("faculty", None),
                                ("home", None),
                                ("home_group", None),
                                ("in_demand", False),
                                ("is_renewal", False),
                                ("loan_kind", ""),
                                ("programme", None),
                                ("unit", ""),
                                ("waiting_from", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_rule_of_what_comes_back_speaks_of_no_member",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OfflineEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("device", models.CharField(max_length=40, verbose_name="perangkat")),
                ("sequence", models.PositiveIntegerField(verbose_name="nomor")),
                (
                    "kind",
                    models.CharField(
                        choices=[("loan", "Peminjaman"), ("return", "Pengembalian")], max_length=10, verbose_name="jenis"
                    ),
                ),
                ("card", models.CharField(blank=True, max_length=60, verbose_name="kartu")),
                ("code", models.CharField(max_length=60, verbose_name="barcode")),
                ("happened_at", models.DateTimeField(verbose_name="terjadi")),
                ("received_at", models.DateTimeField(verbose_name="diterima")),
                (
                    "state",
                    models.CharField(
                        choices=[("done", "Tercatat"), ("conflict", "Perlu diselesaikan"), ("dismissed", "Dikesampingkan")],
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("is_taken_back", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="alasan dikesampingkan")),
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
                    "clerk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "loan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="circulation.loan",
                        verbose_name="pinjaman",
                    ),
                ),
            ],
            options={
                "verbose_name": "catatan luring",
                "ordering": ["happened_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("device", "branch", "sequence"), name="a_device_tells_of_a_number_once_at_a_branch"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "conflict"), ("card", ""), _connector="OR"),
                        name="a_card_is_kept_while_there_is_a_conflict",
                    ),
                ],
                "indexes": [
                    models.Index(condition=models.Q(("state", "conflict")), fields=["happened_at"], name="offline_conflicts")
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.BigIntegerField(verbose_name="jumlah")),
                ("is_pay_out", models.BooleanField(default=False)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("cash", "Tunai"),
                            ("transfer", "Transfer bank"),
                            ("qris", "QRIS"),
                            ("credit", "Saldo anggota"),
                            ("other", "Lain-lain"),
                        ],
                        max_length=10,
                        verbose_name="cara",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu diperiksa"),
                            ("received", "Diterima"),
                            ("rejected", "Ditolak"),
                            ("cancelled", "Dibatalkan"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("receipt_number", models.CharField(max_length=20, null=True, unique=True, verbose_name="nomor kuitansi")),
                ("reference", models.CharField(blank=True, max_length=80, verbose_name="nomor rujukan")),
                ("proof", models.CharField(blank=True, max_length=200, verbose_name="bukti")),
                ("made_at", models.DateTimeField(verbose_name="waktu")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="alasan")),
                ("once", models.CharField(max_length=120, null=True, unique=True)),
                ("qr_text", models.TextField(blank=True)),
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
                    "closing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="circulation.cashclosing",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "pembayaran",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_payment_is_more_than_nothing"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("receipt_number__isnull", False), ("state__in", ["received", "cancelled"])),
                            models.Q(("receipt_number", None), ("state__in", ["waiting", "rejected"])),
                            _connector="OR",
                        ),
                        name="a_receipt_is_given_for_what_was_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closing", None), models.Q(("method", "cash"), ("state", "received")), _connector="OR"
                        ),
                        name="a_closing_counts_cash_received",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closing", None), ("method", "cash"), ("state", "received")),
                        fields=["branch"],
                        name="cash_in_drawer",
                    ),
                    models.Index(condition=models.Q(("state", "waiting")), fields=["made_at"], name="payments_to_verify"),
                    models.Index(fields=["branch", "made_at"], name="payments_by_branch_and_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("charge", "Dikenakan"),
                            ("payment", "Pembayaran"),
                            ("cancellation", "Pembayaran dibatalkan"),
                            ("waiver", "Dibebaskan"),
                            ("write_off", "Dihapusbukukan"),
                            ("correction", "Koreksi"),
                            ("reversal", "Ditarik kembali"),
                            ("credit", "Menjadi saldo anggota"),
                            ("pay_out", "Dikembalikan kepada anggota"),
                        ],
                        max_length=12,
                        verbose_name="jenis",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="jumlah")),
                ("at", models.DateTimeField(verbose_name="waktu")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="alasan")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="circulation.feeaccount"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "fee",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="circulation.fee"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="circulation.payment"
                    ),
                ),
            ],
            options={
                "verbose_name": "baris rekening",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="an_entry_moves_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["charge", "cancellation", "pay_out"]), _negated=True),
                            ("amount__gt", 0),
                            ("fee", None),
                            _connector="OR",
                        ),
                        name="a_charge_adds_to_what_is_owed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["waiver", "write_off", "correction", "reversal"]), _negated=True),
                            models.Q(("amount__lt", 0), ("fee__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_waiver_takes_from_what_is_owed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["payment", "cancellation", "pay_out"]), _negated=True),
                            ("payment__isnull", False),
                            _connector="OR",
                        ),
                        name="money_moves_with_its_payment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhoneLending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_on", models.BooleanField(default=False, verbose_name="anggota boleh meminjam dengan ponselnya")),
                ("networks", models.TextField(blank=True, verbose_name="jaringan cabang ini")),
                ("takes_code", models.BooleanField(default=True, verbose_name="terima juga kode hari ini")),
                (
                    "branch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
            ],
            options={
                "verbose_name": "pinjam dengan ponsel",
                "ordering": ["branch"],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hashed", models.CharField(max_length=128)),
                ("set_at", models.DateTimeField(verbose_name="dibuat")),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
                (
                    "member",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"),
                ),
            ],
            options={
                "verbose_name": "PIN",
                "ordering": ["member"],
            },
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recalled_at", models.DateTimeField(verbose_name="diminta kembali")),
                ("was_due_at", models.DateTimeField(verbose_name="jatuh tempo semula")),
                ("due_at", models.DateTimeField(verbose_name="jatuh tempo")),
                (
                    "hold",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="circulation.hold",
                        verbose_name="pesanan",
                    ),
                ),
                (
                    "loan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recall",
                        to="circulation.loan",
                        verbose_name="pinjaman",
                    ),
                ),
                (
                    "recalled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "permintaan kembali",
                "ordering": ["-recalled_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__lt", models.F("was_due_at"))), name="recall_brings_the_due_date_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Renewal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("renewed_at", models.DateTimeField(verbose_name="diperpanjang")),
                ("was_due_at", models.DateTimeField(verbose_name="jatuh tempo semula")),
                ("due_at", models.DateTimeField(verbose_name="jatuh tempo")),
                ("waive_reason", models.TextField(blank=True, default="", verbose_name="alasan pengesampingan")),
                (
                    "loan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="renewals", to="circulation.loan"
                    ),
                ),
                (
                    "renewed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "perpanjangan",
                "ordering": ["renewed_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("was_due_at"))), name="renewal_moves_the_due_date_on"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0)),
                ("weights", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_rule_book")],
            },
        ),
        migrations.CreateModel(
            name="Terminal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="nama mesin")),
                ("login", models.CharField(max_length=40, unique=True, verbose_name="nama masuk")),
                ("digest", models.CharField(max_length=64)),
                ("is_active", models.BooleanField(default=True, verbose_name="aktif")),
                ("needs_pin", models.BooleanField(default=True, verbose_name="anggota harus memasukkan PIN")),
                ("lends", models.BooleanField(default=True, verbose_name="meminjamkan dan memperpanjang")),
                ("takes_back", models.BooleanField(default=True, verbose_name="menerima pengembalian")),
                ("places_holds", models.BooleanField(default=False, verbose_name="mencatat pesanan")),
                ("takes_fees", models.BooleanField(default=False, verbose_name="menerima pembayaran denda")),
                ("blocks_cards", models.BooleanField(default=False, verbose_name="boleh memblokir kartu yang tertelan")),
                (
                    "encoding",
                    models.CharField(
                        choices=[("utf-8", "UTF-8"), ("cp850", "CP850"), ("latin-1", "ISO 8859-1"), ("cp1252", "Windows-1252")],
                        default="utf-8",
                        max_length=10,
                        verbose_name="pengodean huruf",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Bahasa Indonesia"), ("en", "English")],
                        default="id",
                        max_length=2,
                        verbose_name="bahasa layar",
                    ),
                ),
                ("last_seen_at", models.DateTimeField(null=True, verbose_name="terakhir tersambung")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bertindak atas nama",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
            ],
            options={
                "verbose_name": "mesin mandiri",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("login"), name="terminal_login_is_unique_in_any_case"
                    ),
                    models.CheckConstraint(condition=models.Q(("login", ""), _negated=True), name="terminal_has_a_login"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Urgency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kept_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="paling sedikit boleh disimpan (hari sejak dipinjam)"
                    ),
                ),
                (
                    "return_days",
                    models.PositiveSmallIntegerField(default=3, verbose_name="waktu untuk mengembalikan (hari buka)"),
                ),
                (
                    "local_first",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Menurut urutan memesan saja"),
                            ("pickup", "Yang mengambil di cabang pemilik eksemplarnya"),
                            ("members", "Anggota cabang pemilik eksemplarnya"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="eksemplar sebuah cabang lebih dahulu untuk",
                    ),
                ),
            ],
            options={
                "verbose_name": "pengaturan pesanan",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("return_days__gte", 1)), name="a_recall_leaves_a_day_to_return")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentWays",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bank", models.TextField(blank=True, max_length=300, verbose_name="rekening bank")),
                ("qris_name", models.CharField(blank=True, max_length=80, verbose_name="nama pada QRIS")),
                ("qris_file", models.CharField(blank=True, max_length=200)),
                ("qris_kind", models.CharField(blank=True, max_length=8)),
                ("gateway_address", models.URLField(blank=True, verbose_name="alamat penyedia QRIS")),
                ("gateway_secret", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "cara membayar",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_row_of_payment_ways")],
            },
        ),
        migrations.CreateModel(
            name="ClosedDoors",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(verbose_name="hari pertama")),
                ("last_day", models.DateField(verbose_name="hari terakhir")),
                ("reason", models.CharField(max_length=120, verbose_name="alasan")),
                ("note", models.CharField(max_length=200, verbose_name="yang tetap dapat dilakukan")),
                ("pickups", models.JSONField(default=dict)),
                ("services", models.JSONField(default=dict)),
                ("loans_moved", models.PositiveIntegerField(default=0, verbose_name="jatuh tempo dipindahkan")),
                ("loans_to_move", models.PositiveIntegerField(default=0)),
                ("is_moving", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True, verbose_name="dibuka kembali")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_doors",
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
                    "closure",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="organization.closure"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="organization.period"
                    ),
                ),
                (
                    "due_dates",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circulation.duedatemove"
                    ),
                ),
                ("delivers", models.BooleanField(default=False, verbose_name="mengirim buku dengan kurir")),
                ("delivery_fee", models.PositiveIntegerField(default=0, verbose_name="ongkos kirim")),
                (
                    "quarantine_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="hari istirahat buku yang kembali"),
                ),
                ("slot_days", models.CharField(default="12345", max_length=7, verbose_name="hari pengambilan")),
                ("slot_from", models.TimeField(blank=True, null=True, verbose_name="pengambilan dari")),
                ("slot_limit", models.PositiveSmallIntegerField(default=0, verbose_name="orang tiap giliran")),
                ("slot_minutes", models.PositiveSmallIntegerField(default=30, verbose_name="menit tiap giliran")),
                ("slot_until", models.TimeField(blank=True, null=True, verbose_name="pengambilan sampai")),
                ("tells", models.BooleanField(default=True, verbose_name="kirim surat kepada yang terkena")),
            ],
            options={
                "verbose_name": "layanan pintu tertutup",
                "ordering": ["-first_day", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="doors_open_after_they_close"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("note", ""), _negated=True)),
                        name="closed_doors_say_why_and_what_remains",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(verbose_name="istirahat sampai")),
                (
                    "closed_doors",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rests", to="circulation.closeddoors"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.item"),
                ),
            ],
            options={
                "ordering": ["until", "id"],
            },
        ),
        migrations.CreateModel(
            name="DutyDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("place", models.CharField(choices=[("office", "Di kantor"), ("home", "Dari rumah")], max_length=10)),
                (
                    "closed_doors",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="duty", to="circulation.closeddoors"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["day", "user"],
                "constraints": [
                    models.UniqueConstraint(fields=("closed_doors", "user", "day"), name="one_place_of_work_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pickup", "Diambil pada jam yang dipesan"), ("delivery", "Dikirim kurir")],
                        max_length=10,
                        verbose_name="cara",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Menunggu"),
                            ("packed", "Dikemas"),
                            ("sent", "Dikirim"),
                            ("done", "Selesai"),
                            ("returned", "Kembali dari kurir"),
                            ("cancelled", "Dibatalkan"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("starts_at", models.DateTimeField(null=True, verbose_name="jam")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="alamat kirim")),
                ("courier", models.CharField(blank=True, max_length=60, verbose_name="kurir")),
                ("tracking", models.CharField(blank=True, max_length=60, verbose_name="nomor resi")),
                ("fee", models.PositiveIntegerField(default=0, verbose_name="ongkos kirim")),
                ("asked_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
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
                    "closed_doors",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="circulation.closeddoors",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
            ],
            options={
                "verbose_name": "penyerahan",
                "ordering": ["starts_at", "asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "sent"])),
                        fields=("closed_doors", "member"),
                        name="one_open_handover_of_a_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_doors", None), ("state__in", ["asked", "packed", "sent"])),
                        fields=("branch", "member"),
                        name="one_open_parcel_of_a_member_at_a_branch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_doors__isnull", False), ("kind", "delivery"), _connector="OR"),
                        name="only_parcels_stand_without_closed_doors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "pickup"), _negated=True), ("starts_at__isnull", False), _connector="OR"
                        ),
                        name="a_pickup_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "packed", "sent"]), ("closed_at__isnull", False), _connector="XOR"
                        ),
                        name="a_closed_handover_says_since_when",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="hold",
            name="handover",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="circulation.handover",
                verbose_name="kiriman",
            ),
        ),
        migrations.CreateModel(
            name="DeliveryTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_on", models.BooleanField(default=False, verbose_name="kirim buku ke alamat anggota")),
                ("fee", models.PositiveIntegerField(default=0, verbose_name="ongkos kirim")),
                ("way_back", models.CharField(blank=True, max_length=200, verbose_name="cara mengembalikan")),
                (
                    "branch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="cabang",
                    ),
                ),
                (
                    "categories",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="members.category", verbose_name="kategori yang boleh meminta"
                    ),
                ),
                (
                    "programmes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="organization.studyprogramme",
                        verbose_name="program studi yang boleh meminta",
                    ),
                ),
            ],
            options={
                "verbose_name": "kiriman ke rumah",
                "ordering": ["branch"],
            },
        ),
        migrations.CreateModel(
            name="KeptAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=300, verbose_name="alamat kirim")),
                ("agreed_at", models.DateTimeField(verbose_name="disetujui")),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_address",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
            ],
            options={
                "verbose_name": "alamat kirim",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("address", ""), _negated=True), name="a_kept_address_says_where")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_file", models.BooleanField(default=True, verbose_name="boleh dibaca sebagai berkas")),
                ("file_days", models.PositiveSmallIntegerField(default=14, verbose_name="berkas dapat dibaca selama (hari)")),
                (
                    "paper_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="salinan kertas menunggu diambil (hari buka)"),
                ),
                (
                    "most_pages",
                    models.PositiveSmallIntegerField(blank=True, default=60, null=True, verbose_name="paling banyak halaman"),
                ),
                (
                    "most_percent",
                    models.PositiveSmallIntegerField(
                        blank=True, default=25, null=True, verbose_name="bagian terbesar dari karya (persen)"
                    ),
                ),
                (
                    "apart_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="jarak antarbagian dari jilid yang sama (hari)"),
                ),
            ],
            options={
                "verbose_name": "salinan artikel dan bab",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_row_of_article_terms"),
                    models.CheckConstraint(
                        condition=models.Q(("file_days__gte", 1)), name="a_file_may_be_read_for_a_day_at_least"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("article", "Artikel"), ("chapter", "Bab")], max_length=10, verbose_name="jenis"),
                ),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="judul artikel atau bab")),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="pengarang")),
                ("issue", models.CharField(blank=True, max_length=80, verbose_name="jilid, nomor, atau tahun")),
                ("pages", models.CharField(blank=True, max_length=60, verbose_name="halaman")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="catatan")),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("study", "Pendidikan"),
                            ("research", "Penelitian"),
                            ("writing", "Penulisan karya ilmiah"),
                            ("review", "Penulisan laporan, kritik, atau tinjauan"),
                        ],
                        max_length=10,
                        verbose_name="keperluan",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("file", "Dibaca sebagai berkas"), ("pickup", "Diambil"), ("post", "Dikirim ke alamat")],
                        max_length=10,
                        verbose_name="cara mendapatkannya",
                    ),
                ),
                ("brought_on", models.DateField(null=True, verbose_name="dibawa pada")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="alamat kirim")),
                ("courier", models.CharField(blank=True, max_length=60, verbose_name="kurir")),
                ("tracking", models.CharField(blank=True, max_length=60, verbose_name="nomor resi")),
                ("fee", models.PositiveIntegerField(default=0, verbose_name="biaya salinan")),
                ("postage", models.PositiveIntegerField(default=0, verbose_name="ongkos kirim")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Menunggu"),
                            ("in_work", "Dikerjakan"),
                            ("ready", "Siap"),
                            ("done", "Selesai"),
                            ("expired", "Berakhir"),
                            ("refused", "Ditolak"),
                            ("cancelled", "Dibatalkan"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                ("stored_file", models.CharField(blank=True, max_length=200)),
                ("page_count", models.PositiveSmallIntegerField(null=True, verbose_name="halaman yang disalin")),
                ("until", models.DateField(null=True, verbose_name="sampai")),
                ("downloads", models.PositiveIntegerField(default=0, verbose_name="kali diunduh")),
                ("asked_at", models.DateTimeField(verbose_name="diminta")),
                ("agreed_at", models.DateTimeField(null=True, verbose_name="disetujui")),
                ("taken_up_at", models.DateTimeField(null=True, verbose_name="mulai dikerjakan")),
                ("fulfilled_at", models.DateTimeField(null=True, verbose_name="dipenuhi")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="ditutup")),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="disalin di",
                    ),
                ),
                (
                    "charged",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="circulation.fee",
                        verbose_name="biaya",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.item",
                        verbose_name="eksemplar",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_requests",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
                (
                    "pickup_branch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="diambil di",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_requests",
                        to="circulation.handoverplace",
                        verbose_name="diserahkan di",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_requests",
                        to="catalogue.record",
                        verbose_name="judul",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="disalin oleh",
                    ),
                ),
            ],
            options={
                "verbose_name": "permintaan salinan",
                "ordering": ["asked_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["asked", "in_work", "ready"])),
                        fields=["branch", "asked_at"],
                        name="article_requests_of_a_branch",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False), ("member__isnull", False)),
                        fields=["closed_at"],
                        name="closed_articles_with_a_member",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("pages", ""), _negated=True), _connector="OR"
                        ),
                        name="a_part_has_a_title_or_pages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "in_work", "ready"]), ("closed_at__isnull", False), _connector="XOR"
                        ),
                        name="a_closed_article_request_says_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", False), ("member__isnull", False), _connector="OR"),
                        name="an_open_article_request_has_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stored_file", ""), models.Q(("state", "ready"), ("way", "file")), _connector="OR"),
                        name="a_scan_is_kept_only_while_it_may_be_read",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), ("way", "file"), _negated=True),
                            models.Q(models.Q(("stored_file", ""), _negated=True), ("until__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_scan_that_is_ready_is_there_until_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_refused_article_request_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "pickup"), _negated=True), ("pickup_branch__isnull", False), _connector="OR"
                        ),
                        name="what_is_fetched_is_fetched_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "post"), _negated=True),
                            models.Q(("state__in", ["asked", "in_work"]), _negated=True),
                            models.Q(("address", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_copy_that_is_to_be_sent_has_its_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("any_copy", models.BooleanField(default=True, verbose_name="eksemplar mana saja")),
                ("first_day", models.DateField(verbose_name="hari pertama")),
                ("last_day", models.DateField(verbose_name="hari terakhir")),
                ("blocked_from", models.DateField(verbose_name="dijaga mulai")),
                ("blocked_until", models.DateField(verbose_name="dijaga sampai")),
                ("fetch_until", models.DateField(verbose_name="diambil paling lambat")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Menunggu harinya"),
                            ("fetched", "Sudah diambil"),
                            ("cancelled", "Dibatalkan"),
                            ("expired", "Tidak diambil"),
                        ],
                        default="booked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="untuk apa")),
                ("booked_at", models.DateTimeField(verbose_name="dibuat")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="ditutup")),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.branch",
                        verbose_name="diambil di",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="catalogue.item",
                        verbose_name="eksemplar",
                    ),
                ),
                (
                    "loan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="filled_bookings",
                        to="circulation.loan",
                        verbose_name="pinjaman",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="members.member",
                        verbose_name="anggota",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="catalogue.record",
                        verbose_name="judul",
                    ),
                ),
            ],
            options={
                "verbose_name": "pesanan bertanggal",
                "ordering": ["first_day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blocked_from__lte", models.F("first_day")),
                            ("blocked_until__gte", models.F("last_day")),
                            ("last_day__gte", models.F("first_day")),
                        ),
                        name="a_booking_goes_forwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fetch_until__gte", models.F("first_day")), ("fetch_until__lte", models.F("last_day"))
                        ),
                        name="a_booking_is_fetched_within_its_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "booked"), _negated=True), ("member__isnull", False), _connector="OR"
                        ),
                        name="an_open_booking_has_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "booked")),
                            models.Q(models.Q(("state", "booked"), _negated=True), ("closed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_booking_is_closed_once_it_waits_no_more",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "booked")), fields=["item", "blocked_from"], name="open_bookings_of_item"
                    ),
                    models.Index(condition=models.Q(("state", "booked")), fields=["first_day"], name="open_bookings_by_day"),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False), ("member__isnull", False)),
                        fields=["closed_at"],
                        name="closed_bookings_with_a_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BookedDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="tanggal")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.item",
                        verbose_name="eksemplar",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="circulation.booking",
                        verbose_name="pesanan bertanggal",
                    ),
                ),
            ],
            options={
                "ordering": ["day", "id"],
                "constraints": [models.UniqueConstraint(fields=("item", "day"), name="a_copy_is_booked_once_a_day")],
            },
        ),
    ]
