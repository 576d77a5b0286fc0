"""What may leave a conversation, and only while she allows it."""
