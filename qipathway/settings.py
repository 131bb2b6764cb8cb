"""Settings, read from the environment; production refuses to start without its secrets.

``QIP_DEMO=1`` turns on the demo: cards that sign in, the outbox page, the movable clock. A system
check refuses the demo on any host but this machine.
"""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = env.bool("QIP_DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
LOCAL = DEMO or DEBUG
VAR = Path(env.str("QIP_VAR", default=str(BASE_DIR / "var")))


PLACEHOLDER = re.compile(
    r"\$\{|(change|replace)[-_ ]?(me|this|it|with)|your[-_ ](secret|password|host|domain)"
    r"|placeholder|fill[-_ ]?in",
    re.IGNORECASE,
)
FEWEST = 5
"""A key of fewer different characters than this is not random."""

SAID = (
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "SITE_URL",
    "ALLOWED_HOSTS",
)
"""What a site says about itself; ``deploy/example.env`` shows each with a placeholder."""


def refuse_placeholders() -> None:
    """Refuse to start on a value that was copied from an example and never filled in."""
    for name in () if LOCAL else SAID:
        if PLACEHOLDER.search(env.str(name, default="")):
            raise ImproperlyConfigured(f"{name} still holds a placeholder; set it for this site.")


def secret(name: str, *, at_least: int = 50) -> str:
    """Return a secret from the environment, or refuse to start with a word about why."""
    value = env.str(name, default="")
    if not value and LOCAL:
        return "local-only-" + "0" * at_least
    weak = len(value) < at_least or len(set(value)) < FEWEST
    if weak or value.lower().startswith(("change", "local-only", "secret", "django-insecure")):
        raise ImproperlyConfigured(f"Set {name} to at least {at_least} random characters.")
    return value


def needed(name: str, *, locally: str) -> str:
    """Return what each site has to say about itself; only on this machine is there a default."""
    value = env.str(name, default=locally if LOCAL else "").strip()
    if not (value or LOCAL):
        raise ImproperlyConfigured(f"Set {name}; no mail leaves this site without it.")
    return value


refuse_placeholders()
SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if LOCAL else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of this site.")
if LOCAL and not set(ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}:
    raise ImproperlyConfigured(
        "The demo signs anybody in and DEBUG has a known key: both answer to this machine only."
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = needed("SITE_URL", locally=f"http://127.0.0.1:{env.str('QIP_PORT', default='8000')}")
if not LOCAL and urlsplit(SITE_URL).scheme != "https":
    raise ImproperlyConfigured("SITE_URL must begin with https://; nothing else is spoken.")

INSTALLED_APPS = [
    "qipathway.core.lib",
    "qipathway.core.clock",
    "qipathway.core.accounts",
    "qipathway.core.timeline",
    "qipathway.core.notices",
    "qipathway.core.links",
    "qipathway.core.files",
    "residents",
    "residents.selection",
    "curriculum",
    "mentorship",
    "capstone",
    "qipathway.cockpit",
    "qipathway.imports",
    "qipathway.reminders",
    "qipathway.operations",
    *(["qipathway.demo"] if DEMO else []),
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "lucide",
    "pgtrigger",
]

MIDDLEWARE = [
    "qipathway.core.lib.middleware.refuse_nul_bytes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "qipathway.core.lib.middleware.keep_private",
    "qipathway.core.lib.middleware.start_in_utc",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qipathway.core.lib.middleware.explain_deeds",
    "qipathway.core.lib.middleware.give_words_back",
    "qipathway.core.lib.middleware.only_named_methods",
]

ROOT_URLCONF = "qipathway.urls"
WSGI_APPLICATION = "qipathway.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qipathway.cockpit.context.shell",
                *(["qipathway.demo.context.cards"] if DEMO else []),
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env.db("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database.")
asked = DATABASES["default"].get("OPTIONS", {})
DATABASES["default"] |= {
    "HOST": unquote(DATABASES["default"]["HOST"]),
    "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600),
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "keepalives_idle": 30,
        **asked,
        "options": "-c statement_timeout=15s -c lock_timeout=5s"
        " -c idle_in_transaction_session_timeout=60s -c client_connection_check_interval=10s"
        f" {asked.get('options', '')}".rstrip(),
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "qipathway.policy.PolicyBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "qipathway.core.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "qipathway.core.accounts.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "qipathway.views.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz(/deep)?$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
KEEPER = "the coordinator of your program"
FILES_SCANNER = env.str("FILES_SCANNER", default="")
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "qipathway.core.lib.staticfiles.QipStaticStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "qipathway.core.lib.staticfiles.VendorFinder",
]
QIP_VENDOR_FILES = {
    "vendor/bootstrap.min.css": ("django_include_bootstrap", "static/css/bootstrap.min.css"),
}

MAIL_IS_SET_UP = bool(env.str("EMAIL_URL", default=""))
EMAIL_CONFIG = env.email_url_config(needed("EMAIL_URL", locally="smtp://127.0.0.1:25"))
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
DEFAULT_FROM_EMAIL = needed("DEFAULT_FROM_EMAIL", locally="qipathway@example.org")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
OUTBOX_DIR = VAR / "outbox"

CELERY_BROKER_URL = needed("REDIS_URL", locally="")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_TIME_LIMIT = 180
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_QUEUES = [Queue("qipathway")]
CELERY_TASK_DEFAULT_QUEUE = "qipathway"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_keepalive": True,
    "socket_connect_timeout": 2,
    "health_check_interval": 25,
}
TICK_SECONDS = env.int("TICK_SECONDS", default=3 if DEMO else 15)
HOUR = 60 * 60
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "notices.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS},
    },
    "sweep": {"task": "files.sweep", "schedule": HOUR, "options": {"expires": HOUR}},
    "erase applications": {
        "task": "selection.erase",
        "schedule": HOUR,
        "options": {"expires": HOUR},
    },
    "lapse offers": {"task": "selection.lapse", "schedule": HOUR, "options": {"expires": HOUR}},
    "sweep uploads": {"task": "imports.sweep", "schedule": HOUR, "options": {"expires": HOUR}},
}

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)r"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
