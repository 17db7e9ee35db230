-- Find the story of each article: the one it was given before, else that of the closest copy, else a new one.
-- Once given, a story never changes; a revision only changes what later copies are compared with.
-- Articles are taken in order, so that copies in one batch find each other.
--
-- KEYS     stories of articles, and texts of a language and period, as the list names them
--          story of an article: string, the story .. the mark of the text that was there last
--          texts: hash of texts by reference (8 bytes): time .. halvings .. bands .. story .. shingles (4 bytes each),
--          and of bands (4 bytes): the references of texts that have them, the newest last
-- ARGV     ttl of stories (s), window (s), least Jaccard, least containment, fewest shingles that make a containment,
--          packed list of {index of its story, time (s), digest of its text: the story that it may open,
--          halvings, number of bands, number of shingles, indices of the texts it may be a copy of, index of those it
--          joins}, then in one string for each of the list its reference .. bands .. shingles
-- returns  list: the story of each article
local DIGEST, MARK, NUMBER, REFERENCE = 32, 8, 4, 8
local HEAD, HEAD_SIZE = ">I4BBc32", 38
local PER_BAND, COMPARED, WORTHWHILE = 8, 4, 0.25
local EQUAL = math.huge
local ttl, window, least_jaccard, least_containment, fewest = unpack(ARGV, 1, 5)
local there, written = {}, {}

local function exists(key)
  if there[key] == nil then
    there[key] = redis.call("EXISTS", key) == 1
  end
  return there[key]
end

local function pieces(joined, size)
  local found = {}
  for at = 1, #joined, size do
    found[#found + 1] = string.sub(joined, at, at + size - 1)
  end
  return found
end

local function numbers(shingles)
  return {struct.unpack(string.rep("<I4", #shingles / NUMBER), shingles)}
end

-- Whether two texts have as many bands in common as copies are likely to have: at least a quarter of those that the
-- shorter would have in common with a text that holds all of it.
local function is_worthwhile(common, one, other)
  local length, other_length = #one.shingles * 2 ^ one.halvings, #other.shingles * 2 ^ other.halvings
  local share = math.min(one.bands / length, other.bands / other_length)
  return common >= WORTHWHILE * share * math.min(length, other_length)
end

-- The shingles of the article itself below a limit, as a set, and how many they are; made once for a limit.
local function own_below(own, limit)
  if not own[limit] then
    own.list = own.list or numbers(own.shingles)
    local set, count = {}, 0
    for i = 1, #own.list do
      if own.list[i] < limit then
        set[own.list[i]], count = 0, count + 1
      end
    end
    own[limit] = {set, count}
  end
  return own[limit][1], own[limit][2]
end

-- How near a text comes: 1 when it has just what a copy must have, and more the nearer it is.
local function closeness(own, other, round)
  local limit = 2 ^ (32 - math.max(own.halvings, other.halvings))
  local mine, my_count = own_below(own, limit)
  local theirs, their_count, shared = numbers(other.shingles), 0, 0
  for i = 1, #theirs do
    local number = theirs[i]
    if number < limit then
      their_count = their_count + 1
      local seen = mine[number]
      if seen and seen < round then
        mine[number], shared = round, shared + 1
      end
    end
  end
  local shorter = math.min(my_count, their_count)
  local contained = shorter >= tonumber(fewest) and shared / shorter or 0
  local jaccard = shared / math.max(1, my_count + their_count - shared)
  return math.max(jaccard / least_jaccard, contained / least_containment)
end

-- The texts that have bands in common with an article, those with the most of them first, the newest of equals; and
-- for each band those at home.
local function candidates(bands, places, home)
  local found, by_reference, at_home = {}, {}, {}
  for _, place in ipairs(places) do
    if exists(KEYS[place]) then
      local lists = redis.call("HMGET", KEYS[place], unpack(bands))
      at_home = place == home and lists or at_home
      for _, references in ipairs(lists) do
        for at = 1, references and #references or 0, REFERENCE do
          local reference = string.sub(references, at, at + REFERENCE - 1)
          local known = by_reference[reference]
          if not known then
            known = {reference = reference, place = place, common = 0, age = #found}
            found[#found + 1], by_reference[reference] = known, known
          end
          known.common = known.common + 1
        end
      end
    end
  end
  table.sort(found, function(a, b)
    return a.common > b.common or (a.common == b.common and a.age > b.age)
  end)
  return found, at_home
end

local function read(candidate)
  local value = redis.call("HGET", KEYS[candidate.place], candidate.reference)
  local time, halvings, bands, story = struct.unpack(HEAD, value)
  return {time = time, halvings = halvings, bands = bands, story = story, shingles = string.sub(value, HEAD_SIZE + 1)}
end

-- The story of the closest of some texts, and where that text is when it is equal.
local function closest(own, found)
  local best, story, equal = 1, nil, nil
  for round = 1, math.min(COMPARED, #found) do
    local other = read(found[round])
    local near = 0
    if math.abs(other.time - own.time) > tonumber(window) then
      near = 0
    elseif other.shingles == own.shingles then
      near = EQUAL
    elseif is_worthwhile(found[round].common, own, other) then
      near = closeness(own, other, round)
    end
    if near > best or (near == best and not story) then
      best, story, equal = near, other.story, near == EQUAL and found[round].place
    end
  end
  return story, equal
end

-- Let later articles find a text; of those with one band only the newest are remembered.
local function remember(key, reference, own, bands, at_home, story)
  local fields = {reference, struct.pack(HEAD, own.time, own.halvings, own.bands, story) .. own.shingles}
  for i, band in ipairs(bands) do
    local references, known = at_home[i], false
    for at = 1, references and #references or 0, REFERENCE do
      known = known or string.sub(references, at, at + REFERENCE - 1) == reference
    end
    if not known then
      fields[#fields + 1] = band
      fields[#fields + 1] = string.sub((references or "") .. reference, -PER_BAND * REFERENCE)
    end
  end
  redis.call("HSET", key, unpack(fields))
  there[key], written[key] = true, true
end

-- The story of a text that is compared by parts.
local function compared(own, reference, bands, known, digest, places, home)
  local found, at_home = candidates(bands, places, home)
  local story, equal = known, nil
  if not story then
    story, equal = closest(own, found)
  end
  story = story or digest
  if equal ~= home then
    remember(KEYS[home], reference, own, bands, at_home, story)
  end
  return story
end

local stories = {}
local at = 1
local function take(size)
  at = at + size
  return string.sub(ARGV[7], at - size, at - 1)
end

for i, item in ipairs(cmsgpack.unpack(ARGV[6])) do
  local key, time, digest, halvings, band_count, shingle_count, places, home = unpack(item)
  local reference, bands, shingles = take(REFERENCE), take(NUMBER * band_count), take(NUMBER * shingle_count)
  local known = redis.call("GET", KEYS[key])
  local mark = string.sub(digest, 1, MARK)
  local story = known and string.sub(known, 1, DIGEST)
  if not known or string.sub(known, DIGEST + 1) ~= mark then
    if band_count > 0 then
      local own = {time = time, halvings = halvings, bands = band_count, shingles = shingles}
      story = compared(own, reference, pieces(bands, NUMBER), story, digest, places, home)
    end
    story = story or digest
    redis.call("SET", KEYS[key], story .. mark, "EX", ttl)
  end
  stories[i] = story
end
for key in pairs(written) do
  redis.call("EXPIRE", key, window)
end
return stories
