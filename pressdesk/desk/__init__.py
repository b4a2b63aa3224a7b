"""What a person can do at a press desk: use cases. No Qt, no SQL."""
