"""The script by which a worker picks up jobs: it locks and reads all that can start at once."""

# arq leaves the ids of running jobs in the queue, and reads only the first hundred or so: the running
# jobs of a fleet would hide the waiting ones. So this script passes running jobs over. It locks and
# reads all that can start at once; if any are left, it pushes a token, which wakes one more worker.
# There is never more than one token. While steps can't be served, it passes jobs over, but not
# webhooks.
TAKE = """
local taken, offset, page = {}, 0, 100
repeat
  local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', offset, page)
  for _, id in ipairs(ids) do
    if ARGV[4] ~= '' and string.match(id, ARGV[4]) then
      -- It waits.
    elseif #taken >= 2 * tonumber(ARGV[2]) then
      if redis.call('EXISTS', KEYS[3] .. id) == 0 then
        redis.call('LPUSH', KEYS[2], 1)
        redis.call('LTRIM', KEYS[2], 0, 0)
        return taken
      end
    elseif redis.call('SET', KEYS[3] .. id, '1', 'NX', 'PX', ARGV[3]) then
      taken[#taken + 1] = id
      taken[#taken + 1] = redis.call('GET', KEYS[4] .. id)
    end
  end
  offset = offset + page
until #ids < page
return taken
"""
