-- Give up the lease of an outbox, if it is still ours.
--
-- KEYS[1]  lease: string, the token of who relays
-- ARGV     token
-- returns  1 when it was ours
if redis.call("GET", KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call("DEL", KEYS[1])
