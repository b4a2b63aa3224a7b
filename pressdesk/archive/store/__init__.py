"""Storage of a desk: engines and statements, tables, stored values, errors."""
