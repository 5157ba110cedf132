"""What the journal calls the events of copies of articles and chapters."""

from django.utils.translation import gettext_lazy as _

ARTICLES = {
    "ArticleRequested": _("Salinan artikel atau bab diminta"),
    "ArticleTakenUp": _("Permintaan salinan dikerjakan"),
    "ArticleHandedOn": _("Permintaan salinan dialihkan"),
    "ArticleFulfilled": _("Salinan dibuat"),
    "ArticleVisitMoved": _("Kunjungan untuk salinan berpindah hari"),
    "ArticleFetched": _("Salinan diserahkan"),
    "ArticleRefused": _("Permintaan salinan ditolak"),
    "ArticleReopened": _("Permintaan salinan dibuka lagi"),
    "ArticleCancelled": _("Permintaan salinan dibatalkan"),
    "ArticleExpired": _("Masa salinan berakhir"),
    "ArticleTermsChanged": _("Ketentuan salinan diubah"),
    "ArticlesArrived": _("Permintaan salinan pindah dari sistem lain"),
    "ArticlesWithdrawn": _("Permintaan salinan dari sistem lain dikeluarkan"),
}
