import django.db.models.deletion
import lumbung.messaging.models.policy
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Occasion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="saluran")),
                ("name", models.CharField(max_length=80, verbose_name="nama")),
                ("settings", models.JSONField(default=dict)),
                ("sealed_secrets", models.TextField(blank=True)),
                ("is_built_in", models.BooleanField(default=False)),
                ("is_enabled", models.BooleanField(default=True, verbose_name="dinyalakan")),
                ("cut_at", models.DateTimeField(null=True, verbose_name="diputus")),
                (
                    "health",
                    models.CharField(
                        choices=[("unknown", "Belum diperiksa"), ("well", "Sehat"), ("ailing", "Bermasalah")],
                        default="unknown",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                ("health_note", models.TextField(blank=True)),
                ("health_at", models.DateTimeField(null=True)),
                ("hook_key", models.CharField(max_length=64)),
                ("place", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "akun saluran",
                "ordering": ["kind", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("hook_key",), name="a_hook_leads_to_one_account"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_built_in", True)), fields=("kind",), name="one_built_in_account_of_a_kind"
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="an_account_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=254, verbose_name="alamat")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="nama")),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="bahasa")),
                ("is_group", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("last_inbound_at", models.DateTimeField(null=True, verbose_name="terakhir menulis")),
                ("opted_out_at", models.DateTimeField(null=True, verbose_name="berhenti")),
                ("left_at", models.DateTimeField(null=True)),
                ("blocked_until", models.DateTimeField(null=True, verbose_name="diblokir sampai")),
                ("reply_token", models.CharField(blank=True, max_length=250)),
                ("reply_token_until", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identities",
                        to="messaging.account",
                        verbose_name="akun saluran",
                    ),
                ),
            ],
            options={
                "verbose_name": "lawan bicara",
                "constraints": [
                    models.UniqueConstraint(fields=("account", "address"), name="an_address_is_one_identity_on_an_account"),
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), _negated=True), name="an_identity_has_an_address"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dialogue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(blank=True, max_length=2)),
                ("spoken", models.CharField(blank=True, max_length=2)),
                ("listed", models.JSONField(default=list)),
                ("more", models.JSONField(default=dict)),
                ("pending", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(null=True)),
                ("handed_at", models.DateTimeField(null=True)),
                (
                    "identity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dialogue", to="messaging.identity"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_at", None), _negated=True),
                        fields=["asked_at"],
                        name="dialogues_that_remember",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Inbound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.CharField(max_length=200)),
                ("payload", models.JSONField(default=dict)),
                ("received_at", models.DateTimeField(verbose_name="diterima")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Menunggu"), ("done", "Selesai"), ("ignored", "Diabaikan"), ("failed", "Gagal")],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("error", models.TextField(blank=True, verbose_name="galat")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inbounds", to="messaging.account"
                    ),
                ),
            ],
            options={
                "verbose_name": "peristiwa masuk",
                "constraints": [
                    models.UniqueConstraint(fields=("account", "event_id"), name="an_event_of_an_account_comes_once")
                ],
                "indexes": [models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="events_that_wait")],
            },
        ),
        migrations.CreateModel(
            name="Incoming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=250)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Teks"),
                            ("button", "Tombol"),
                            ("image", "Gambar"),
                            ("voice", "Pesan suara"),
                            ("video", "Video"),
                            ("file", "Berkas"),
                            ("sticker", "Stiker"),
                            ("location", "Lokasi"),
                            ("contact", "Kontak"),
                            ("edited", "Perubahan"),
                            ("deleted", "Penghapusan"),
                            ("other", "Lain"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=255, verbose_name="perihal")),
                ("text", models.TextField(blank=True, verbose_name="teks")),
                ("sender", models.CharField(blank=True, max_length=150)),
                ("thread", models.CharField(blank=True, max_length=250)),
                ("about", models.CharField(blank=True, max_length=250)),
                ("data", models.JSONField(default=dict)),
                ("at", models.DateTimeField(verbose_name="ditulis")),
                ("received_at", models.DateTimeField(verbose_name="diterima")),
                ("is_settled", models.BooleanField(default=False)),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="incoming", to="messaging.identity"
                    ),
                ),
                (
                    "inbound",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="incoming", to="messaging.inbound"
                    ),
                ),
            ],
            options={
                "verbose_name": "pesan masuk",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("identity", "external_id", "kind"),
                        name="a_message_of_an_identity_comes_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deleted_at", None), ("text", ""), _connector="OR"),
                        name="a_deleted_message_says_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("reply", "Jawaban"),
                            ("notice", "Pemberitahuan"),
                            ("account", "Akun"),
                            ("rating", "Penilaian"),
                            ("broadcast", "Siaran"),
                        ],
                        default="notice",
                        max_length=10,
                        verbose_name="keperluan",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="jenis pesan")),
                ("address", models.CharField(max_length=254, verbose_name="alamat")),
                ("subject", models.CharField(blank=True, max_length=255, verbose_name="perihal")),
                ("body", models.TextField(blank=True)),
                ("content", models.JSONField(default=dict)),
                ("picture", models.CharField(blank=True, max_length=200)),
                ("unsubscribe", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Menunggu dikirim"),
                            ("sending", "Sedang dikirim"),
                            ("accepted", "Terkirim"),
                            ("delivered", "Sampai"),
                            ("read", "Dibaca"),
                            ("failed", "Gagal"),
                            ("refused", "Ditolak"),
                            ("unknown", "Tidak pasti"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="alasan saluran")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                ("error", models.TextField(blank=True, verbose_name="galat")),
                ("external_id", models.CharField(blank=True, max_length=250)),
                ("queued_at", models.DateTimeField(verbose_name="ditulis")),
                ("not_before", models.DateTimeField(null=True)),
                ("not_after", models.DateTimeField(null=True)),
                ("sending_since", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="dikirim")),
                ("delivered_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="messaging.account",
                        verbose_name="akun saluran",
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="messaging.identity",
                        verbose_name="lawan bicara",
                    ),
                ),
                (
                    "answers",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="replies", to="messaging.incoming"
                    ),
                ),
            ],
            options={
                "verbose_name": "pengiriman",
                "ordering": ["-queued_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("address", ""), _negated=True), name="a_message_has_an_address"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "delivered", "read", "refused"]), _negated=True),
                            ("purpose", "reply"),
                            models.Q(("body", ""), ("unsubscribe", "")),
                            _connector="OR",
                        ),
                        name="a_message_done_with_keeps_no_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "delivered", "read"]), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_sent_message_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), _negated=True), ("sending_since__isnull", False), _connector="OR"
                        ),
                        name="a_message_on_its_way_knows_since_when",
                    ),
                ],
                "indexes": [
                    models.Index(condition=models.Q(("state", "queued")), fields=["account", "id"], name="messages_that_wait"),
                    models.Index(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=["account", "external_id"],
                        name="messages_by_the_channels_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=200)),
                ("stored_file", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("remote", models.TextField(blank=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                (
                    "incoming",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="messaging.incoming"
                    ),
                ),
            ],
            options={
                "verbose_name": "lampiran",
                "ordering": ["id"],
                "indexes": [
                    models.Index(condition=models.Q(("remote", ""), _negated=True), fields=["id"], name="files_to_be_fetched")
                ],
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="nama")),
                ("language", models.CharField(max_length=12, verbose_name="bahasa")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Menunggu persetujuan"),
                            ("approved", "Disetujui"),
                            ("rejected", "Ditolak"),
                            ("paused", "Dijeda"),
                            ("gone", "Tidak ada lagi"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="keterangan")),
                ("body", models.TextField(blank=True, verbose_name="isi")),
                ("places", models.JSONField(default=list)),
                ("lacks", models.CharField(blank=True, max_length=20)),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="jenis pesan")),
                ("values", models.JSONField(default=list)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="templates",
                        to="messaging.account",
                        verbose_name="akun saluran",
                    ),
                ),
            ],
            options={
                "verbose_name": "templat",
                "ordering": ["name", "language", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "name", "language"), name="a_template_is_there_once_in_a_language"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("account", "code", "language"),
                        name="a_message_goes_by_one_template_in_a_language",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Understood",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("command", models.CharField(blank=True, max_length=30)),
                ("is_certain", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=2)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("refused", "Refused"),
                            ("asked", "Asked"),
                            ("handed", "Handed"),
                            ("unsent", "Unsent"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "incoming",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="understood", to="messaging.incoming"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["at"], name="understood_by_time")],
            },
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
                ("ahead_until", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="account",
            name="look_after",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="account",
            name="paused_until",
            field=models.DateTimeField(null=True, verbose_name="berhenti sejenak sampai"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="cost",
            field=models.PositiveIntegerField(default=0, verbose_name="biaya (Rp)"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="is_mailed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="identity",
            name="mail_to",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.CreateModel(
            name="NoticePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "quiet_from",
                    models.TimeField(default=lumbung.messaging.models.policy.evening, verbose_name="jam tenang mulai"),
                ),
                (
                    "quiet_until",
                    models.TimeField(default=lumbung.messaging.models.policy.morning, verbose_name="jam tenang sampai"),
                ),
                ("monthly_budget", models.PositiveIntegerField(default=0, verbose_name="anggaran sebulan (Rp)")),
            ],
            options={
                "verbose_name": "aturan pemberitahuan",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_policy_of_notices")],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="jenis pesan")),
                ("language", models.CharField(max_length=8, verbose_name="bahasa")),
                ("subject", models.CharField(max_length=255, verbose_name="perihal")),
                ("body", models.TextField(verbose_name="isi")),
            ],
            options={
                "verbose_name": "kata-kata pesan",
                "constraints": [
                    models.UniqueConstraint(fields=("code", "language"), name="a_message_has_one_wording_in_a_language"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                        name="a_wording_says_something",
                    ),
                ],
            },
        ),
    ]
