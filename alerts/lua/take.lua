-- Take the lease of an outbox that holds something, unless another has it; return the oldest entries.
--
-- KEYS[1]  lease: string, the token of who relays
-- KEYS[2]  outbox: stream
-- ARGV     token, lease (ms), how many entries at the most
-- returns  list of entries as XRANGE has them; none when there is nothing or the lease is another's
local entries = redis.call("XRANGE", KEYS[2], "-", "+", "COUNT", ARGV[3])
if #entries == 0 or not redis.call("SET", KEYS[1], ARGV[1], "NX", "PX", ARGV[2]) then
  return {}
end
return entries
