-- Keep a silence until it has ended, and drop those that have.
--
-- KEYS[1]  silences: hash, id = silence (JSON)
-- ARGV     id, silence, how long it is kept (s), id of one that has ended...
redis.call("HSET", KEYS[1], ARGV[1], ARGV[2])
if #ARGV > 3 then
  redis.call("HDEL", KEYS[1], unpack(ARGV, 4))
end
if redis.call("TTL", KEYS[1]) < tonumber(ARGV[3]) then
  redis.call("EXPIRE", KEYS[1], ARGV[3])
end
return redis.call("HLEN", KEYS[1])
