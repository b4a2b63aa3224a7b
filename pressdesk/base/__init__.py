"""The lowest layer: errors, resources, files, workers and languages; knows nothing of releases."""
