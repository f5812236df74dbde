"""Questions between objectives in tension, every state they went through, and their reviews."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_an_organisation_gives_the_pue_it_measured"),
        ("plan", "0001_commitments_and_what_becomes_of_them"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arbitration",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=300, verbose_name="Question à trancher")),
                ("tensions", models.JSONField(blank=True, default=list)),
                ("options", models.JSONField(blank=True, default=list)),
                ("took_part", models.JSONField(blank=True, default=list)),
                ("decided", models.CharField(blank=True, max_length=40)),
                ("why", models.TextField(blank=True, max_length=4000, verbose_name="Pourquoi cette option")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="Décidé le")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="À revoir le")),
                ("commitments", models.JSONField(blank=True, default=list)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("made_on", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arbitrations",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="successors",
                        to="plan.arbitration",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ArbitrationReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="Revue du")),
                ("kept", models.BooleanField(verbose_name="La décision tient")),
                ("comment", models.TextField(blank=True, max_length=2000, verbose_name="Ce qui a été vu, et pourquoi")),
                ("by", models.CharField(blank=True, max_length=200, verbose_name="Par")),
                ("written_by", models.CharField(blank=True, max_length=200)),
                ("written_on", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "arbitration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="plan.arbitration"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ArbitrationVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("opened", "question posée"),
                            ("reworked", "options reprises"),
                            ("decided", "décidé"),
                            ("reviewed", "revu"),
                        ],
                        max_length=8,
                    ),
                ),
                ("told", models.JSONField()),
                ("by", models.CharField(blank=True, max_length=200)),
                ("on", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "arbitration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="plan.arbitration"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
    ]
