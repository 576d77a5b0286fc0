-- The POST that a button on a page sends: a move to the first page, on the one address.
wrk.method = "POST"
wrk.body = "to=%2Fen%2F"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
