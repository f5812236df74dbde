"""What guards every page: headers, limits, refusals in words, nothing heavy at start."""

import os
import re
import stat
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import path

from terreau.app import home
from terreau.app.security.headers import CONTENT_SECURITY_POLICY
from terreau.app.urls import urlpatterns as ours
from terreau.kernel.errors import TerreauError

PUBLIC_PAGES = ["/connexion/", "/accessibilite/", "/a-propos/", "/nulle-part/"]


def refuse(request):
    raise TerreauError("app.last_owner")


def fail(request):
    raise ZeroDivisionError


refuse.login_required = fail.login_required = False
urlpatterns = [*ours, path("refus/", refuse), path("defaut/", fail)]
handler404 = "terreau.app.security.refusals.not_found"


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_every_page_carries_the_policies(db, client, address):
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_policy_allows_nothing_inline_nor_from_elsewhere():
    assert "unsafe" not in CONTENT_SECURITY_POLICY and "http" not in CONTENT_SECURITY_POLICY
    assert (
        CONTENT_SECURITY_POLICY.startswith("default-src 'none'") and "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY
    )


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_no_page_needs_what_the_policy_forbids(db, client, address):
    page = client.get(address).content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page)


def test_a_refusal_is_a_page_with_what_why_and_remedy(db, client, settings):
    settings.ROOT_URLCONF = __name__
    answer = client.get("/refus/")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "plus de responsable" in page and "Donnez d" in page and "Traceback" not in page


def test_a_defect_of_ours_says_so_without_its_inside(db, settings):
    settings.ROOT_URLCONF = __name__
    answer = Client(raise_request_exception=False).get("/defaut/")
    page = answer.content.decode()
    assert answer.status_code == 500 and "Une erreur de notre fait" in page and "ZeroDivision" not in page


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(db, client, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    answer = client.post("/connexion/", data=b"x" * (1024 * 1024 + 2000), content_type="application/octet-stream")
    assert answer.status_code == 413 and "trop volumineux" in answer.content.decode()


def test_a_form_of_another_site_is_refused_in_words(reader):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/connexion/", {"login": reader.email, "password": "x"})
    assert answer.status_code == 403 and "Formulaire expiré" in answer.content.decode()


def test_another_host_name_is_not_answered(db, client):
    assert client.get("/connexion/", HTTP_HOST="evil.example").status_code == 400


def test_sign_in_never_leads_to_another_site(reader, client):
    answer = client.post(
        "/connexion/",
        {"login": reader.email, "password": "une phrase assez longue", "next": "https://evil.example/"},
    )
    assert answer.status_code == 302 and "evil" not in answer.url


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_secrets_are_made_once_and_private(own_home):
    first = home.secret("secret.key")
    assert home.secret("secret.key") == first and len(first) >= 64
    assert stat.S_IMODE((own_home / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(own_home.stat().st_mode) == 0o700


def test_a_folder_belongs_to_one_organisation(organisation, other_organisation):
    ours, theirs = (home.organisation_folder(o.pk, "snapshots") for o in (organisation, other_organisation))
    assert ours != theirs and ours.is_dir()
    with pytest.raises(ValueError):
        home.organisation_folder(organisation.pk, "../etc")
    with pytest.raises(ValueError):
        home.organisation_folder("../../etc", "files")


def test_nothing_heavy_is_imported_to_answer_a_page(tmp_path):
    code = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "terreau.app.settings"
import django; django.setup()
from terreau.app import server; server._prepare()
from django.test import Client
assert Client(HTTP_HOST="localhost").get("/connexion/").status_code == 200
print(sorted({"duckdb", "numpy", "openpyxl", "python_calamine"} & {m.split(".")[0] for m in sys.modules}))
"""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TERREAU", "DJANGO", "DATABASE"))}
    made = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=env | {"TERREAU_HOME": str(tmp_path)},
        check=False,
    )
    assert made.stdout.strip() == "[]", made.stdout + made.stderr
