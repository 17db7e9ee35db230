-- Add articles to their groups' windows, and fire where a window holds enough.
-- The newest members are kept, as many as it takes: whether there is enough never depends on more.
--
-- KEYS     of an item: state, decision, story
--          window: sorted set, member scored by the event time of its newest article (s)
-- ARGV     an item has also member = what it counts as, threshold, window (s), by_story = whether stories are counted
return judge(4, function(item, state, story, window)
  redis.call("ZADD", window, "GT", exact(item.time), item.member)
  redis.call("ZREMRANGEBYRANK", window, 0, -item.threshold - 1)
  local newest = tonumber(redis.call("ZREVRANGE", window, 0, 0, "WITHSCORES")[2])
  local opens = newest - item.window
  redis.call("ZREMRANGEBYSCORE", window, "-inf", exact(opens))
  redis.call("EXPIRE", window, exact(math.ceil(item.keep)))
  if item.time <= opens then
    return "late"
  end
  if item.too_old then
    return "too_old"
  end
  local known = redis.call("EXISTS", story) == 1
  if item.by_story then
    claim(story, item)
  end
  local found = redis.call("ZCARD", window)
  if found < item.threshold then
    return "below:" .. found
  end
  if known then
    return "story"
  end
  local outcome = let_out(state, item, newest)
  if outcome ~= "cooldown" then
    claim(story, item)
  end
  return outcome
end)
