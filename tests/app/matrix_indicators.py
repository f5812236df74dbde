"""Addresses of the board, of its indicators and of their values."""

from datetime import date
from uuid import UUID

from terreau.app.indicators import following, taking
from terreau.app.indicators.models import KeptValue, ValuesFile
from terreau.indicators.catalogue import indicator
from tests.app.matrix import CONTRIBUTE, EDIT, READ, Row

HOME = "/o/valmont/indicateurs/"
PK = UUID("5c1a7f7e-0000-4000-8000-0000000000b1")
TEAM = READ - {"auditor"}
ELSEWHERE = {"auditor": 404}  # examines nothing today
NAME = "Durée de vie réelle des ordinateurs sortis"


def named(world):
    return {"place": "PARC02"}


def a_following(world):
    one = indicator("PARC02")
    framed = {"role": "followed", "audience": "", "owner": "", "review_body": ""}
    following.follow(world.organisation, world.owner, one, framed)
    return {"place": "PARC02"}


def a_value(world):
    KeptValue.objects.create(
        id=PK, organisation=world.organisation, indicator="PARC02", on=date(2025, 12, 31), precision="year", value=4.7,
        unit="year", method="inventaire", signed_by="Camille", by=world.owner,
    )  # fmt: skip
    return {"place": "PARC02", "pk": PK}


def a_file(world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    made = taking.begin(
        world.organisation, world.owner, SimpleUploadedFile("v.csv", b"Indicateur;Date;Valeur\r\nPARC02;2024;4,4\r\n")
    )
    ValuesFile.objects.filter(pk=made.pk).update(id=PK)
    return {"pk": PK}


ROWS = (
    Row("indicators:board", TEAM, "Que suivons-nous, et où en sommes-nous ?", but=ELSEWHERE),
    Row("indicators:committee", TEAM, "Nos indicateurs", but=ELSEWHERE),
    Row("indicators:csv", TEAM, file="text/csv", but=ELSEWHERE),
    Row("indicators:catalogue", TEAM, "Lequel suivre ?", but=ELSEWHERE),
    Row("indicators:indicator", TEAM, NAME, args=named, but=ELSEWHERE),
    Row("indicators:indicator_csv", TEAM, file="text/csv", args=named, but=ELSEWHERE),
    Row("indicators:follow", EDIT, "Suivre cet indicateur", args=named),
    Row("indicators:aim", EDIT, "D’où partons-nous, où allons-nous ?", args=a_following),
    Row("indicators:unfollow", EDIT, "Retirer cet indicateur du tableau ?", args=a_following),
    Row("indicators:values", TEAM, "Toutes les valeurs, remplacées comprises", args=named, but=ELSEWHERE),
    Row("indicators:give", CONTRIBUTE, "Donner une valeur", args=named),
    Row("indicators:value", TEAM, "D’où vient la valeur « 2025 » ?", args=a_value, but=ELSEWHERE),
    Row("indicators:correct", CONTRIBUTE, "Corriger cette valeur", args=a_value),
    Row("indicators:recompute", CONTRIBUTE, "Recalculer avec une autre méthode", args=a_value),
    Row("indicators:meters", TEAM, "Que mesure Terreau de lui-même ?", but=ELSEWHERE),
    Row("indicators:bring", CONTRIBUTE, "Importer des valeurs"),
    Row("indicators:template", CONTRIBUTE, file="text/csv", args=lambda world: {"format": "csv"}),
    Row("indicators:understood", CONTRIBUTE, "Qu’avons-nous compris de ce fichier ?", args=a_file),
    Row("indicators:forget", CONTRIBUTE, goes_to=f"{HOME}importer/", args=a_file, method="POST"),
)
