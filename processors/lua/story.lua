-- Find the story of each article: the one it was given before, else that of the closest copy, else a new one.
-- Once given, a story never changes; a revision only changes what later copies are compared with.
-- Articles are taken in order, so that copies in one batch find each other.
--
-- KEYS     stories of articles, and texts of a language and period, as the list names them
--          story of an article: string, the story .. the mark of the text it was found for
--          texts: hash of bands (4 bytes: 8-byte references to texts, the newest last)
--          and of texts (reference: header .. shingles of 4 bytes)
-- ARGV     ttl of stories (s), window (s), least Jaccard, least containment, fewest shared shingles for containment,
--          packed list of {index of its story, reference, time (s), digest of its text = story that it opens,
--          shingles, bands, halvings, indices of the texts it is compared with, index of the texts it joins}
-- returns  list: the story of each article
local DIGEST, MARK, BAND, REFERENCE = 32, 8, 4, 8
local CANDIDATES_OF_BAND, COMPARED, MOST_BANDS = 8, 4, 64
local HEADER = ">I4I1c32"
local HEADER_SIZE = 4 + 1 + DIGEST
local ttl, window = ARGV[1], tonumber(ARGV[2])
local jaccard_wanted, containment_wanted, fewest_contained = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local there, written = {}, {}

local function exists(texts)
  if there[texts] == nil then
    there[texts] = redis.call("EXISTS", KEYS[texts]) == 1
  end
  return there[texts]
end

local function pieces(joined, size)
  local found = {}
  for at = 1, #joined, size do
    found[#found + 1] = string.sub(joined, at, at + size - 1)
  end
  return found
end

local function numbers(shingles)
  return {struct.unpack(string.rep("<I4", #shingles / 4), shingles)}
end

local function below(list, halvings)
  local limit, set, count = 2 ^ (32 - halvings), {}, 0
  for _, number in ipairs(list) do
    if number < limit and not set[number] then
      set[number], count = true, count + 1
    end
  end
  return set, count
end

-- How far two texts are above what copies must have in common: 1 and more for copies.
local function closeness(one, other, halvings)
  local mine, my_count = below(one, halvings)
  local _, count = below(other, halvings)
  local limit, shared = 2 ^ (32 - halvings), 0
  for _, number in ipairs(other) do
    if number < limit and mine[number] then
      mine[number], shared = nil, shared + 1
    end
  end
  local jaccard = shared / math.max(1, my_count + count - shared)
  local contained = shared >= fewest_contained and shared / math.min(my_count, count) or 0
  return math.max(jaccard / jaccard_wanted, contained / containment_wanted)
end
return {}
