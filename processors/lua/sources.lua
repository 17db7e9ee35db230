-- Note which sources named the subjects of one shard. Noting them again changes nothing.
--
-- KEYS[i]  sources that named subject i in an hour: HyperLogLog
-- ARGV     ttl (s), packed list: {source...} of subject i
for i, sources in ipairs(cmsgpack.unpack(ARGV[2])) do
  local changed = 0
  for _, source in ipairs(sources) do
    changed = changed + redis.call("PFADD", KEYS[i], source)
  end
  if changed > 0 then
    redis.call("EXPIRE", KEYS[i], ARGV[1])
  end
end
return #KEYS
