-- Count articles and stories of one shard for those of their subjects that they have not been counted for.
-- Doing it again counts nothing, and a revision counts only what is new in it.
--
-- KEYS     claims and buckets, as the list names them
--          claim: string of 5-byte marks, one for each subject that an article or story was counted for
--          bucket: hash of counts of an hour, field = kind .. subject
-- ARGV     claims' ttl (s), buckets' ttl (s), packed list of {claim's index, bucket's index, kind, {subject...}},
--          then for each of the list the marks of its subjects in one string; kind is "a:" or "s:"
-- returns  list: 0 the claimant is new, 1 it was there and nothing was new, 2 it was there and something was new
local WIDTH = 5
local NEW, DUPLICATE, REVISED = 0, 1, 2
local sums = {}
local answers = {}

local function add(bucket, field)
  local fields = sums[bucket] or {}
  fields[field] = (fields[field] or 0) + 1
  sums[bucket] = fields
end

local function marks_in(claim)
  local known = {}
  for at = 1, #claim, WIDTH do
    known[string.sub(claim, at, at + WIDTH - 1)] = true
  end
  return known
end

for i, item in ipairs(cmsgpack.unpack(ARGV[3])) do
  local key, bucket, kind, marks, subjects = KEYS[item[1]], item[2], item[3], ARGV[3 + i], item[4]
  local claim = redis.call("GET", key)
  if claim == marks then
    answers[i] = DUPLICATE
  else
    local known = marks_in(claim or "")
    local added = {claim or ""}
    for n, subject in ipairs(subjects) do
      local mark = string.sub(marks, (n - 1) * WIDTH + 1, n * WIDTH)
      if not known[mark] then
        added[#added + 1] = mark
        add(bucket, kind .. subject)
      end
    end
    if not claim or #added > 1 then
      redis.call("SET", key, table.concat(added), "EX", ARGV[1])
    end
    answers[i] = not claim and NEW or (#added > 1 and REVISED or DUPLICATE)
  end
end

for bucket, fields in pairs(sums) do
  for field, count in pairs(fields) do
    redis.call("HINCRBY", KEYS[bucket], field, count)
  end
  redis.call("EXPIRE", KEYS[bucket], ARGV[2])
end
return answers
