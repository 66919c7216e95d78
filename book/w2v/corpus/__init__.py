"""From words to numbers: vocabularies, windows, noise, encoded corpora and how they are kept."""
