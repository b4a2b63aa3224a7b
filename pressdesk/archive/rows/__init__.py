"""What stands in the tables, read into values and written from them."""
