"""The factor packs an organisation dropped for itself: the row says whose, the folder holds the figures."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class OwnPack(models.Model):
    """One pack of one organisation, invisible elsewhere. Its files stand in ``packs/<id>`` of that organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # a folder (pack.toml, factors.csv…) or one file in the G4IT layout
    bare_file = models.BooleanField(default=False)

    class Meta:
        ordering = ("created_at",)
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_own_pack_per_key")]

    def __str__(self) -> str:
        return self.key
