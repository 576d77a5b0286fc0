"""Who may look after the lines: editors, reviewers and coordinators."""

from django.db import migrations

ROLES = ("editor", "reviewer", "coordinator")
RIGHTS = {
    "check_line": "May check lines off",
    "propose_line": "May propose changes to lines",
    "confirm_line": "May confirm what another person proposed",
}


def give_rights(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    kind_model = apps.get_model("contenttypes", "ContentType")
    kind, _made = kind_model.objects.get_or_create(app_label="helplines", model="line")
    groups = group_model.objects.filter(name__in=ROLES)
    for codename, name in RIGHTS.items():
        right, _made = permission_model.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        for group in groups:
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("helplines", "0001_initial"),
        ("people", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
