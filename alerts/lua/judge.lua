-- Decide what articles that meet rules of one slot do, each once, and put those that are alerts into the outbox.
-- Asked again for the same article and rule, the decision is the recorded one and nothing is written.
--
-- KEYS[1]  outbox: stream of alerts that wait for Kafka
-- KEYS     then three for each item, all of its rule and group
--          state: hash, "last" = event time of the last alert (s), "sequence" = alerts so far
--          decision for the article: string, the outcome
--          story: string, the article that it was judged for first
-- ARGV     ttl (s), packed list of {article, event time (s), cooldown (s), is it too old, outbox key},
--          then the alert (JSON) of each item
-- returns  list: outcome of each item, "fired", "story", "cooldown" or "too_old"
local ttl = ARGV[1]

local function decide(state, story, article, time, cooldown, too_old)
  if too_old then
    return "too_old"
  end
  if not redis.call("SET", story, article, "NX", "EX", ttl) then
    return "story"
  end
  local last = tonumber(redis.call("HGET", state, "last"))
  if last and cooldown > 0 and math.abs(time - last) < cooldown then
    return "cooldown"
  end
  if not last or time > last then
    redis.call("HSET", state, "last", string.format("%.17g", time))
  end
  return "fired"
end

local outcomes = {}
for i, item in ipairs(cmsgpack.unpack(ARGV[2])) do
  local state, decision, story = KEYS[3 * i - 1], KEYS[3 * i], KEYS[3 * i + 1]
  local outcome = redis.call("GET", decision)
  if not outcome then
    local article, time, cooldown, too_old, key = unpack(item)
    outcome = decide(state, story, article, time, cooldown, too_old)
    if outcome == "fired" then
      local sequence = redis.call("HINCRBY", state, "sequence", 1)
      redis.call("EXPIRE", state, ttl)
      redis.call("XADD", KEYS[1], "*", "key", key, "sequence", sequence, "alert", ARGV[2 + i])
    end
    redis.call("SET", decision, outcome, "EX", ttl)
  end
  outcomes[i] = outcome
end
return outcomes
