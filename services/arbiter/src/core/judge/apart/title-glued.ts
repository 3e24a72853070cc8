/** Names of passengers (IATA) with a form of address written together with the last of them: KOWALSKI/ANNA MARIAMRS. */
const GLUED = /^\p{Lu}[\p{Lu} '-]*\/\p{Lu}[\p{Lu} ]*\p{Lu}{2}(?:MR|MRS|MS|MISS|MSTR|CHD|INF)$/u;

/** One member has the given name as it stands there, so that the form of address is part of it. */
export function isTitleGlued(text: string, values: readonly string[]): boolean {
  return (
    GLUED.test(text) &&
    values.some((value) => value !== text && text.endsWith(value) && GLUED.test(`X/${value}`))
  );
}
