-- Let one worker at a time speak for the group: take the lease, or hold it for longer when it is one's own already.
--
-- KEYS[1]  lease: string, the id of the worker that speaks
-- ARGV     id, lease (ms)
-- returns  1 when the worker speaks for the group, 0 when another does
local holder = redis.call("GET", KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return 1
