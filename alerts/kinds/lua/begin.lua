-- Note where the watermark stood when rules came; noting it again changes nothing.
--
-- KEYS[i]  rule: hash, "began" = when rule i did (s)
-- ARGV     ttl (s), packed list: how long what is known of rule i is kept (s), watermark (s)
for i, seconds in ipairs(cmsgpack.unpack(ARGV[2])) do
  redis.call("HSETNX", KEYS[i], "began", ARGV[3])
  keep_alive(KEYS[i], seconds)
end
return #KEYS
