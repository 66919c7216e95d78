"""The sum of gradients over the shards of a corpus: one process, many, or a cluster."""
