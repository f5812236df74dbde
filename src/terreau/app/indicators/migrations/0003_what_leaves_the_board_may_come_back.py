from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0002_an_organisation_defines_its_own_indicators'),
    ]

    operations = [
        migrations.AddField(
            model_name='following',
            name='left_on',
            field=models.DateField(blank=True, null=True),
        ),
    ]
