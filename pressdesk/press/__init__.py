"""What a press release is: values, kinds, the sheet and the checks. Pure."""
