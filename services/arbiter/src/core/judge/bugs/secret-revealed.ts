import { textRule } from './text-pairs.ts';

export const secretRevealed = textRule({
  name: 'secret-revealed',
  shows: 'Modern shows what legacy masks with asterisks.',
  spares: 'Another masking sign.',
  how({ legacy, modern }) {
    const mask = /[*•●]{2,}|X{4,}/.exec(legacy);
    if (mask === null) return undefined;
    return /[*•●]{2,}|[xX#]{4,}/.test(modern) ? undefined : 'what legacy masks is readable';
  },
});
