"""The ground under a desk: engines and their statements, tables, values as bytes, faults."""
