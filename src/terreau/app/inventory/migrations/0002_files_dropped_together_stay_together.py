"""Imports whose files were dropped together know it, so that one confirmation keeps them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parc", "0001_the_room_opens")]

    operations = [
        migrations.AddField("draft", "drop", models.UUIDField(null=True, editable=False, db_index=True)),
    ]
