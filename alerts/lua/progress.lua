-- Note how far partitions are processed, and when articles came; no time moves back, whoever tells of it.
--
-- KEYS[1]  watermark: hash, partition = time up to which it is processed (s), "newest" = time of the newest article (s),
--          "alive" = time of the first article after a gap (s)
-- ARGV     ttl (s), how long a gap is (s), then time of the newest article and of the first one without a gap behind it,
--          "" for no article, then partition, time...
-- returns  how many fields the hash has
local function advance(field, time)
  local before = tonumber(redis.call("HGET", KEYS[1], field))
  if not before or tonumber(time) > before then
    redis.call("HSET", KEYS[1], field, time)
  end
end

if ARGV[3] ~= "" then
  local newest = tonumber(redis.call("HGET", KEYS[1], "newest"))
  if not newest or tonumber(ARGV[4]) > newest + ARGV[2] then
    advance("alive", ARGV[4])
  end
  advance("newest", ARGV[3])
end
for n = 5, #ARGV, 2 do
  advance(ARGV[n], ARGV[n + 1])
end
redis.call("EXPIRE", KEYS[1], ARGV[1])
return redis.call("HLEN", KEYS[1])
