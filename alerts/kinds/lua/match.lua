-- Fire for each story once.
--
-- KEYS     of an item: state, decision, story
return judge(3, function(item, state, story)
  if item.too_old then
    return "too_old"
  end
  if not claim(story, item) then
    return "story"
  end
  return let_out(state, item, item.time)
end)
