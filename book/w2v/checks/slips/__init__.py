"""Gradients with a known slip in them, and the search for the likely one."""
