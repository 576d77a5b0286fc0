"""Who may do what in the directory."""

from django.db import migrations

RIGHTS = {
    "edit_directory": (
        "May edit every record of the directory",
        ("editor", "reviewer", "coordinator", "administrator"),
    ),
    "edit_own_records": ("May edit the records of the own organisation", ("partner",)),
    "update_own_beds": (
        "May update the own organisation's free beds",
        ("partner", "shelter", "coordinator"),
    ),
    "request_bed": ("May ask member shelters for a bed", ("advocate", "coordinator")),
    "approve_listing": (
        "May approve organisations and sources, with a second person",
        ("reviewer", "coordinator", "administrator"),
    ),
    "decide_report": (
        "May decide reports, change requests and duplicates",
        ("editor", "reviewer", "coordinator"),
    ),
    "import_directory": ("May import files of services", ("coordinator", "administrator")),
    "see_confidential": ("May see and set where a confidential site is", ("coordinator",)),
}


def give_rights(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    kind_model = apps.get_model("contenttypes", "ContentType")
    kind, _made = kind_model.objects.get_or_create(app_label="directory", model="organization")
    for codename, (name, roles) in RIGHTS.items():
        right, _made = permission_model.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        for group in group_model.objects.filter(name__in=roles):
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("people", "0003_partner_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
