/** What a masked text shows, without its mask and groups; undefined when nothing is masked. */
export function visibleOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length < 4 || text.length > 64 || !/[*•●]{2,}|X{4,}/.test(text))
    return undefined;
  return text.replaceAll(/[ -]/g, '').replaceAll(/[*•●]+|X{2,}/g, '*');
}
