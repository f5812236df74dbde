"""A seeded instance, really served, and a browser signed in as its demonstration owner.

All end with this folder: a browser that is driven leaves an event loop running, and no database is asked beside one.
"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from functools import cache

import pytest

from tests.postgres import drop_database, new_database
from tools.chromium import find

from .visited import PRINTED, SIGNED_OUT
from .visiting import Visitor


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


# Each page's scripts run once, then are gone: to optimise them takes longer than it saves, and so does tidying early.
RUN_ONCE = "--js-flags=--no-turbofan --no-maglev --min-semi-space-size=64 --max-semi-space-size=64"

# What `terreau demo` does, on the database of DATABASE_URL: the command itself keeps to a file of its own.
ON_A_SERVER = """
from terreau.app import server
listening = server._listen("127.0.0.1", {port})
server._prepare()
server._example()
server._run(listening)
"""


@pytest.fixture(scope="package")
def address(tmp_path_factory):
    """The demonstration, as a person starts it: its own home, its own port, two organisations.

    TERREAU_TEST_DATABASE=postgres: the same pages on a real PostgreSQL.
    """
    port = free_port()
    home = tmp_path_factory.mktemp("demo")
    log = (home / "server.log").open("w", encoding="utf-8")
    command = [sys.executable, "-m", "terreau", "demo", "--port", str(port), "--no-browser"]
    # A person's own surroundings: the settings of the tests stay here.
    around = {
        name: value for name, value in os.environ.items() if not name.startswith(("TERREAU_", "DJANGO_", "DATABASE"))
    }
    around["TERREAU_HOME"] = str(home)
    url = ""
    if os.environ.get("TERREAU_TEST_DATABASE") == "postgres":
        url = new_database()
        command[1:] = ["-c", ON_A_SERVER.format(port=port)]
        around |= {"DATABASE_URL": url, "TERREAU_DEMO": "1", "TERREAU_DEMO_PASSWORD": "une phrase assez longue",
                   "TERREAU_URL": f"http://127.0.0.1:{port}"}  # fmt: skip
    served = subprocess.Popen(command, stdout=log, stderr=log, env=around)
    try:
        yield answering(f"http://127.0.0.1:{port}", served, home / "server.log")
    finally:
        served.terminate()
        served.wait(timeout=120)
        log.close()
        if url:
            drop_database(url)


def answering(url: str, served: "subprocess.Popen[bytes]", log) -> str:
    for _ in range(240):
        if served.poll() is not None:
            pytest.fail(f"the demonstration stopped: {log.read_text(encoding='utf-8')[-2000:]}")
        try:
            # Its port is taken first, and answers when the examples are made: asked once, not again and again meanwhile.
            with urllib.request.urlopen(f"{url}/a-propos/", timeout=60):
                return url
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"the demonstration does not answer: {log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="package")
def browser():
    """A real Chromium; without one the browser tests are skipped and say so."""
    from playwright.sync_api import sync_playwright

    path = find()
    if not path:
        pytest.skip("no Chromium found: install one or set TERREAU_CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", RUN_ONCE])
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def cookies(browser, address):
    """The session of a person who signed in by the page, already filled in for the demonstration."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/connexion/")
    page.locator("main form button[type=submit], main form button:not([name])").first.click()
    page.wait_for_url(re.compile(rf"{address}/(?!connexion)"))
    kept = [one for one in context.cookies() if one["name"] == "sessionid"]
    context.close()
    return kept


@pytest.fixture(scope="package")
def visitors(browser, address, cookies):
    """``visitors(language, signed_in)``: one for each language and kind of visitor, going through all its pages."""
    made = {}

    def visitor(language, *, signed_in=True):
        if (language, signed_in) not in made:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            chosen = {"name": "django_language", "value": language, "url": address}
            context.add_cookies([*(cookies if signed_in else ()), chosen])
            made[language, signed_in] = Visitor(context, address)
        return made[language, signed_in]

    yield visitor
    for one in made.values():
        one.context.close()


@pytest.fixture(scope="package")
def seen(visitors):
    """``seen(path, language)``: one visit, measured once and remembered."""

    @cache
    def looked(path, language):
        visitor = visitors(language, signed_in=path not in SIGNED_OUT)
        if language != "fr":
            return visitor.again(path, look(path))
        return visitor.visit(path, printed=path in PRINTED)

    def look(path, language="fr"):  # the memory would take one language said and the same left unsaid for two
        return looked(path, language)

    return look
