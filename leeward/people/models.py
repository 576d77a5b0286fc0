"""Staff accounts."""

from django.contrib.auth.models import AbstractUser


class Account(AbstractUser):
    """One staff member."""
