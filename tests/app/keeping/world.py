"""A small instance with a row of everything: two organisations, one the child of the other, on a database of its own."""

import hashlib
from datetime import date, timedelta

from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone

from terreau.app.accounts.models import Membership, Organisation, User
from terreau.app.files import door as files
from terreau.app.home import organisation_folder, secret
from terreau.app.inventory.models import Draft, Snapshot, Source
from terreau.app.journal import door as journal
from terreau.app.keeping.belongings import belongings, rows_of
from terreau.app.sources.models import OwnPack


def populate():
    """Two organisations with rows of every model that belongs to one, files, a pack, a draft, and their journals."""
    secret("secret.key")
    both = User.objects.create_user("both@valmont.example", "une phrase assez longue", name="Camille D’Ici 🌱")
    alone = User.objects.create_user("alone@valmont.example", "une phrase assez longue")
    valmont = Organisation.objects.create(slug="valmont", name="Métropole de Valmont", lifespans={"laptop": 6.5})
    numa = Organisation.objects.create(slug="numa", name="Atelier Numa", parent=valmont)
    for organisation in (valmont, numa):
        Membership.objects.create(organisation=organisation, user=both, role="owner")
        _one_organisation(organisation, both)
    Membership.objects.create(organisation=valmont, user=alone, role="reader")
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=timezone.now() + timedelta(days=1))
    _authenticator(both)


def _one_organisation(organisation, actor):
    with transaction.atomic():
        for name in ("Budget", "Site", "Paie"):
            journal.record(organisation, actor, "portfolio.added", {"name": name})
    files.keep(
        organisation, ContentFile(b"%PDF-1.4 " + organisation.slug.encode() * 200, name="devis.pdf"), actor=actor
    )
    source = Source.objects.create(organisation=organisation, name="GLPI")
    content = organisation.slug.encode() * 5000
    sha256 = hashlib.sha256(content).hexdigest()
    folder = organisation_folder(organisation.pk, "snapshots")
    (folder / f"{sha256}.parquet").write_bytes(content)
    (folder / f"{sha256}.json").write_text("{}")
    for year in (2025, 2026):  # one content, the state at two dates
        Snapshot.objects.create(organisation=organisation, source=source, sha256=sha256, taken_on=date(year, 9, 30))
    draft = Draft.objects.create(organisation=organisation, source=source, taken_on=date(2026, 9, 30))
    drafts = organisation_folder(organisation.pk, "files") / "drafts" / draft.pk.hex
    drafts.mkdir(parents=True)
    (drafts / "01.csv").write_text("Nom;Utilisateur\nPC-1;Jeanne Martin\n")
    pack = OwnPack.objects.create(organisation=organisation, key=f"org:{organisation.pk}/eux")
    place = organisation_folder(organisation.pk, "packs") / str(pack.pk)
    place.mkdir()
    (place / "pack.toml").write_text('key = "eux"\n')
    (organisation_folder(organisation.pk, "results") / "0123.json").write_text("{}")
    for model, path in belongings().items():
        if not rows_of(model, path, organisation.pk).exists():
            _filled(model, organisation)


def _filled(model, organisation):
    """A row of any model, whatever its columns: so that a model added tomorrow is in this world too."""
    mine, cells = belongings(), {}
    for field in model._meta.local_concrete_fields:
        if field.is_relation and field.related_model is Organisation:
            cells[field.name] = organisation
        elif field.is_relation and field.related_model in mine:
            cells[field.name] = rows_of(field.related_model, mine[field.related_model], organisation.pk).first()
        elif field.is_relation and field.related_model is User and not field.null:
            cells[field.name] = User.objects.filter(memberships__organisation=organisation).first()
        elif not (field.primary_key or field.null or field.blank or field.has_default() or field.is_relation):
            cells[field.name] = _cell(field, organisation)
    return model._base_manager.create(**cells)


def _cell(field, organisation):
    known = {
        models.DateTimeField: timezone.now(), models.DateField: date(2026, 9, 30), models.JSONField: {}, models.IntegerField: 1,
        models.FloatField: 1.5, models.BooleanField: True, models.DecimalField: 1, models.UUIDField: organisation.pk,
    }  # fmt: skip
    found = next((value for kind, value in known.items() if isinstance(field, kind)), None)
    return found if found is not None else f"{organisation.slug}"[: field.max_length]


def _authenticator(person):
    from allauth.mfa.models import Authenticator

    from terreau.app.accounts.adapters import MFAAdapter

    data = {"secret": MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")}
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=data)


def everything(but=()):
    """Label -> the rows, columns in their order, of every table worth comparing."""
    from terreau.app.keeping import rows
    from terreau.app.keeping.belongings import all_models

    return {
        rows.label(model): sorted(rows.lines(model, "default"))
        for model in all_models()
        if rows.label(model) not in {"sessions.session", "parc.draft", *but}
    }
