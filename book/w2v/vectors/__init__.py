"""What trained vectors are used for: files, neighbours, and agreement with lists made by people."""
