-- Add up counts of one shard over the hours of a window.
--
-- KEYS     buckets: hashes of counts of an hour
-- ARGV[1]  packed list: field...
-- returns  list: the sum of each field
local AT_ONCE = 1000 -- Lua hands a function no more than some thousand arguments
local fields = cmsgpack.unpack(ARGV[1])
local sums = {}
for n = 1, #fields do
  sums[n] = 0
end
for first = 1, #fields, AT_ONCE do
  local last = math.min(first + AT_ONCE - 1, #fields)
  for _, bucket in ipairs(KEYS) do
    for n, count in ipairs(redis.call("HMGET", bucket, unpack(fields, first, last))) do
      sums[first + n - 1] = sums[first + n - 1] + (count or 0)
    end
  end
end
return sums
