-- Posts leads, each of another person, for some seconds, and prints what came of them; load.ts does the same without wrk.
--   wrk -t1 -cN -dMOST -s load.lua URL -- TEMPLATES FIRST_PERSON SECONDS TOKEN
-- Latencies are our own: wrk adds to its own what it thinks that an open load would have seen.
local ffi = require 'ffi'
ffi.cdef [[
  typedef struct { long seconds; long microseconds; } moment;
  int gettimeofday(moment *now, void *zone);
  int getpid(void);
  int kill(int pid, int signal);
]]

local PLACE = '#########'
local SIGINT = 2
local NEVER_MS = 3600000
local moment = ffi.new('moment')
local templates, headers, person, seconds = {}, {}, 0, 0
local begun = {}

-- What done() asks for.
sent, answered, started, ended = 0, 0, 0, 0
statuses, latencies = {}, {}

local function now_ms()
  ffi.C.gettimeofday(moment, nil)
  return tonumber(moment.seconds) * 1000 + tonumber(moment.microseconds) / 1000
end

function setup(thread)
  the_thread = thread
end

function init(args)
  for line in io.lines(args[1]) do templates[#templates + 1] = line end
  person, seconds = tonumber(args[2]), tonumber(args[3])
  headers = { ['Authorization'] = 'Bearer ' .. args[4], ['Content-Type'] = 'application/json' }
end

-- When the time is over nothing more is begun, but everything that was begun is awaited.
function delay()
  if started == 0 then started = now_ms() end
  return now_ms() - started < seconds * 1000 and 0 or NEVER_MS
end

-- Called once before the first delay, too: for wrk to see what a request looks like.
function request()
  local name = tostring(person)
  local body = templates[person % #templates + 1]:gsub(PLACE, name)
  if started > 0 then
    person = person + 1
    sent = sent + 1
    begun[name] = now_ms()
  end
  return wrk.format('POST', nil, headers, body)
end

function response(status, _, body)
  ended = now_ms()
  answered = answered + 1
  statuses[status] = (statuses[status] or 0) + 1
  if status == 201 then
    local name = body:match('%.(%d%d%d%d%d%d%d%d%d)@')
    latencies[#latencies + 1] = ended - begun[name]
    begun[name] = nil
  end
  if answered == sent and ended - started >= seconds * 1000 then ffi.C.kill(ffi.C.getpid(), SIGINT) end
end

function done()
  local counts, times = {}, {}
  for status, count in pairs(the_thread:get('statuses')) do counts[#counts + 1] = ('"%d":%d'):format(status, count) end
  for index, ms in ipairs(the_thread:get('latencies')) do times[index] = ('%.3f'):format(ms) end
  print(('{"sent":%d,"statuses":{%s},"started":%.3f,"ended":%.3f,"cpu_s":%.3f,"latencies":[%s]}'):format(
    the_thread:get('sent'), table.concat(counts, ','), the_thread:get('started'), the_thread:get('ended'), os.clock(),
    table.concat(times, ',')))
end
