-- Decide of silences that have lasted for a period, each period once; alerts held back go through the outbox too,
-- since no article that comes again would bring them back.
--
-- KEYS     of an item: state: hash, also "since" = when the silence began (s), "told" = how many periods were judged
-- ARGV     an item has also since and periods, as they were found; time is the last period's end
-- returns  list: outcome of each item, "" where the silence is over or another worker was first
local outcomes = {}
for i, item in ipairs(cmsgpack.unpack(ARGV[2])) do
  local state, outcome = KEYS[1 + i], ""
  if redis.call("HGET", state, "since") == item.since and tonumber(redis.call("HGET", state, "told")) < item.periods then
    outcome = item.too_old and "too_old" or let_out(state, item, item.time)
    redis.call("HSET", state, "told", item.periods)
    if outcome == "fired" then
      put_out(state, item, ARGV[2 + i])
    else
      redis.call("XADD", KEYS[1], "*", "key", item.key, "sequence", 0, "alert", ARGV[2 + i], "outcome", outcome)
    end
  end
  outcomes[i] = outcome
end
return outcomes
