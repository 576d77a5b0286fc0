"""Places: towns, ZIPs and counties of the world, looked up in one small file on this machine.

Plain Python. Nobody is asked and nothing is kept of what was looked up.
"""
