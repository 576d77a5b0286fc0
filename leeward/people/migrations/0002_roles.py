"""The roles, as groups, with what each may do among accounts and in the editor."""

from django.db import migrations

ROLES = ("editor", "reviewer", "advocate", "coordinator", "administrator")
EDITOR_ROLES = ("editor", "reviewer", "administrator")
ACCOUNT_RIGHTS = {
    "manage_accounts": "May invite staff and change their roles",
    "read_audit": "May read the audit log",
}


def make_roles(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    kind_model = apps.get_model("contenttypes", "ContentType")
    groups = {name: group_model.objects.get_or_create(name=name)[0] for name in ROLES}
    kind, _made = kind_model.objects.get_or_create(app_label="people", model="account")
    for codename, name in ACCOUNT_RIGHTS.items():
        right, _made = permission_model.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        groups["administrator"].permissions.add(right)
    access = permission_model.objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name in EDITOR_ROLES:
        groups[name].permissions.add(access)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
