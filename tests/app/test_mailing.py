"""`terreau mail test`: a letter handed to a real server, or what that server said."""

import socketserver
import threading

import pytest

from terreau.app import settings_env as env
from terreau.cli import main


@pytest.fixture
def server():
    """A mail server of a few words: it takes every letter, but for those to nobody@; ``letters`` are those it took."""
    letters = []

    class Talk(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    letters.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                refused = word == b"RCPT" and b"nobody@" in line
                self.wfile.write(b"550 nobody of that name\r\n" if refused else b"250 well\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        listening.letters = letters
        yield listening
        listening.shutdown()


@pytest.fixture
def tried(settings, monkeypatch, capsys):
    """Run `terreau mail test` with TERREAU_MAIL_URL set to ``url``: its exit code and all it said."""

    def run(address, url, *more):
        monkeypatch.setenv("TERREAU_MAIL_URL", url)
        monkeypatch.setenv("TERREAU_URL", "https://terreau.example.org")
        for name, value in env.mail().items():
            setattr(settings, name, value)
        code = main(["mail", "test", address, *more])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_a_trial_letter_is_handed_to_the_server_or_its_refusal_is_said(server, tried):
    url = f"smtp://127.0.0.1:{server.server_address[1]}?from=terreau%40example.org"
    assert tried("ana@example.org", url) == (
        0,
        f"Message remis à {url[7:].partition('?')[0]} pour ana@example.org : regardez s'il arrive.\n",
    )
    (letter,) = server.letters
    assert "From: terreau@example.org" in letter and "https://terreau.example.org" in letter
    code, said = tried("nobody@example.org", url, "--lang", "en")
    assert code == 2 and "550 nobody of that name" in said and len(server.letters) == 1


def test_a_trial_says_what_is_missing_or_silent_and_never_the_password(tried):
    code, said = tried("ana@example.org", "")
    assert code == 2 and "TERREAU_MAIL_URL est vide" in said
    code, said = tried("ana@example.org", "smtp://ana:s3cret@127.0.0.1:9?from=a@example.org")
    assert code == 2 and "127.0.0.1:9" in said and "s3cret" not in said
