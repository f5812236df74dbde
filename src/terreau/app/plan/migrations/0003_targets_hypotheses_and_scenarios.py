"""Targets of the organisation, what its trajectory holds true, and the scenarios it keeps; none is rewritten."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_an_organisation_gives_the_pue_it_measured"),
        ("plan", "0002_arbitrations_with_their_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Scenario",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="Nom")),
                ("years", models.PositiveSmallIntegerField(default=5)),
                ("growth", models.JSONField(blank=True, default=dict)),
                ("backlog", models.FloatField(blank=True, null=True)),
                ("levers", models.JSONField(blank=True, default=list)),
                ("at", models.DateField()),
                ("run", models.CharField(max_length=64)),
                ("parameters", models.JSONField(blank=True, default=dict)),
                ("told", models.JSONField(blank=True, default=dict)),
                ("made_on", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("by", models.CharField(blank=True, max_length=200)),
                ("retired_on", models.DateTimeField(blank=True, null=True)),
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
                        related_name="scenarios",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="TrajectoryHypotheses",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("years", models.PositiveSmallIntegerField(default=5)),
                ("growth", models.JSONField(blank=True, default=dict)),
                ("backlog", models.FloatField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=400)),
                ("set_on", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("set_by", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trajectory_hypotheses",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-set_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="TrajectoryTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=60)),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("share", "une baisse à une date"),
                            ("value", "une valeur à une date"),
                            ("yearly", "une baisse chaque année"),
                            ("none", "plus de cible"),
                        ],
                        max_length=6,
                    ),
                ),
                ("amount", models.FloatField(default=0.0)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("baseline_value", models.FloatField(default=0.0)),
                ("baseline_on", models.DateField()),
                ("baseline_run", models.CharField(blank=True, max_length=64)),
                ("why", models.CharField(blank=True, max_length=400)),
                ("set_on", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("set_by", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trajectory_targets",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-set_on", "-id"],
                "indexes": [models.Index(fields=["organisation", "criterion"], name="targets_by_criterion")],
            },
        ),
    ]
