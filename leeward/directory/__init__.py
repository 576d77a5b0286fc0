"""Services that people can turn to: kept as HSDS 3.1, found by place and need."""
