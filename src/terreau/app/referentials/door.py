"""What the other rooms ask of this one."""
