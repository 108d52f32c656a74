"""Plans and carries out moves, and undoes them. The only package that changes the user's files."""
