"""What the chapters show: tables, figures, the example of five words, and results that were measured."""
