"""Addresses of own indicators, of the assistant and of the X-ray."""

from terreau.app.indicators import own
from terreau.app.indicators.models import OwnIndicator
from tests.app.matrix import EDIT, READ, Row

HOME = "/o/valmont/indicateurs/propres/"
INSIDE = READ - {"auditor"}
ELSEWHERE = {"auditor": 404}  # nothing of the living work while they examine nothing
WHOLE = {
    "name": "Portables réparés", "question": "Réparons-nous avant de remplacer ?", "theme": "fleet", "numerator": "portables réparés",
    "denominator": "portables en panne", "formula": "réparés ÷ en panne", "unit": "%", "direction": "up", "nature": "result",
    "audience": "performance", "frequency": "yearly", "source": "file",
}  # fmt: skip


def a_draft(world):
    return {"pk": own.begin(world.organisation, world.owner, WHOLE, {}, "fr").pk}


def a_definition(world):
    row = OwnIndicator.objects.get(pk=a_draft(world)["pk"])
    own.finish(row, world.owner)
    return {"pk": row.pk}


ROWS = (
    Row("indicators:xray", INSIDE, "Notre tableau tient-il ?", but=ELSEWHERE),
    Row("indicators:good", INSIDE, "Que ferez-vous autrement selon sa valeur ?", but=ELSEWHERE),
    Row("indicators:own", INSIDE, "Qu’avons-nous défini nous-mêmes ?", but=ELSEWHERE),
    Row("indicators:own_new", EDIT, "La question"),
    Row("indicators:own_drop", EDIT, "Qu’avons-nous défini nous-mêmes ?", method="POST", status=400),
    Row("indicators:own_review", EDIT, "Portables réparés", args=a_draft),
    Row("indicators:own_step", EDIT, "Le calcul", args=lambda world: a_draft(world) | {"name": "calcul"}),
    Row("indicators:own_file", INSIDE, file="application/yaml", args=a_definition, but=ELSEWHERE),
    Row("indicators:own_remove", EDIT, method="POST", args=a_draft, goes_to=HOME),
)
