"""What keeps a visit private: headers, the way out, navigation on one address, limits, the log."""
