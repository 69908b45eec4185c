"""The playground: strict doubles of the two chat platforms, and the page that shows them.

`demo`, the driver of the tests and the fault tests all meet the bot through the doubles of this room.
"""
