"""Rows that are added and never changed: what they say stays said."""

from __future__ import annotations

from typing import Any

from django.db import models


class WrittenOnce(models.Model):
    """A row that is added and never changed: what it says stays said."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Added once; a second save is a change, refused."""
        if not self._state.adding:
            raise TypeError(f"{self._meta.label_lower} is never changed")
        super().save(*args, **kwargs)
