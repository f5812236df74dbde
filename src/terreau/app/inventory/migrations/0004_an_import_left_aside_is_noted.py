"""An import left aside is first noted, then forgotten: a clock that jumps forgets nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parc", "0003_decisions_join_part_and_rank_sources")]
    operations = [
        migrations.AddField(
            model_name="draft",
            name="left_since",
            field=models.DateTimeField(editable=False, null=True),
        )
    ]
