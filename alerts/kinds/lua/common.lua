-- What the scripts of the kinds begin with; Redis's Lua can't import, so this text is put before theirs.
-- A decision is made once for each article, rule and group; asked again, the recorded one is returned, nothing written.
--
-- KEYS[1]  outbox: stream of alerts that wait for Kafka
-- KEYS     then for each item those that its kind lists, all of its rule and group; of kinds that decide by article:
--          state: hash, "last" = event time of the last alert (s), "sequence" = alerts so far
--          decision for the article: string, the outcome
--          story: string, the article that was first to be let out or held back for it
-- ARGV     ttl (s), packed list of items, then the alert (JSON) of each item
--          item: key = its key in the outbox, article, time = event time (s), cooldown (s), keep = ttl of the state (s),
--          too_old = whether it must not fire any more, silence = what to record of the silence over it, "" without one
-- returns  list: outcome of each item; behind "below" and "silenced" a colon and what was found
local TTL = ARGV[1]

local function exact(number)
  return string.format("%.17g", number)
end

local function keep_alive(key, seconds)
  if redis.call("TTL", key) < seconds / 2 then
    redis.call("EXPIRE", key, exact(math.ceil(seconds)))
  end
end

local function claim(story, item)
  return redis.call("SET", story, item.article, "NX", "EX", TTL)
end

local function let_out(state, item, at)
  local last = tonumber(redis.call("HGET", state, "last"))
  if last and item.cooldown > 0 and math.abs(at - last) < item.cooldown then
    return "cooldown"
  end
  if item.silence ~= "" then
    return "silenced:" .. item.silence
  end
  if not last or at > last then
    redis.call("HSET", state, "last", exact(at))
  end
  return "fired"
end

local function put_out(state, item, alert)
  local sequence = redis.call("HINCRBY", state, "sequence", 1)
  redis.call("EXPIRE", state, exact(math.ceil(item.keep)))
  redis.call("XADD", KEYS[1], "*", "key", item.key, "sequence", sequence, "alert", alert)
end

local function judge(width, decide)
  local outcomes = {}
  for i, item in ipairs(cmsgpack.unpack(ARGV[2])) do
    local first = 2 + (i - 1) * width
    local state, decision = KEYS[first], KEYS[first + 1]
    local outcome = redis.call("GET", decision)
    if not outcome then
      outcome = decide(item, state, KEYS[first + 2], KEYS[first + 3])
      if outcome == "fired" then
        put_out(state, item, ARGV[2 + i])
      end
      redis.call("SET", decision, outcome, "EX", TTL)
    end
    outcomes[i] = outcome
  end
  return outcomes
end
