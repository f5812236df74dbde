"""What a person may send to this room: files, ten lines, corrections, one answer to a question."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from terreau.app.inventory import kinds
from terreau.app.inventory.models import Source
from terreau.inventory import countries
from terreau.inventory.quickform import LARGEST, MOST_DEVICES, OLDEST, QUICK_LINES

NEW, SORTED = "new", "sorted"


class SeveralFiles(forms.ClearableFileInput):
    """A field that takes several files at once, without script."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; sizes are judged together against the stated limit."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files sent; refuses none, too many, or more bytes than the settings allow."""
        files = [super(FilesField, self).clean(one, initial) for one in (data or [None])]
        most = settings.UPLOAD_MAX_FILES
        if len(files) > most:
            raise forms.ValidationError(
                ngettext("Pas plus de %(n)d fichier à la fois.", "Pas plus de %(n)d fichiers à la fois.", most)
                % {"n": most}
            )
        if sum(one.size for one in files) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                gettext("Ces fichiers dépassent ensemble %(limit)d Mo. Découpez l'export par site ou par année.")
                % {"limit": upload_limit()}
            )
        return files


def upload_limit() -> int:
    """Most megabytes accepted in one upload (a setting, stated on the page)."""
    return int(settings.UPLOAD_MAX_BYTES) // 1024 // 1024


class ArrivalForm(forms.Form):
    """Step 1 of an import: the files, and the source they come from."""

    files = FilesField(label=_("Un ou plusieurs fichiers"))  # type: ignore[assignment]
    source = forms.ChoiceField(label=_("Source"), widget=forms.RadioSelect, initial=SORTED)
    name = forms.CharField(label=_("Nom de la source, pour n'en faire qu'une"), max_length=120, required=False)
    perimeter = forms.CharField(label=_("Ce que couvre la source"), max_length=300, required=False)
    taken_on = forms.DateField(
        label=_("Date de l'inventaire"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    keep_original = forms.BooleanField(label=_("Garder le fichier d'origine après confirmation"), required=False)

    def __init__(self, *args: Any, sources: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {str(source.pk): source for source in sources}
        choices = [(key, source.name) for key, source in self.sources.items()]
        sorted_out = (SORTED, _("Selon l'outil reconnu dans chaque fichier"))
        self.fields["source"].choices = [sorted_out, *choices, (NEW, _("Une nouvelle source"))]  # type: ignore[attr-defined]
        self.fields["taken_on"].initial = timezone.localdate()
        self.fields["files"].help_text = gettext(
            "Déposez-les ensemble, même s'ils ne sont pas d'accord. CSV, XLSX ou ODS, %(limit)d Mo au plus, lus en %(minutes)d min au plus."
        ) % {"limit": upload_limit(), "minutes": max(1, settings.WORK_SECONDS // 60)}
        self.fields["taken_on"].help_text = gettext("Le jour de l'export : le plus récent de chaque source est compté.")
        self.fields["name"].help_text = gettext(
            "Seulement si tous les fichiers viennent d'un même outil. Vide : chaque outil reconnu devient une source."
        )
        self.fields["perimeter"].help_text = gettext("Quels sites, quelles entités, quels types d'équipements.")

    def clean_taken_on(self) -> date:
        """A day that has come: an inventory of tomorrow is a mistake of typing."""
        day: date = self.cleaned_data["taken_on"]
        if not date(2000, 1, 1) <= day <= timezone.localdate():
            raise forms.ValidationError(_("Donnez une date passée, depuis l'an 2000."))
        return day

    def clean(self) -> dict[str, Any]:
        """A new source needs a name that no other source of the organisation bears; a name given alone asks for one."""
        answers = super().clean() or {}
        if answers.get("source") == SORTED and answers.get("name", "").strip():
            answers["source"] = NEW
        elif (
            answers.get("source") == NEW and not answers.get("name", "").strip() and len(answers.get("files") or ()) > 1
        ):
            answers["source"] = SORTED  # as the name's help says: several files without one name are not one source
        if answers.get("source") == NEW:
            name = " ".join(answers.get("name", "").split()) or self._name_from_files(answers)
            if name in {source.name for source in self.sources.values()}:
                self.add_error(
                    "name", _("Une source porte déjà ce nom : choisissez-la dans la liste, ou changez le nom.")
                )
            answers["name"] = name
        return answers

    @staticmethod
    def _name_from_files(answers: dict[str, Any]) -> str:
        files = answers.get("files") or []
        return files[0].name.rsplit("/", 1)[-1].rsplit(".", 1)[0][:120] if files else ""


class QuickForm(forms.Form):
    """No file? Ten lines: eight counts, an age, a country; and how many people."""

    mean_age = forms.DecimalField(label=_("Âge moyen des équipements, en années"), min_value=0, max_value=int(OLDEST),
                                  decimal_places=1, required=False)  # fmt: skip
    country = forms.CharField(label=_("Pays"), max_length=60, initial="France", required=False)
    headcount = forms.IntegerField(label=_("Combien de personnes dans l'organisation ?"), min_value=1,
                                   max_value=LARGEST, required=False)  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in QUICK_LINES:
            self.fields[line.key] = forms.IntegerField(
                label=getattr(line, kinds.language()), min_value=0, max_value=MOST_DEVICES, required=False
            )
        self.fields["mean_age"].help_text = gettext("Laisser vide si vous ne savez pas : l'âge sera dit inconnu.")
        self.fields["country"].help_text = gettext("Là où ils sont branchés : il décide de l'électricité.")
        self.fields["headcount"].help_text = gettext(
            "Pour donner une empreinte par personne. Retenu dans les réglages."
        )
        self.order_fields([line.key for line in QUICK_LINES])

    def lines(self) -> list[Any]:
        """The eight counts, in the order of the page."""
        return [self[line.key] for line in QUICK_LINES]

    def counts(self) -> dict[str, int]:
        """Devices by line of the form, zeros left out."""
        return {line.key: self.cleaned_data[line.key] for line in QUICK_LINES if self.cleaned_data.get(line.key)}

    def clean_country(self) -> str:
        """A country that the factors of electricity may know; blank is the one of the settings."""
        said = " ".join(self.cleaned_data["country"].split())
        if said and not countries.read([said])[said].alpha3:
            raise forms.ValidationError(_("Ce pays n'est pas reconnu : écrivez son nom en français ou en anglais."))
        return said

    def clean(self) -> dict[str, Any]:
        """At least one device, or there is nothing to weigh."""
        answers = super().clean() or {}
        if not self.errors and not any(answers.get(line.key) for line in QUICK_LINES):
            raise forms.ValidationError(_("Donnez au moins un nombre d'équipements : sans équipement, rien à peser."))
        return answers
