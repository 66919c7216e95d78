"""What all other packages lean on: checked arguments, progress bars, files written whole."""
