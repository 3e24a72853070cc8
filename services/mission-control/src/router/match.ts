/** Values of a pattern's `:names` in a path, decoded; undefined where the path is another. */
export type Params = Readonly<Record<string, string>>;

/** `/m/:migration/requests/:id` against `/m/bank/requests/7`. A trailing slash makes no difference. */
export function match(pattern: string, path: string): Params | undefined {
  const wanted = parts(pattern);
  const given = parts(path);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index]!;
    if (part.startsWith(':')) {
      const decoded = decode(value);
      if (decoded === undefined) return undefined;
      params[part.slice(1)] = decoded;
    } else if (part !== value) return undefined;
  }
  return params;
}

/** The path of a pattern with its `:names` filled in. */
export function path(pattern: string, params: Params = {}): string {
  return pattern.replaceAll(/:([a-z]+)/gi, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`path ${pattern} needs ${name}`);
    return encodeURIComponent(value);
  });
}

function parts(text: string): string[] {
  return text.split('/').filter((part) => part !== '');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
