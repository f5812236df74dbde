"""What the other rooms ask of the board: flagship indicators, days to come, series."""
