-- Remove from an outbox what Kafka has acknowledged; take the next entries, or give up the lease when there are none.
-- Whoever lost the lease removes nothing and is told that nothing is left.
--
-- KEYS[1]  lease: string, the token of who relays
-- KEYS[2]  outbox: stream
-- ARGV     token, lease (ms), how many entries at the most, entry id...
-- returns  list of entries as XRANGE has them
if redis.call("GET", KEYS[1]) ~= ARGV[1] then
  return {}
end
redis.call("XDEL", KEYS[2], unpack(ARGV, 4))
local entries = redis.call("XRANGE", KEYS[2], "-", "+", "COUNT", ARGV[3])
if #entries == 0 then
  redis.call("DEL", KEYS[1])
else
  redis.call("PEXPIRE", KEYS[1], ARGV[2])
end
return entries
