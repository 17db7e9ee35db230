-- Add up counts of one shard over the hours of a window.
--
-- KEYS     buckets: hashes of counts of an hour
-- ARGV[1]  packed list: field...
-- returns  list: the sum of each field
local fields = cmsgpack.unpack(ARGV[1])
local sums = {}
for n = 1, #fields do
  sums[n] = 0
end
for _, bucket in ipairs(KEYS) do
  for n, field in ipairs(fields) do
    sums[n] = sums[n] + (redis.call("HGET", bucket, field) or 0)
  end
end
return sums
