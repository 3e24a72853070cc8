import { LuaSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/lua/v3/lua_pb.js';
import { plugin } from './messages.ts';
import { CUSTOMER_HEADER } from './names.ts';

/** Longer tokens are not read; their requests count as without a customer. */
const tokenBytesMax = 8_192;

/**
 * Reads a claim of the bearer token into a header of the proxy's own, for the split only. The signature is not checked: whoever forges a claim
 * chooses which universe answers, nothing else, for both verify the token themselves. Setting the header makes Envoy choose the route anew.
 */
export function customerClaim(claim: string) {
  return plugin('envoy.filters.http.lua', LuaSchema, {
    defaultSourceCode: { specifier: { case: 'inlineString', value: source(claim) } },
  });
}

/** Claims are found at the top level of the payload only; strings and whole numbers name a customer. */
function source(claim: string): string {
  return `local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
local value_of = {}
for i = 1, #alphabet do value_of[string.byte(alphabet, i)] = i - 1 end
value_of[string.byte("+")], value_of[string.byte("/")] = 62, 63

local function decode(text)
  local out, bits, count = {}, 0, 0
  for i = 1, #text do
    local value = value_of[string.byte(text, i)]
    if value == nil then return nil end
    bits, count = bits * 64 + value, count + 6
    if count >= 8 then
      count = count - 8
      local byte = math.floor(bits / 2 ^ count)
      out[#out + 1] = string.char(byte)
      bits = bits - byte * 2 ^ count
    end
  end
  return table.concat(out)
end

-- The end of the JSON string that begins at the quote at from.
local function string_end(json, from)
  local at = from + 1
  while at <= #json do
    local char = string.sub(json, at, at)
    if char == "\\\\" then at = at + 2
    elseif char == '"' then return at
    else at = at + 1 end
  end
end

local function top_level_claim(json, name)
  local depth, at = 0, 1
  while at <= #json do
    local char = string.sub(json, at, at)
    if char == "{" or char == "[" then depth = depth + 1
    elseif char == "}" or char == "]" then depth = depth - 1
    elseif char == '"' then
      local last = string_end(json, at)
      if last == nil then return nil end
      local value_at = string.match(json, "^%s*:%s*()", last + 1)
      if depth == 1 and value_at and string.sub(json, at + 1, last - 1) == name then
        if string.sub(json, value_at, value_at) ~= '"' then return string.match(json, "^-?%d+", value_at) end
        local value_end = string_end(json, value_at)
        return value_end and string.sub(json, value_at + 1, value_end - 1)
      end
      at = last
    end
    at = at + 1
  end
end

function envoy_on_request(handle)
  local authorization = handle:headers():get("authorization")
  if authorization == nil or #authorization > ${tokenBytesMax} then return end
  local payload = string.match(authorization, "^[Bb]earer%s+[%w_-]+%.([%w_-]+)%.")
  local json = payload and decode(payload)
  local customer = json and top_level_claim(json, "${claim}")
  -- A control character would make the request invalid.
  if customer and customer ~= "" and not string.find(customer, "%c") then
    handle:headers():replace("${CUSTOMER_HEADER}", customer)
  end
end
`;
}
