"""What the support line does; every write.

Here lie the parts that every room below needs; they import none of the rooms.
"""
