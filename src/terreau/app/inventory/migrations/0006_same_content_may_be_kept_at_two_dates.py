"""A content is kept once a day in a source, no longer once for all: a year against another needs both its dates.

Walked back, it is refused by the database while a content stands for two dates: withdraw one first, nothing goes in silence.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parc", "0005_a_person_says_whose_a_device_is")]
    operations = [
        migrations.RemoveConstraint(model_name="snapshot", name="same_content_kept_once"),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("source", "sha256", "taken_on"), name="same_content_kept_once_a_day"
            ),
        ),
    ]
