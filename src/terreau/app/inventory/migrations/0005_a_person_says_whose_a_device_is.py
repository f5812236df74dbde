"""A person may say whose a device is: the organisation's, or somebody's own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parc", "0004_an_import_left_aside_is_noted")]

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
                    ("owner", "à qui est l'appareil"),
                ],
            ),
        ),
    ]
