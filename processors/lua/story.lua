-- Find the story of an article: the one it was given before, else that of the same text, else a new one.
-- Once given, a story never changes.
--
-- KEYS[1]  story of the article: string
-- KEYS[2]  story of the text: string
-- ARGV     id of a new story, ttl (s)
-- returns  the story's id
local story = redis.call("GET", KEYS[1])
if story then
  return story
end
story = redis.call("GET", KEYS[2]) or ARGV[1]
redis.call("SET", KEYS[1], story, "EX", ARGV[2])
redis.call("SET", KEYS[2], story, "EX", ARGV[2])
return story
