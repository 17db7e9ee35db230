-- Tell which workers there are, and how long ago each was heard of.
--
-- KEYS[1]  workers: hash, id = what the worker said of itself (JSON)
-- KEYS[2]  seen: sorted set of ids, scored by when each was last heard of (s)
-- returns  list of {what it said, seconds since}, by id
local now, told = redis.call("TIME")[1], {}
local ids = redis.call("ZRANGE", KEYS[2], 0, -1)
table.sort(ids)
for _, id in ipairs(ids) do
  local said = redis.call("HGET", KEYS[1], id)
  if said then
    told[#told + 1] = {said, now - redis.call("ZSCORE", KEYS[2], id)}
  end
end
return told
