"""No score without its rule: name, version and formula stand beside it wherever it is shown."""

import pytest

from terreau.app.audits import freezing
from terreau.diagnosis.scoring.registry import rule_for


@pytest.mark.parametrize("key", ["nr-terreau", "rgesn-2024"])
def test_each_score_has_its_rule_beside_it(reader_client, organisation, owner, assess, at, key):
    from terreau.referentials import library

    made = assess(key)
    frozen = freezing.freeze(organisation, owner, made.pk)
    rule = rule_for(library.edition(key))
    for address in ("/o/valmont/", "/o/valmont/diagnostic/", at(made), f"/o/valmont/audits/gels/{frozen.pk}/"):
        for language in ("fr", "en"):
            page = reader_client.get(address, headers={"accept-language": language}).content.decode()
            for words in (rule.title.in_(language), f"version {rule.version}", rule.formula.in_(language)):
                assert words.replace("'", "&#x27;") in page.replace("</strong>", ""), (address, language)
