"""Django settings. Everything an administrator may change is an environment variable, listed in settings_env."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from terreau.app import settings_env as env
from terreau.app.home import home, secret

HERE = Path(__file__).resolve().parent
HOME = home()

DEBUG = False
DEMO = env.flag("TERREAU_DEMO")
SECRET_KEY = secret("secret.key")
ALLOWED_HOSTS = env.hosts()
CSRF_TRUSTED_ORIGINS = env.origins()
HTTPS = env.https()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    "terreau.app.accounts",
    "terreau.app.journal",
    "terreau.app.tasks",
    "terreau.app.files",
    "terreau.app.portfolio",
    "terreau.app.inventory",
    "terreau.app.sources",
    "terreau.app.pages",
    "terreau.app.footprint",
    "terreau.app.referentials",
    "terreau.app.evidence",
    "terreau.app.diagnosis",
    "terreau.app.audits",
    "terreau.app.publishing",
    "terreau.app.plan",
    "terreau.app.indicators",
    "terreau.app.training",
    "terreau.app.calendar",
    "terreau.app.reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "terreau.app.security.headers.SecureHeaders",
    "django.middleware.gzip.GZipMiddleware",  # around the style sheet too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "terreau.app.security.limits.UploadLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "terreau.app.security.refusals.SaidInWords",
    "terreau.app.tasks.needing.Needing",
]

ROOT_URLCONF = "terreau.app.urls"
WSGI_APPLICATION = "terreau.app.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "terreau.app.accounts.context.around",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {"default": env.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A shared cache, so that sign-in limits hold across processes; nothing else is kept there.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        # Beyond it some are thrown away: wide enough that trying many addresses does not wipe out a limit.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Languages: written in French, complete in English.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
FORMAT_MODULE_PATH = ["terreau.app.formats"]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TERREAU_TIME_ZONE", "Europe/Paris")
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # a language chosen once outlives the browser's session
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS

# Static files: served by the application itself, nothing to collect.
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

# Uploads: what may arrive, stated on the pages that receive.
UPLOAD_MAX_BYTES = env.number("TERREAU_UPLOAD_MAX_MB", 100) * 1024 * 1024
SCAN_COMMAND = env.text("TERREAU_SCAN_COMMAND")  # an antivirus: see files.scanning
UPLOAD_MAX_FILES = env.number("TERREAU_UPLOAD_MAX_FILES", 20)
ORGANISATION_MAX_BYTES = env.number("TERREAU_ORGANISATION_MAX_MB", 2048) * 1024 * 1024
WORK_SECONDS = env.number("TERREAU_WORK_SECONDS", 600)

# Long work, done by workers beside the pages. Lease: a worker silent that long has lost its job [s].
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
TASKS_HERE = False  # True: done at once by the process that asks; for tests
TASKS_BEAT_SECONDS = 1.0
TASKS_LEASE_SECONDS = 20.0
WORKERS = env.number("TERREAU_WORKERS", 2)
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_MAX_FILES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Accounts.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "terreau.app.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "terreau.app.accounts.forms_signin.SignInForm",
    "reauthenticate": "terreau.app.accounts.forms_signin.ReauthenticateForm",
    "change_password": "terreau.app.accounts.forms_signin.ChangePasswordForm",
    "reset_password": "terreau.app.accounts.forms_signin.ResetPasswordForm",
    "reset_password_from_key": "terreau.app.accounts.forms_signin.ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": "terreau.app.accounts.forms_signin.SecondFactorForm",
    "reauthenticate": "terreau.app.accounts.forms_signin.SecondFactorAgainForm",
    "activate_totp": "terreau.app.accounts.forms_signin.ActivateSecondFactorForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TERREAU_TRUSTED_PROXIES", 0)
DEMO_EMAIL = "exemple@terreau.example"
DEMO_PASSWORD = env.text("TERREAU_DEMO_PASSWORD") if DEMO else ""
MFA_ADAPTER = "terreau.app.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Terreau"
INVITATION_DAYS = 7

# Mail is optional: without a server, links are shown on screen or by `terreau user link`.
MAIL_WORKS = env.mail_works()
vars().update(env.mail())

# Sessions and headers. Content-Security-Policy and friends: security.headers.
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
if env.flag("TERREAU_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "terreau.app.security.refusals.form_expired"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "terreau.app.security.logs.WithoutSecrets"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

LANGUAGE_NAMES = {"fr": _("Français"), "en": _("Anglais")}
