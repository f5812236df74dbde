"""The address guard: Terreau never knocks inside the house, whatever a link says."""

import http.server
import threading

import pytest

from terreau.evidence import addresses
from terreau.kernel.errors import TerreauError


def resolving(*found):
    return lambda host, port: found


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.4.4", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "198.18.0.1"],
)  # fmt: skip
def test_an_address_of_the_house_is_refused(address):
    with pytest.raises(TerreauError) as refused:
        addresses.public_addresses("ailleurs.example", 443, resolving(address))
    assert refused.value.code == "evidence.link_private"


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(TerreauError):
        addresses.public_addresses("deux.example", 443, resolving("93.184.216.34", "10.0.0.1"))
    assert addresses.public_addresses("un.example", 443, resolving("93.184.216.34")) == ("93.184.216.34",)


@pytest.mark.parametrize(
    "link",
    ["ftp://site.example/a", "javascript:alert(1)", "file:///etc/passwd", "https://", "site.example", "http://a b.example",
     "https://[::1", "http://x\r\nHost: y", "https:\\\\site.example"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(link):
    with pytest.raises(TerreauError) as refused:
        addresses.checked(link)
    assert refused.value.code == "evidence.link_unreadable"


@pytest.mark.parametrize(
    "link", ["https://moi:secret@site.example/", "http://site.example:22/", "https://site.example:8443/"]
)
def test_a_password_or_an_unusual_port_is_refused(link):
    with pytest.raises(TerreauError) as refused:
        addresses.checked(link)
    assert refused.value.code == "evidence.link_unusual"


class Answers(http.server.BaseHTTPRequestHandler):
    """/ici answers, /loin sends inside the house, /rond to itself, the rest is gone."""

    def do_HEAD(self):
        self.server.asked.append((self.path, self.headers["Host"]))
        leads = {"/loin": "http://interieur.example/secret", "/rond": "/rond", "/pas": "/ici"}.get(self.path)
        self.send_response(302 if leads else 200 if self.path == "/ici" else 404)
        if leads:
            self.send_header("Location", leads)
        self.end_headers()

    def log_message(self, *told):
        pass


@pytest.fixture
def site(monkeypatch):
    """A real server on this machine, taken for a public one for the time of a test; the names go where ``names`` says."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    monkeypatch.setattr(addresses, "PORTS", {"http": port, "https": 443})
    monkeypatch.setattr(addresses, "_public", lambda address: address == "127.0.0.1")
    yield server
    server.shutdown()
    server.server_close()


def asked(path):
    names = {"site.example": ("127.0.0.1",), "interieur.example": ("10.0.0.1",)}
    return addresses.state_of(f"http://site.example{path}", resolve=lambda host, port: names[host], seconds=3)


def test_a_link_that_answers_is_alive_and_one_that_is_gone_is_not(site):
    assert asked("/ici") == addresses.LinkState(status=200, address="http://site.example/ici")
    assert asked("/pas").alive and asked("/pas").address.endswith("/ici")
    assert not asked("/parti").alive


def test_a_redirection_into_the_house_is_not_followed(site):
    found = asked("/loin")
    assert (found.status, found.code) == (0, "evidence.link_private")
    assert [path for path, _host in site.asked] == ["/loin"]


def test_a_link_that_turns_round_is_left(site):
    assert asked("/rond").code == "evidence.link_turns_round"
    assert len(site.asked) == addresses.REDIRECTIONS + 1


def test_the_name_is_resolved_once_so_a_second_answer_cannot_lead_inside(site):
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    found = addresses.state_of("http://site.example/ici", resolve=lambda host, port: next(answers), seconds=3)
    assert found.status == 200


def test_silence_is_a_state_not_a_failure():
    found = addresses.state_of("http://nulle-part.example/", resolve=lambda host, port: (), seconds=1)
    assert found.code == "evidence.link_unknown_host" and not found.alive
