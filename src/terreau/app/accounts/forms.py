"""Forms of accounts: plain fields; the rules stay in opening, joining, people and lifespans."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts.models import Membership, Organisation, Role, User
from terreau.kernel.errors import TerreauError

LONGEST_ACCESS = timedelta(days=3653)


class NewAccountForm(forms.Form):
    """An address and a password, twice."""

    email = forms.EmailField(label=_("Adresse e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Mot de passe"),
        help_text=_("Au moins 12 caractères ; une phrase convient bien."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Mot de passe, une seconde fois"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """The two passwords agree, and are strong enough for this person."""
        data = super().clean() or {}
        password = data.get("password")
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", _("Les deux mots de passe diffèrent."))
        elif password:
            try:
                password_validation.validate_password(password, User(email=data.get("email", "")))
            except forms.ValidationError as refused:
                self.add_error("password", refused)
        return data


class FirstOwnerForm(NewAccountForm):
    """The one-time code, the organisation, the first account."""

    code = forms.CharField(label=_("Code affiché dans la console"), max_length=40)
    organisation = forms.CharField(label=_("Nom de l'organisation"), max_length=160)
    field_order = ["code", "organisation", "email", "password", "again"]


class OrganisationForm(forms.ModelForm):
    """Name, headcount, country and measured PUE."""

    zone = forms.CharField(
        label=_("Pays"),
        max_length=60,
        help_text=_("Nom ou code à trois lettres ; il décide du mélange électrique par défaut."),
    )

    class Meta:
        model = Organisation
        fields = ["name", "headcount", "zone", "pue"]
        localized_fields = ["pue"]  # « 1,4 » in French, "1.4" in English
        help_texts = {
            "headcount": _("Pour rapporter les impacts à une personne."),
            "pue": _(
                "Électricité de la salle entière divisée par celle de ses machines, sur douze mois mesurés : de 1 à 5. "
                "Vide : la valeur des sources. Le PUE d'une salle, s'il est écrit dans l'inventaire, passe devant."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from terreau.app.accounts.zones import zone_label

        super().__init__(*args, **kwargs)
        self.initial["zone"] = zone_label(self.instance.zone, get_language() or "fr")

    def clean_zone(self) -> str:
        """The alpha-3 code of what was typed."""
        from terreau.app.accounts.zones import zone_of

        typed = self.cleaned_data["zone"].strip()
        found = zone_of(typed)
        if found is None:
            raise forms.ValidationError(str(TerreauError("app.zone_unknown", text=typed).words(get_language() or "fr")))
        return found


class NewOrganisationForm(forms.Form):
    """A name is enough."""

    name = forms.CharField(label=_("Nom de l'organisation"), max_length=160)


class _RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rôle"))
    until = forms.DateField(
        label=_("Accès jusqu'au"),
        required=False,
        help_text=_("Obligatoire pour un auditeur ; dernier jour compris."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in Role]  # type: ignore[attr-defined]

    def clean_until(self) -> datetime | None:
        """The end of that day, where the organisation lives."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("Cette date est passée."))
        if day > timezone.localdate() + LONGEST_ACCESS:
            raise forms.ValidationError(_("Cette date est trop lointaine : dix ans au plus."))
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


class InvitationForm(_RoleForm):
    """Who, for which role, until when."""

    email = forms.EmailField(
        label=_("Adresse e-mail"), required=False, help_text=_("Si elle est donnée, elle seule pourra accepter.")
    )
    field_order = ["email", "role", "until"]


class MemberForm(_RoleForm):
    """The role of someone already there."""

    def __init__(self, membership: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"role": membership.role, "until": membership.last_day}, **kwargs)


class NameForm(forms.ModelForm):
    """How I am called on the pages."""

    class Meta:
        model = User
        fields = ["name"]
