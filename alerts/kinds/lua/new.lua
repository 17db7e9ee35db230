-- Note when groups were seen, and fire for those that were not for long enough.
--
-- KEYS     of an item: state, which has also "seen" = the newest event time the group was seen at (s), decision, story
--          rule: hash, "began" = when the rule did (s)
-- ARGV     an item has also new = how long the group must have been away (s), learning (s)
return judge(4, function(item, state, story, rule)
  redis.call("HSETNX", rule, "began", exact(item.time))
  keep_alive(rule, item.keep)
  local seen = tonumber(redis.call("HGET", state, "seen"))
  if not seen or item.time > seen then
    redis.call("HSET", state, "seen", exact(item.time))
    redis.call("EXPIRE", state, exact(math.ceil(item.keep)))
  end
  if seen and item.time <= seen - item.new then
    return "late"
  end
  if seen and item.time < seen + item.new then
    return "known"
  end
  if item.time < redis.call("HGET", rule, "began") + item.learning then
    return "learning"
  end
  if item.too_old then
    return "too_old"
  end
  if not claim(story, item) then
    return "story"
  end
  return let_out(state, item, item.time)
end)
