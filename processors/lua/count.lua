-- Count an article or a story for those of its subjects that it has not been counted for.
-- Doing it again counts nothing, and a revision counts only what is new in it.
--
-- KEYS[1]  claim: string of marks, one for each subject already counted
-- KEYS[2]  bucket: hash of counts of the hour, field = kind .. subject
-- ARGV     claim's ttl (s), bucket's ttl (s), kind ("a:" or "s:"), subject...
-- returns  0 the claimant is new, 1 it was there and nothing was new, 2 it was there and something was new
local marks = redis.call("GET", KEYS[1])
local known = marks and true or false
marks = marks or " "
local new = 0
for i = 4, #ARGV do
  local mark = string.sub(redis.sha1hex(ARGV[i]), 1, 10) .. " "
  if not string.find(marks, " " .. mark, 1, true) then
    marks = marks .. mark
    new = new + 1
    redis.call("HINCRBY", KEYS[2], ARGV[3] .. ARGV[i], 1)
  end
end
if new > 0 then
  redis.call("EXPIRE", KEYS[2], ARGV[2])
end
if new > 0 or not known then
  redis.call("SET", KEYS[1], marks, "EX", ARGV[1])
end
if not known then
  return 0
end
return new > 0 and 2 or 1
