"""Which file an organisation keeps, under which name; the bytes stand in its folder, named by their digest."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class File(models.Model):
    """A link from an organisation to a content: the permission is checked here, never on the bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kept_on = models.DateTimeField(default=timezone.now)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-kept_on"]
        indexes = [models.Index(fields=["organisation", "sha256"], name="files_by_content")]

    def __str__(self) -> str:
        return self.name
