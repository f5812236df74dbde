"""An organisation that measured the PUE of its machine rooms may say so."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_organisations")]

    operations = [
        migrations.AddField(
            "organisation",
            "pue",
            models.DecimalField(
                verbose_name="PUE mesuré de vos salles machines",
                max_digits=4,
                decimal_places=3,
                null=True,
                blank=True,
                validators=[MinValueValidator(1), MaxValueValidator(5)],
            ),
        ),
    ]
