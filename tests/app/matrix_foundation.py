"""Addresses of accounts, sign-in, settings, journal, files and portfolio."""

import time

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.accounts import joining
from terreau.app.accounts.models import User
from terreau.app.files import door as files
from terreau.app.portfolio.models import Service
from tests.app.matrix import AUDIT, CONTRIBUTE, EDIT, HOST, OWN, PUBLIC, READ, SIGNED_IN, SIGNED_OUT, Row

SETTINGS = "/o/valmont/reglages/"
PASSWORD = "une phrase assez longue"


def invitation(world):
    return {"token": joining.invite(world.organisation, world.owner, "reader")[1]}


def a_service(world):
    return {"pk": Service.objects.create(organisation=world.organisation, name="Portail famille").pk}


def a_file(world):
    return {"pk": files.keep(world.organisation, SimpleUploadedFile("note.txt", b"bonjour")).id}


def a_reader(world):
    return {"pk": world.reader.memberships.get().pk}


def an_invitation(world):
    return {"pk": joining.invite(world.organisation, world.owner, "reader")[0].pk}


def reset_key(world):
    from allauth.account import app_settings
    from allauth.account.utils import user_pk_to_url_str

    reader = User.objects.get(pk=world.reader.pk)
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(reader)
    return {"uidb36": user_pk_to_url_str(reader), "key": key}


def nobody_yet(client, world):
    User.objects.all().delete()


def just_confirmed(client, world):
    """As if the password had been given a moment ago."""
    if "_auth_user_id" in client.session:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session.save()


def second_factors(world):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    for user in User.objects.all():
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)


def half_signed_in(client, world):
    """The password was right, the second factor is awaited."""
    just_confirmed(client, world)
    if "_auth_user_id" not in client.session:
        client.post("/connexion/", {"login": world.reader.email, "password": PASSWORD})


AWAY = dict.fromkeys(SIGNED_IN, 302)

ROWS = (
    Row("accounts:start", READ, goes_to="/o/valmont/", but={"stranger": 302, "outsider": 302, "host": 302}),
    Row("accounts:me", SIGNED_IN, "Mon compte"),
    Row("accounts:language", PUBLIC, method="POST", data={"language": "en", "next": "/moi/"}, goes_to="/moi/"),
    Row("accounts:new_organisation", HOST, "Nouvelle organisation"),
    Row(
        "accounts:first_sign_in",
        SIGNED_OUT,
        "Première connexion",
        prepare=nobody_yet,
        but=dict.fromkeys(SIGNED_IN, 200),
    ),
    Row("accounts:invitation", PUBLIC, "Rejoindre « Métropole de Valmont »", args=invitation),
    Row(
        "accounts:accept",
        frozenset({"stranger", "outsider", "host"}),
        method="POST",
        args=invitation,
        goes_to="/o/valmont/",
        but=dict.fromkeys(READ, 400),
    ),
    Row("account_login", SIGNED_OUT, "Se connecter", but=AWAY),
    Row("account_logout", SIGNED_IN, "Se déconnecter ?", but={"signed_out": 302}),
    Row("account_signup", SIGNED_OUT, "On entre sur invitation", but=AWAY),
    Row("account_inactive", PUBLIC, "Ce compte est suspendu"),
    Row("account_reauthenticate", SIGNED_IN, "Confirmer que c'est vous"),
    Row("account_change_password", SIGNED_IN, "Changer de mot de passe"),
    Row("account_reset_password", PUBLIC, "Mot de passe oublié"),
    Row("account_reset_password_done", PUBLIC, "Consultez votre messagerie"),
    Row("account_reset_password_from_key", PUBLIC, "Nouveau mot de passe", args=reset_key, follow=True),
    Row("account_reset_password_from_key_done", PUBLIC, "Mot de passe changé"),
    Row("mfa_index", SIGNED_IN, "Second facteur"),
    Row("mfa_authenticate", SIGNED_OUT, "Code à usage unique", given=second_factors, prepare=half_signed_in, but=AWAY),
    Row("mfa_reauthenticate", SIGNED_IN, "Confirmer par un code", given=second_factors, prepare=just_confirmed),
    Row("mfa_activate_totp", SIGNED_IN, "Activer le second facteur", prepare=just_confirmed),
    Row("mfa_deactivate_totp", SIGNED_IN, "Retirer le second facteur ?", given=second_factors, prepare=just_confirmed),
    Row("mfa_view_recovery_codes", SIGNED_IN, "Codes de secours", given=second_factors, prepare=just_confirmed),
    Row(
        "mfa_generate_recovery_codes",
        SIGNED_IN,
        "Refaire les codes de secours ?",
        given=second_factors,
        prepare=just_confirmed,
    ),
    Row("mfa_download_recovery_codes", SIGNED_IN, file="text/plain", given=second_factors, prepare=just_confirmed),
    Row("reglages:settings", READ, "Réglages"),
    Row("reglages:organisation", OWN, "Organisation"),
    Row("reglages:lifespans", EDIT, "Combien d'années gardons-nous nos équipements ?"),
    Row("reglages:people", OWN, "Qui peut entrer ici ?"),
    Row("reglages:invite", OWN, "Inviter une personne"),
    Row("reglages:member", OWN, "Rôle de reader@valmont.example", args=a_reader),
    Row("reglages:remove", OWN, method="POST", args=a_reader, goes_to=SETTINGS + "personnes/"),
    Row("reglages:withdraw", OWN, method="POST", args=an_invitation, goes_to=SETTINGS + "personnes/"),
    Row("journal:entries", AUDIT, "Qui a changé quoi ?"),
    Row("journal:csv", AUDIT, file="text/csv"),
    Row("files:download", READ, args=a_file, file="application/octet-stream"),
    Row("portfolio:services", READ, "Quels services numériques portons-nous ?"),
    Row("portfolio:csv", READ, file="text/csv"),
    Row("portfolio:new", CONTRIBUTE, "Nouveau service"),
    Row("portfolio:edit", CONTRIBUTE, "Service « Portail famille »", args=a_service),
    Row("portfolio:service", READ, "Portail famille", args=a_service),
    Row(
        "portfolio:gate",
        CONTRIBUTE,
        "Faut-il ce service ? En amont",
        args=lambda world: a_service(world) | {"stage": "upstream"},
    ),
    Row(
        "portfolio:history",
        READ,
        "Qu’avons-nous décidé ? En service",
        args=lambda world: a_service(world) | {"stage": "run"},
    ),
    Row("portfolio:remove", EDIT, method="POST", args=a_service, goes_to="/o/valmont/services/"),
)
