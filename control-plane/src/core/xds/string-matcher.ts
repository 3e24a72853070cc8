import { RE2JS } from '@bufbuild/re2';
import type { StringMatcher } from '@chronos/envoy/api/envoy/type/matcher/v3/string_pb.js';

/**
 * A matcher of envoy.type.matcher.v3 as a function. A regular expression (RE2's syntax, linear time) matches the whole text.
 * @throws Error for a regular expression that cannot be read, and for a matcher of another kind
 */
export function stringMatcher({ matchPattern, ignoreCase }: StringMatcher): (text: string) => boolean {
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  switch (matchPattern.case) {
    case 'exact':
      return (text) => fold(text) === fold(matchPattern.value);
    case 'prefix':
      return (text) => fold(text).startsWith(fold(matchPattern.value));
    case 'suffix':
      return (text) => fold(text).endsWith(fold(matchPattern.value));
    case 'contains':
      return (text) => fold(text).includes(fold(matchPattern.value));
    case 'safeRegex': {
      const regex = RE2JS.compile(matchPattern.value.regex);
      return (text) => regex.matches(text);
    }
    default:
      throw new Error('a string is matched by exact, prefix, suffix, contains or safe_regex');
  }
}
