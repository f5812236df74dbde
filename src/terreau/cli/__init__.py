"""Face: the commands of the shell."""
