"""The wraps: keys sealed to keys, in a store of their own. Without them no message opens."""
