"""Settings of the tests: a home of their own, and the database asked by TERREAU_TEST_DATABASE (sqlite or postgres)."""

import atexit
import os
import shutil
import tempfile

from tests.postgres import server_url

RUN = tempfile.mkdtemp(prefix="terreau-tests-")  # what tests share lives here too: gone with the process
atexit.register(shutil.rmtree, RUN, ignore_errors=True)
os.environ["TERREAU_HOME"] = RUN
_kept = {"TERREAU_HOME", "TERREAU_TEST_DATABASE", "TERREAU_CHROMIUM", "TERREAU_FUZZ_CASES", "TERREAU_FUZZ_SEED",
         "TERREAU_KILLS", "TERREAU_EXAMPLES"}  # fmt: skip
for _name in [name for name in os.environ if name.startswith("TERREAU_") and name not in _kept]:
    del os.environ[_name]
os.environ["DATABASE_URL"] = server_url() if os.environ.get("TERREAU_TEST_DATABASE") == "postgres" else ""

from terreau.app.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS_HERE = True
