-- Find the groups whose silence has lasted for a period that was not judged yet. Asked again it finds the same;
-- asked at a watermark behind one that was asked for before, as by a worker that slept, it finds nothing.
--
-- KEYS[1]  watermark: string, the furthest that absences of this slot were looked for at (s)
-- KEYS     then three for each group
--          rule: hash, "began" = where the watermark stood when the rule came (s)
--          state: hash, "since" = when the silence began (s), "told" = how many of its periods were judged
--          window: sorted set, member scored by the event time of its newest article (s)
-- ARGV     ttl (s), packed list of {absence (s), fewer_than, keep = ttl of the group's keys (s)}, watermark (s),
--          since when the stream is alive (s)
-- returns  list: {number of the group, since, periods since then, how many were found in the last}
local watermark, alive = tonumber(ARGV[3]), tonumber(ARGV[4])
if watermark < tonumber(redis.call("GET", KEYS[1]) or watermark) then
  return {}
end
redis.call("SET", KEYS[1], ARGV[3], "EX", TTL)

local function silent_since(item, state, anchor)
  local since = redis.call("HGET", state, "since")
  if watermark < anchor + item.absence then
    if since then
      redis.call("HDEL", state, "since", "told")
    end
    return nil
  end
  if not since then
    since = exact(anchor)
    redis.call("HSET", state, "since", since, "told", 0)
  end
  keep_alive(state, item.keep)
  return since
end

local silent = {}
for i, item in ipairs(cmsgpack.unpack(ARGV[2])) do
  local rule, state, window = KEYS[3 * i - 1], KEYS[3 * i], KEYS[3 * i + 1]
  redis.call("HSETNX", rule, "began", ARGV[3])
  keep_alive(rule, item.keep)
  local enough = redis.call("ZREVRANGE", window, item.fewer_than - 1, item.fewer_than - 1, "WITHSCORES")[2]
  local anchor = math.max(redis.call("HGET", rule, "began"), alive, tonumber(enough or 0))
  local since = silent_since(item, state, anchor)
  if since then
    local periods = math.floor((watermark - since) / item.absence)
    if periods > tonumber(redis.call("HGET", state, "told")) then
      local found = redis.call("ZCOUNT", window, "(" .. exact(watermark - item.absence), "+inf")
      silent[#silent + 1] = {i, since, periods, found}
    end
  end
end
return silent
