"""What the events of messages and channels are called on screen."""

from django.utils.translation import gettext_lazy as _

MESSAGING_WORDS = {
    "MessageQueued": _("Pesan disiapkan"),
    "DeliveryMoved": _("Pesan berpindah status"),
    "DeliveryDecided": _("Nasib pesan diputuskan"),
    "MessageArrived": _("Pesan masuk"),
    "ArrivalsTriedAgain": _("Kiriman yang tak terbaca dicoba lagi"),
    "ArrivalLetBe": _("Kiriman yang tak terbaca diabaikan"),
    "AttachmentFetched": _("Lampiran pesan diambil"),
    "IdentityOptedOut": _("Berhenti menerima pesan"),
    "IdentityOptedIn": _("Menerima pesan lagi"),
    "IdentityBlocked": _("Lawan bicara diblokir"),
    "IdentityUnblocked": _("Blokir lawan bicara dicabut"),
    "ChatContinuedByMail": _("Obrolan dilanjutkan lewat surel"),
    "NoticePolicyChanged": _("Aturan pemberitahuan diubah"),
    "WordingChanged": _("Kata-kata pesan diubah"),
    "WordingDropped": _("Kata-kata pesan kembali ke bawaan"),
    "AccountOpened": _("Akun saluran ditambahkan"),
    "AccountChanged": _("Akun saluran diubah"),
    "AccountSwitched": _("Akun saluran dinyalakan atau dimatikan"),
    "TemplatesRead": _("Templat saluran dibaca"),
    "TemplateJudged": _("Templat saluran dinilai"),
    "TemplateChosen": _("Templat dipilih untuk pemberitahuan"),
    "ChannelsCut": _("Semua saluran diputus"),
    "ChannelsRestored": _("Semua saluran disambung lagi"),
    "PersonWanted": _("Petugas diminta dalam chat"),
    "ChatAnsweredBeside": _("Asisten menjawab perintah di sela percakapan petugas"),
}
