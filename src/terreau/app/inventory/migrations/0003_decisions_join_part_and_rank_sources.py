"""A person may say that two lines are one device, or are not, and which source is believed first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parc", "0002_files_dropped_together_stay_together")]

    operations = [
        migrations.AlterField(
            "decision",
            "kind",
            models.CharField(
                max_length=10,
                default="model",
                choices=[
                    ("model", "modèle"),
                    ("quantity", "quantité"),
                    ("same", "même appareil"),
                    ("apart", "appareils distincts"),
                    ("sources", "ordre des sources"),
                ],
            ),
        ),
    ]
