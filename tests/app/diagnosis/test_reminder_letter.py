"""What a reminder says by mail, in the language asked for."""

from datetime import date

from django.utils import translation

from terreau.app.diagnosis import reminding
from terreau.app.diagnosis.models import Answer


def test_a_letter_writes_days_and_colons_as_its_language_does(assessment, owner, mailoutbox, settings):
    settings.MAIL_WORKS = True
    late = Answer.objects.create(assessment=assessment, criterion="nr-terreau:1.1.1", due=date(2026, 1, 5), owner=owner)
    for language, day in (("fr", "- 05/01/2026 : 1.1.1 "), ("en", "- 5 Jan 2026: 1.1.1 ")):
        with translation.override(language):
            assert reminding.remind_all() == 1
        assert day in mailoutbox[-1].body
        Answer.objects.filter(pk=late.pk).update(reminded_on=None)
