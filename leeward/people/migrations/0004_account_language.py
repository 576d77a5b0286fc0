"""In which language the staff's screens speak to an account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_partner_roles")]

    operations = [
        migrations.AddField(
            "account",
            "language",
            models.CharField(
                blank=True,
                default="",
                help_text="of the screens; empty: the browser's",
                max_length=2,
            ),
        ),
        migrations.AddConstraint(
            "account",
            models.CheckConstraint(
                condition=models.Q(language__in=("", "en", "es")),
                name="account_language_has_words",
            ),
        ),
    ]
