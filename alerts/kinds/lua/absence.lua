-- Note what came of that whose absence is watched; noting it again changes nothing.
-- The newest members are kept, as many as are enough.
--
-- KEYS     of an item: window: sorted set, member scored by the event time of its newest article (s)
-- ARGV     an item has also member = what it counts as, fewer_than = how many are too few
local outcomes = {}
for i, item in ipairs(cmsgpack.unpack(ARGV[2])) do
  local window = KEYS[1 + i]
  redis.call("ZADD", window, "GT", exact(item.time), item.member)
  redis.call("ZREMRANGEBYRANK", window, 0, -item.fewer_than - 1)
  redis.call("EXPIRE", window, exact(math.ceil(item.keep)))
  outcomes[i] = "counted"
end
return outcomes
