"""Texts to read words from: files, the sources of real English, and the tiny world."""
