"""Django's settings, made from the environment. Library policy lives in the database, not here."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import global_settings

from lumbung.project import log
from lumbung.project.environment import Environment
from lumbung.project.mail import mail_settings

OLD_HASHERS = ("lumbung.accounts.domain.old_passwords.OldBcrypt", "lumbung.accounts.domain.old_passwords.OldDigest")
ENVIRONMENT = Environment()
PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENVIRONMENT.data.resolve()

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret()
SECRETS_KEY = ENVIRONMENT.secrets_key
ALLOWED_HOSTS = ENVIRONMENT.answers_to

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "lumbung.project",
    "lumbung.reactions",
    "lumbung.discovery",
    "lumbung.moving",
    "lumbung.circulation",
    "lumbung.acquisitions",
    "lumbung.spaces",
    "lumbung.knowledge",
    "lumbung.desk",
    "lumbung.digital",
    "lumbung.members",
    "lumbung.catalogue",
    "lumbung.cooperation",
    "lumbung.accounts",
    "lumbung.messaging",
    "lumbung.search",
    "lumbung.organization",
    "lumbung.kernel",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "lumbung.project.log.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "lumbung.kernel.ui.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "lumbung.project.problems.Problems",
    "lumbung.project.middleware.Doors",
    "lumbung.project.first_run.middleware.FirstRun",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lumbung.kernel.ui.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lumbung.discovery.gateways.opds.signing_in.Keys",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lumbung.project.middleware.Reader",
    "lumbung.project.middleware.Rooms",
    "lumbung.moving.web.old_addresses.OldFrontPage",
    "lumbung.kernel.ui.middleware.WrongMethodPage",
    "lumbung.kernel.ui.middleware.MethodOverride",
    "lumbung.kernel.ui.middleware.RefusalPage",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "lumbung.project.urls"
WSGI_APPLICATION = "lumbung.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lumbung.project.navigation.frame",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    if ENVIRONMENT.database_url:
        told: dict[str, Any] = {
            **dj_database_url.parse(ENVIRONMENT.database_url),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
        # Django forbids psycopg to prepare anything; only what asks for it (``kernel.prepared``) is prepared.
        return {**told, "OPTIONS": {"prepare_threshold": 5, **told.get("OPTIONS", {})}}
    return {
        "ENGINE": "lumbung.kernel.sqlite3",
        "NAME": DATA / "lumbung.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


DATABASES = {"default": _database()}
# In the database, so that sign-in throttling counts across processes and machines and survives a restart.
CACHES = {
    "default": {
        "BACKEND": "lumbung.accounts.domain.attempts.Attempts",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "lumbung.accounts.domain.sessions"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lumbung.accounts.domain.sign_in.AnyNameBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my"

ACCOUNT_ADAPTER = "lumbung.accounts.web.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_FORMS = {
    "login": "lumbung.accounts.web.forms.SignInForm",
    "change_password": "lumbung.accounts.web.forms.OtherPasswordForm",
    "set_password": "lumbung.accounts.web.forms.FirstPasswordForm",
    "reset_password": "lumbung.accounts.web.forms.ForgottenPasswordForm",
    "reset_password_from_key": "lumbung.accounts.web.forms.NewPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None
# A campus shares one address among hundreds of people, so the limit by address is wide and the one by name is narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "30/m/ip,3/10m/key",
    "reset_password_from_key": "60/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "signup": "1/m/ip",
}
API_REQUESTS_PER_MINUTE = {"anonymous": 300, "token": 30_000}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
INTERNAL_TARGETS = [str(each) for each in ENVIRONMENT.internal_targets]
CHAT_MODEL = {"url": ENVIRONMENT.chat_model_url, "name": ENVIRONMENT.chat_model, "key": ENVIRONMENT.chat_model_key}
FILTERED_SEARCHES = ENVIRONMENT.filtered_searches
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# Django's own, and those by which passwords of other systems are still good for one sign-in.
PASSWORD_HASHERS = [*global_settings.PASSWORD_HASHERS, *OLD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lumbung.accounts.domain.passwords.NotTheirName"},
    {"NAME": "lumbung.accounts.domain.passwords.LongEnough"},
    {"NAME": "lumbung.accounts.domain.passwords.NotUsual"},
]

FORM_RENDERER = "lumbung.kernel.ui.forms.FormRenderer"

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
FORMAT_MODULE_PATH = "lumbung.project.formats"
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True
USE_I18N = True

SITE_URL = ENVIRONMENT.url

globals().update(mail_settings(ENVIRONMENT.email_url))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "lumbung.kernel.ui.static.StaticFiles"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "prompt", "slow"]}}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure
# The proxy ends the encryption: it says in a header how it was asked, and browsers name the public address as their origin.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.origins
CSRF_FAILURE_VIEW = "lumbung.kernel.ui.expired.expired_page"
SECURE_HSTS_SECONDS = 31536000 if ENVIRONMENT.secure else 0
X_FRAME_OPTIONS = "DENY"

FILES_URL = ENVIRONMENT.files_url
CLAMD = ENVIRONMENT.clamd
OCR = ENVIRONMENT.ocr
FILES_COPY_URL = ENVIRONMENT.files_copy_url
LCP_CERTIFICATE = ENVIRONMENT.lcp_certificate
LCP_KEY = ENVIRONMENT.lcp_key
LCP_PROFILE = ENVIRONMENT.lcp_profile
SEARCH_URL = ENVIRONMENT.search_url
PROCESSES = ENVIRONMENT.processes
LOGGING = log.configuration(with_access=ENVIRONMENT.access_log)
