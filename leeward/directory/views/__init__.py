"""Pages of the directory: for visitors, for staff, for shelters."""
