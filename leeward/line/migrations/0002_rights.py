"""Who may answer the support line, and who coordinates it."""

from django.db import migrations

RIGHTS = {
    "answer_line": ("May answer the support line", ("advocate", "coordinator")),
    "coordinate_line": (
        "May see loads and waits, set the roster, and manage the team",
        ("coordinator",),
    ),
}


def give_rights(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    kind_model = apps.get_model("contenttypes", "ContentType")
    kind, _made = kind_model.objects.get_or_create(app_label="line", model="conversation")
    for codename, (name, roles) in RIGHTS.items():
        right, _made = permission_model.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        for group in group_model.objects.filter(name__in=roles):
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("line", "0001_initial"),
        ("people", "0003_partner_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
