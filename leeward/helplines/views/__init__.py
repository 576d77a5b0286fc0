"""What people see of the lines: visitors in `public`, staff in `staff`."""
