-- Find the story of each article: the one it was given before, else a new one of its text.
-- Once given, a story never changes.
--
-- KEYS[i]  story of article i: string
-- ARGV     ttl (s), packed list: the story that article i opens if it has none
-- returns  list: the story of article i
local opened = cmsgpack.unpack(ARGV[2])
local stories = {}
for i, key in ipairs(KEYS) do
  local story = redis.call("GET", key)
  if not story then
    story = opened[i]
    redis.call("SET", key, story, "EX", ARGV[1])
  end
  stories[i] = story
end
return stories
