-- Decide what an article that meets a rule does, once, and put the alert, if it is one, into the outbox.
-- Asked again for the same article, the decision is the recorded one and nothing is written.
--
-- KEYS[1]  decisions of the rule and group: hash of "a:<article>" = outcome, "s:<story>" = first article,
--          "last" = event time of the last alert (s), "sequence" = alerts so far
-- KEYS[2]  outbox: stream of alerts that wait for Kafka
-- ARGV     article, story, event time (s), cooldown (s), is it too old (0 or 1), ttl (s), key, alert (JSON)
-- returns  outcome: "fired", "story", "cooldown" or "too_old"
local recorded = redis.call("HGET", KEYS[1], "a:" .. ARGV[1])
if recorded then
  return recorded
end
local outcome = "fired"
local last = tonumber(redis.call("HGET", KEYS[1], "last"))
local time = tonumber(ARGV[3])
local cooldown = tonumber(ARGV[4])
if ARGV[5] == "1" then
  outcome = "too_old"
elseif redis.call("HSETNX", KEYS[1], "s:" .. ARGV[2], ARGV[1]) == 0 then
  outcome = "story"
elseif last and cooldown > 0 and math.abs(time - last) < cooldown then
  outcome = "cooldown"
else
  local sequence = redis.call("HINCRBY", KEYS[1], "sequence", 1)
  if not last or time > last then
    redis.call("HSET", KEYS[1], "last", ARGV[3])
  end
  redis.call("XADD", KEYS[2], "*", "key", ARGV[7], "sequence", sequence, "alert", ARGV[8])
end
redis.call("HSET", KEYS[1], "a:" .. ARGV[1], outcome)
redis.call("EXPIRE", KEYS[1], ARGV[6])
return outcome
