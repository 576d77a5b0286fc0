"""Staff accounts: invitations, roles, second factor, the audit log."""
