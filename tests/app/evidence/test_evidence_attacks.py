"""What somebody may try with evidence: serving it again, learning what is kept, hiding a macro, filling the disk."""

import contextlib
import io
import socket
import threading
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from terreau.app.evidence import door, gathering
from terreau.app.evidence.models import Evidence, EvidenceLink
from terreau.app.home import organisation_folder
from terreau.app.journal.models import Entry
from terreau.evidence import addresses
from terreau.evidence.addresses import public_addresses, state_of
from terreau.kernel.errors import TerreauError
from tests.app.evidence.test_evidence import kept, questions, upload, zipped
from tests.app.examining import under_examination

__all__ = ["questions"]


def test_a_piece_that_was_replaced_no_longer_serves(organisation, editor, contributor, signed_in):
    old, new, late = kept(organisation, editor), kept(organisation, editor), kept(organisation, editor)
    gathering.replace(old, editor, new)
    client = signed_in(contributor)
    sent = {"piece": str(old.pk), "facet": "documents", "strength": "proves", "locator": "", "proves": ""}
    client.post(reverse("evidence:choose", args=["valmont"]) + "?pour=question:1", sent)
    assert not EvidenceLink.objects.exists()
    for again in (
        lambda: gathering.tie(old, editor, subject="question:1", facet="documents"),
        lambda: gathering.replace(Evidence.objects.get(pk=old.pk), editor, late),
        lambda: door.attach(organisation, editor, str(old.pk), subject="question:1", facet="documents"),
    ):
        with pytest.raises(TerreauError, match="replaced_already"):
            again()
    old.refresh_from_db()
    assert old.replaced_by == new


def test_two_people_withdrawing_at_once_keep_the_first_reason(organisation, editor, owner):
    piece = kept(organisation, editor)
    mine, theirs = Evidence.objects.get(pk=piece.pk), Evidence.objects.get(pk=piece.pk)
    gathering.withdraw(mine, editor, "Données personnelles")
    with pytest.raises(TerreauError, match="withdrawn_already"):
        gathering.withdraw(theirs, owner, "Doublon")
    with pytest.raises(TerreauError, match="withdrawn_already"):
        gathering.tie(theirs, owner, subject="question:1", facet="documents")
    piece.refresh_from_db()
    assert piece.withdrawn_why == "Données personnelles"


@pytest.mark.parametrize("role", ["reader", "auditor", "contributor"])
def test_the_bytes_of_a_withdrawn_piece_are_for_those_who_decide(role, request, organisation, editor, signed_in):
    under_examination(organisation)
    piece = kept(organisation, editor)
    gathering.withdraw(piece, editor, "Elle contenait des données personnelles")
    addresses = [
        reverse("evidence:file", args=["valmont", piece.pk]),
        reverse("files:download", args=["valmont", piece.file]),
    ]
    client = signed_in(request.getfixturevalue(role))
    assert [client.get(one).status_code for one in addresses] == [404, 404]
    assert [signed_in(editor).get(one).status_code for one in addresses] == [200, 200]
    page = client.get(reverse("evidence:piece", args=["valmont", piece.pk])).content.decode()
    assert addresses[0] not in page and "données personnelles" in page


@pytest.mark.parametrize("role", ["reader", "auditor"])
def test_the_page_of_a_piece_names_no_other_that_is_closed(role, request, organisation, editor, signed_in):
    under_examination(organisation)
    before = kept(organisation, editor, title="Brouillon interne", confidentiality="team")
    piece = kept(organisation, editor, title="Version publique", confidentiality="public")
    after = kept(organisation, editor, title="Suite interne", confidentiality="team")
    gathering.replace(before, editor, piece)
    gathering.replace(piece, editor, after)
    address = reverse("evidence:piece", args=["valmont", piece.pk])
    seen = signed_in(request.getfixturevalue(role)).get(address).content.decode()
    assert "Brouillon interne" not in seen and "Suite interne" not in seen
    assert "Suite interne" in signed_in(editor).get(address).content.decode()


def broken_zip(method):
    """A zip whose first entry cannot be unpacked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text" * 9)
        archive.writestr("content.xml", "x")
    made = bytearray(target.getvalue())
    made[38:60] = b"\xff" * 22
    return bytes(made)


HIDDEN = '<Types><Override PartName="/xl/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
ENABLED = '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
WORSE = {
    "abime.odt": broken_zip(zipfile.ZIP_DEFLATED),
    "abime.ods": broken_zip(zipfile.ZIP_LZMA),
    "abime.odp": broken_zip(zipfile.ZIP_BZIP2),
    "renommee.xlsx": zipped(**{"[Content_Types].xml": HIDDEN, "xl/workbook.xml": "x", "xl/a.bin": "x"}),
    "active.docx": zipped(**{"[Content_Types].xml": ENABLED, "word/document.xml": "x"}),
    "largeur.docx": zipped(**{"[Content_Types].xml": ENABLED.encode("utf-16"), "word/document.xml": "x"}),
}


MACROS = zipped(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x", "xl/vbaProject.bin": "x"})
PLAIN = zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "x"})
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000_000
INNER = {
    "macros.zip": zipped(**{"dossier/budget.xlsx": MACROS}),
    "autrement.zip": zipped(**{"budget.dat": MACROS}),
    "declare.zip": zipped(**{"renomme.docx": zipped(**{"[Content_Types].xml": ENABLED, "word/document.xml": "x"})}),
    "ancien.zip": zipped(**{"budget.xls": OLD + "_VBA_PROJECT".encode("utf-16-le")}),
    "gonfle.zip": zipped(**{"releves.zip": zipped(vide="0" * (17 * 1024 * 1024))}),
    "abime.zip": zipped(**{"lettre.docx": PLAIN[:60]}),
    "incorpore.docx": zipped(
        **{"[Content_Types].xml": "<Types/>", "word/document.xml": "x", "word/embeddings/a.xlsx": MACROS}
    ),
}


@pytest.mark.parametrize("name", INNER)
def test_what_an_archive_hides_in_what_it_holds_is_refused(name, organisation, editor):
    with pytest.raises(TerreauError) as refused:
        gathering.add(organisation, editor, {"title": name}, upload=upload(name, INNER[name]))
    assert refused.value.code == "app.file_kind_refused"
    assert not list(organisation_folder(organisation.pk, "files").iterdir())


def test_an_archive_of_honest_papers_is_kept(organisation, editor):
    papers = {"lettre.docx": PLAIN, "ancien.doc": OLD, "note.txt": "Une note", "dedans.zip": zipped(a="x", b="y")}
    assert gathering.add(
        organisation, editor, {"title": "Pièces"}, upload=upload("pieces.zip", zipped(**papers))
    ).sha256


def test_an_archive_that_holds_more_than_can_be_searched_is_refused(organisation, editor, monkeypatch):
    monkeypatch.setattr("terreau.app.files.kinds.MOST_SEARCHED", len(PLAIN) + 1)
    kept_whole = upload("une.zip", zipped(**{"a.docx": PLAIN}))
    assert gathering.add(organisation, editor, {"title": "Une"}, upload=kept_whole).sha256
    with pytest.raises(TerreauError, match="file_kind_refused"):
        gathering.add(organisation, editor, {"title": "Deux"}, upload=upload("deux.zip", zipped(a=PLAIN, b=PLAIN)))


@pytest.mark.parametrize("name", WORSE)
def test_a_worse_disguise_is_refused_in_words_too(name, organisation, editor):
    with pytest.raises(TerreauError) as refused:
        gathering.add(organisation, editor, {"title": name}, upload=upload(name, WORSE[name]))
    assert refused.value.code == "app.file_kind_refused"
    assert list(organisation_folder(organisation.pk, "files").iterdir()) == []


def test_what_is_refused_afterwards_leaves_no_bytes_behind(organisation, editor, contributor, signed_in):
    old = kept(organisation, editor)
    gathering.withdraw(old, editor, "Erreur")
    client = signed_in(contributor)
    address = reverse("evidence:replace", args=["valmont", old.pk])
    for number in range(3):
        file = SimpleUploadedFile(f"note{number}.txt", b"autre contenu %d" % number)
        client.post(address, {"upload": file, "title": "x", "kind": "document", "confidentiality": "auditor"})
    assert Evidence.objects.count() == 1
    assert len(list(organisation_folder(organisation.pk, "files").iterdir())) == 1


INSIDE = ["127.0.0.1", "0.0.0.0", "10.1.2.3", "169.254.169.254", "100.64.0.1", "192.168.1.1", "::1", "::", "fe80::1%eth0",
          "fc00::1", "fec0::1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::1",
          "2001:0:4136:e378:8000:63bf:80ff:fffe", "224.0.0.1", "240.0.0.1", "255.255.255.255", "ff02::1", "192.0.0.8",
          "198.18.0.1", "192.88.99.1", "5f00::1", "2001:db8::1", "100::1", "x"]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_inside_the_house_is_asked(address):
    with pytest.raises(TerreauError, match="link_private"):
        public_addresses("site.example", 80, lambda host, port: ["93.184.216.34", address])


def test_one_that_answers_letter_by_letter_is_left_waiting(monkeypatch):
    monkeypatch.setattr(addresses, "_public", lambda address: True)
    there, said = socket.create_server(("127.0.0.1", 0)), []
    monkeypatch.setattr(addresses, "PORTS", {"http": there.getsockname()[1], "https": 443})

    def drip():
        heard, _from = there.accept()
        with contextlib.suppress(OSError):
            heard.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            for letter in range(100):
                time.sleep(0.05)
                heard.sendall(b"a")
                said.append(letter)
        heard.close()

    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    state_of("http://site.example/", resolve=lambda host, port: ["127.0.0.1"], seconds=0.3)
    dripping.join()
    assert len(said) < 100, "left before its end"
    there.close()


@pytest.mark.parametrize("level", ["team", "organisation"])
def test_the_journal_which_auditors_read_tells_no_word_of_a_closed_piece(
    level, organisation, editor, auditor, signed_in
):
    secret = "Licenciements"
    described = {"title": f"{secret} prévus", "confidentiality": level, "owner": f"{secret} et co"}
    piece = gathering.add(organisation, editor, described, upload=upload(f"{secret}.pdf"))
    link = gathering.tie(
        piece, editor, subject="question:1", facet="documents", locator=f"{secret}, p. 2", proves=secret
    )
    gathering.judge(link, editor, "questioned", f"{secret} ?")
    gathering.describe(piece, editor, {"title": f"{secret} décidés", "owner": f"{secret} SA"})
    other = kept(organisation, editor, title=f"{secret} 2027", confidentiality=level)
    gathering.replace(piece, editor, other)
    gathering.withdraw(other, editor, f"{secret} annulés")
    client = signed_in(auditor)
    for name in ("journal:entries", "journal:csv"):
        told = client.get(reverse(name, args=["valmont"]))
        assert told.status_code == 200 and secret not in told.content.decode()
    assert Entry.objects.filter(organisation=organisation, action__startswith="evidence.").count() == 7
