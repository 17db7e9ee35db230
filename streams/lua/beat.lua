-- Note that a worker lives, and forget those that have not been heard of for long.
-- Doing it again moves only the time. The clock is Redis's own, so that workers' clocks may differ.
--
-- KEYS[1]  workers: hash, id = what the worker said of itself (JSON)
-- KEYS[2]  seen: sorted set of ids, scored by when each was last heard of (s)
-- ARGV     id, what it says (JSON), for how long a silent one is remembered (s)
-- returns  how many are remembered
local now = redis.call("TIME")[1]
redis.call("HSET", KEYS[1], ARGV[1], ARGV[2])
redis.call("ZADD", KEYS[2], now, ARGV[1])
for _, id in ipairs(redis.call("ZRANGEBYSCORE", KEYS[2], "-inf", "(" .. now - ARGV[3])) do
  redis.call("HDEL", KEYS[1], id)
  redis.call("ZREM", KEYS[2], id)
end
redis.call("EXPIRE", KEYS[1], ARGV[3])
redis.call("EXPIRE", KEYS[2], ARGV[3])
return redis.call("ZCARD", KEYS[2])
