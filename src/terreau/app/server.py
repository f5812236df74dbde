"""Starting Terreau: prepare the database, say where to go, listen with two threads (waitress)."""

import os
import secrets
import signal
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Any

from terreau.app import settings_env as env
from terreau.app.home import home
from terreau.kernel.errors import TerreauError

THREADS = 2  # more threads in one process were measured slower; servers add processes (granian)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EVERYWHERE = {"0.0.0.0", "::", "*"}  # noqa: S104


def serve(host: str = "127.0.0.1", port: int = 8000, language: str = "fr") -> int:
    """One's own data. Prints the one-time code of the first owner while nobody has an account."""
    listening = _listen(host, port)
    os.environ.setdefault("TERREAU_URL", _address(host, port))
    if host not in EVERYWHERE | LOOPBACK:
        os.environ["TERREAU_HOSTS"] = ",".join(filter(None, (env.text("TERREAU_HOSTS"), _in_address(host))))
    _prepare()
    _tidy()
    from terreau.app.accounts import opening

    say = _saying(language)
    say(f"Terreau : {env.public_url()}", f"Terreau: {env.public_url()}")
    if host in EVERYWHERE and env.hosts() == env.LOCAL_HOSTS:
        say(
            "  Ne répond qu'aux noms de cette machine ; TERREAU_URL=https://… donne l'adresse que les gens tapent.",
            "  Answers only to this machine's names; TERREAU_URL=https://… gives the address people type.",
        )
    if opening.first_owner_awaited():
        _say_first_code(say)
    say(f"  Données : {home()} · Ctrl+C pour arrêter", f"  Data: {home()} · Ctrl+C to stop")
    return _run(listening)


def demo(port: int = 8765, browser: bool = True, language: str = "fr", host: str = "127.0.0.1") -> int:
    """The example organisations, in a home apart, on this machine only; the sign-in page is already filled in."""
    if host not in LOOPBACK:
        raise TerreauError("app.demo_is_local", host=host)
    listening = _listen(host, port)
    where = _address(host, port)
    apart = home() / "demo"
    for name in ("DATABASE_URL", "TERREAU_HOSTS", "TERREAU_BEHIND_PROXY", "TERREAU_MAIL_URL"):
        os.environ.pop(name, None)
    os.environ.update(
        TERREAU_HOME=str(apart), TERREAU_DEMO="1", TERREAU_DEMO_PASSWORD=secrets.token_urlsafe(16), TERREAU_URL=where
    )
    say = _saying(language)
    say("Terreau prépare l'exemple…", "Terreau prepares the example…")
    _prepare()
    _tidy()
    _example()
    say(f"Démonstration : {where} · Ctrl+C pour arrêter", f"Demonstration: {where} · Ctrl+C to stop")
    say(
        f"  Données, pour les autres commandes : TERREAU_HOME={apart}",
        f"  Data, for the other commands: TERREAU_HOME={apart}",
    )
    if browser:
        # A thread apart: some browsers of the console only return when they are closed.
        threading.Thread(target=webbrowser.open, args=(where,), daemon=True).start()
    return _run(listening)


def work(language: str = "fr") -> int:
    """One worker in this very process, until Ctrl+C; the database is prepared by `terreau serve`, not here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")
    import django

    django.setup()
    from terreau.app.tasks import child

    _saying(language)("Exécutant prêt · Ctrl+C pour arrêter", "Worker ready · Ctrl+C to stop")
    return child.run()


def prepare(language: str = "fr") -> int:
    """Make or migrate the database and stop: before `granian terreau.app.wsgi:application`, which does not."""
    _prepare()
    _tidy()
    from terreau.app.accounts import opening

    say = _saying(language)
    say(f"Base prête : {home()}", f"Database ready: {home()}")
    if opening.first_owner_awaited():
        _say_first_code(say)
    return 0


def user_link(email: str, language: str = "fr") -> int:
    """Print a link, good for a day and once, by which this person chooses a new password."""
    print(password_link(email))
    _saying(language)("Valable un jour, une seule fois.", "Good for one day, once.")
    return 0


def password_link(email: str) -> str:
    """The address of that link; TerreauError app.no_such_person when nobody has this e-mail address."""
    _prepare()
    from allauth.account import app_settings
    from allauth.account.utils import user_pk_to_url_str
    from django.urls import reverse

    from terreau.app.accounts.models import User

    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise TerreauError("app.no_such_person", email=email)
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return env.public_url() + path


def journal_verify(language: str = "fr") -> int:
    """Read every journal again; 0 when all are sound, 2 when one is broken."""
    _prepare()
    from terreau.app.journal import door

    say, code = _saying(language), 0
    for found in door.verify_all():
        if found.sound:
            say(
                f"{found.name} : {found.entries} entrées, chaîne vérifiée, dernier maillon {found.head.digest[:16]}",
                f"{found.name}: {found.entries} entries, chain verified, last link {found.head.digest[:16]}",
            )
            if found.unwitnessed:
                say(
                    f"  dont {found.unwitnessed} que rien ne connaît hors de la base : une coupure, ou journal.heads raccourci",
                    f"  {found.unwitnessed} of them known nowhere outside the database: a cut, or journal.heads shortened",
                )
            continue
        code = 2
        say(f"{found.name} : LA CHAÎNE EST ROMPUE", f"{found.name}: THE CHAIN IS BROKEN")
        for each in found.breaks[:20]:
            say(f"  entrée {each.number} : {BREAKS[each.kind][0]}", f"  entry {each.number}: {BREAKS[each.kind][1]}")
    return code


BREAKS = {
    "missing": ("retirée", "removed"),
    "altered": ("modifiée", "altered"),
    "unchained": ("déplacée, ou la précédente a été changée", "moved, or the one before was changed"),
    "rewritten": ("autre que celle connue hors de la base", "other than the one known outside the database"),
    "cut": (
        "et suivantes absentes, mais connues hors de la base : retirées, ou la base est une copie plus ancienne",
        "and next are absent, but known outside the database: removed, or the database is an older copy",
    ),
}


def _say_first_code(say: Any) -> None:
    from terreau.app.accounts import opening

    code, where = opening.new_first_code(), f"{env.public_url()}/premiere-connexion/"
    say(f"  Première connexion : {where}", f"  First sign-in: {where}")
    say(f"  Code à usage unique, valable un jour : {code}", f"  One-time code, good for a day: {code}")


def _prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")
    import django
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection

    if not apps.ready:
        django.setup()
    from terreau.app import prepared
    from terreau.app.keeping import starting

    with prepared.alone(connection):
        starting.look()
        prepared.fill(connection)
        if not _migrated():
            call_command("migrate", interactive=False, verbosity=0)


def _migrated() -> bool:
    """True when the base tells of every migration there is: `migrate` itself loads them all to find the same out."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        return False
    done = set(recorder.migration_qs.values_list("app", "name"))
    there = {(config.label, one.stem) for config in apps.get_app_configs()
             for one in Path(config.path, "migrations").glob("[0-9]*.py")}  # fmt: skip
    return bool(there) and there <= done


def _tidy() -> None:
    """Imports left aside for days hold files of people: they are forgotten without waiting for a visit."""
    from terreau.app.inventory import door as inventory
    from terreau.app.keeping import starting

    starting.tidy()
    inventory.tidy()


def _example() -> None:
    from django.conf import settings

    from terreau.app.accounts.models import User
    from terreau.app.demo import seed

    user = User.objects.filter(email=settings.DEMO_EMAIL).first() or User.objects.create_user(settings.DEMO_EMAIL)
    user.set_password(settings.DEMO_PASSWORD)
    user.name = "Camille (exemple)"
    user.is_host = True  # "start with my files": an organisation of one's own can be opened beside the examples
    user.save()
    seed(user)


def _listen(host: str, port: int) -> socket.socket:
    # Taken before anything is prepared: a busy port is said at once, and the browser can come early.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server(("" if host == "*" else host, port), family=family)
    except OSError as trouble:
        raise TerreauError("app.port_taken", port=port, host=host) from trouble


def _run(listening: socket.socket) -> int:
    from django.conf import settings
    from waitress import create_server

    from terreau.app.tasks.crew import Crew
    from terreau.app.wsgi import application

    proxied = {"trusted_proxy": "*", "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto"}
    server = create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        max_request_body_size=settings.UPLOAD_MAX_BYTES + 2 * 1024 * 1024,
        **(proxied if env.flag("TERREAU_BEHIND_PROXY") else {}),
    )
    signal.signal(signal.SIGTERM, _stop)
    with Crew(settings.WORKERS):
        server.run()
    server.close()
    return 0


def _stop(number: int, frame: Any) -> None:
    raise SystemExit(0)


def _address(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host in EVERYWHERE else _in_address(host)}:{port}"


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _saying(language: str) -> Any:
    return lambda french, english: print(english if language == "en" else french, flush=True)
