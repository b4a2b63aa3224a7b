"""The ground floor: errors, resources, files, workers and languages; knows nothing of releases."""
