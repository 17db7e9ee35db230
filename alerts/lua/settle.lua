-- Remove from the outbox what Kafka has acknowledged, if the lease is still ours.
--
-- KEYS[1]  lease: string, the token of who relays
-- KEYS[2]  outbox: stream
-- ARGV     token, entry id...
-- returns  how many entries were removed, -1 when the lease is another's
if redis.call("GET", KEYS[1]) ~= ARGV[1] then
  return -1
end
return redis.call("XDEL", KEYS[2], unpack(ARGV, 2))
