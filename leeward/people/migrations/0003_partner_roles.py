"""Two roles for people of other organisations: partners and shelters."""

from django.db import migrations

ROLES = ("partner", "shelter")


def make_roles(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    for name in ROLES:
        group_model.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_roles")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
