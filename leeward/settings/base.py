"""Django's settings, the same for every way of running; what differs comes from `config`."""

from __future__ import annotations

from pathlib import Path

from jinja2 import StrictUndefined

from leeward.settings.config import read_config
from leeward.settings.database import database_settings
from leeward.settings.places import prepare_data_folder, read_secret_key

CONFIG = read_config()
PACKAGE = Path(__file__).resolve().parent.parent
DATA = prepare_data_folder(CONFIG.data)

SECRET_KEY = read_secret_key(CONFIG, DATA)
DEBUG = CONFIG.debug
ALLOWED_HOSTS = CONFIG.hosts
ROOT_URLCONF = "leeward.urls"
WSGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False  # a redirect would be one more address in a history

INSTALLED_APPS = [
    "leeward.safety",
    "leeward.design",
    "leeward.people",
    "leeward.stories",
    "leeward.helplines",
    "leeward.directory",
    "leeward.line",
    "leeward.line.wraps",
    "leeward.desk",
    "leeward.demo",
    "wagtail.contrib.simple_translation",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",  # the editor asks for its address; its screens are shut in cms_urls
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "leeward.safety.middleware.PrivacyHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leeward.safety.middleware.Language",
    "leeward.safety.staff_middleware.StaffSession",
    "leeward.safety.staff_middleware.StaffCsrf",
    "leeward.safety.staff_middleware.StaffSignIn",
    "leeward.safety.staff_middleware.StaffLanguage",
    "leeward.safety.staff_middleware.StaffSecondFactor",
    "leeward.safety.staff_middleware.StaffMessages",
    "leeward.safety.staff_middleware.StaffDoor",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leeward.design.context.page_frame",
                "leeward.people.context.staff_frame",
            ],
            "builtins": ["leeward.design.templatetags.moves", "django.templatetags.i18n"],
        },
    },
    {  # for long lists alone (docs/decisions/0025); it escapes all that it writes
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"undefined": StrictUndefined},
    },
]

DATABASES = database_settings(CONFIG.database_url, DATA)
DATABASE_ROUTERS = ["leeward.line.wraps.routing.WrapsRouter"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# -- languages --
LANGUAGE_NAMES = {"en": "English", "es": "Español", "ar": "العربية"}
LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in CONFIG.languages]
LANGUAGE_CODE = CONFIG.languages[0]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = CONFIG.time_zone

# -- staff: cookies live under /staff/ alone, so that a visitor never carries one --
STAFF_PATH = "/staff/"
STAFF_EDITOR_PATH = "/staff/cms/"
STAFF_DESK_PATH = "/staff/desk/"
AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "/staff/sign-in/"
LOGIN_REDIRECT_URL = "/staff/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
]
SESSION_COOKIE_NAME = "staff"
SESSION_COOKIE_PATH = STAFF_PATH
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CONFIG.live
CSRF_COOKIE_NAME = "staff_form"
CSRF_COOKIE_PATH = STAFF_PATH
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = CONFIG.live
CSRF_COOKIE_HTTPONLY = False  # Wagtail's own scripts read it
CSRF_FAILURE_VIEW = "leeward.safety.errors.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if CONFIG.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The sign-in guard counts wrong tries itself: the library's own waits could be used to lock
# somebody out (docs/decisions/0005).
OTP_TOTP_THROTTLE_FACTOR = 0
OTP_STATIC_THROTTLE_FACTOR = 0
OTP_WEBAUTHN_HELPER_CLASS = "leeward.people.passkeys.PasskeyHelper"
OTP_WEBAUTHN_RP_ID = CONFIG.hosts[0] if CONFIG.live else "localhost"
OTP_WEBAUTHN_RP_NAME = CONFIG.organisation
OTP_WEBAUTHN_ALLOWED_ORIGINS = (
    [f"https://{host}" for host in CONFIG.hosts] if CONFIG.live else ["http://localhost:8000"]
)

# -- Wagtail --
WAGTAIL_SITE_NAME = CONFIG.organisation
WAGTAILADMIN_BASE_URL = f"{'https' if CONFIG.live else 'http'}://{CONFIG.hosts[0]}"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # asks another host
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # asks another host
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "h3", "link"]},
    }
}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing from other hosts
WAGTAILIMAGES_IMAGE_MODEL = "stories.Picture"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAIL_FINISH_WORKFLOW_ACTION = "leeward.stories.finish.publish_reviewed"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAIL_USAGE_COUNT_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# -- files --
STATIC_URL = "/staff/static/"
STATICFILES_DIRS = [
    ("design", PACKAGE / "design" / "css"),  # staff pages share the visitors' look
    ("sealing", PACKAGE / "sealing" / "browser"),  # and seal and open in the browser
    ("sealing/words", PACKAGE / "sealing" / "data"),  # five words name a key
]
STATIC_ROOT = DATA / "static"
MEDIA_URL = "/pictures/"
MEDIA_ROOT = DATA / "pictures"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "leeward.safety.static_files.StaffFiles"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = str(DATA)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# -- safety --
LOGGING_CONFIG = "leeward.safety.log.configure"
LOGGING: dict[str, str] = {"file": str(DATA / "log" / "leeward.log")}
INLINE_STYLES = [
    PACKAGE / "design/css/tokens.css",
    PACKAGE / "design/css/base.css",
    PACKAGE / "design/css/components.css",
    PACKAGE / "design/css/print.css",
]
INLINE_SCRIPTS = [
    PACKAGE / "safety/scripts/way_out.js",
    PACKAGE / "safety/scripts/one_address.js",
]
SILENCED_SYSTEM_CHECKS = [
    # Wagtail asks for a base URL with a port; the staff address is the same host.
    "wagtailadmin.W003",
    # PrivacyHeaders sets what SecurityMiddleware and XFrameOptionsMiddleware would, and leaves
    # out HSTS: browsers keep a list of hosts that sent it, and it outlives a cleared history.
    "security.W001",
    "security.W002",
    # StaffCsrf is Django's own check, switched on under /staff/; visitors carry no cookie.
    "security.W003",
]
