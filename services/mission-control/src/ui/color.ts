/** Colours of the tokens for what cannot read style sheets (a canvas). */

const resolved = new Map<string, string>();
const themed = new EventTarget();
let probe: HTMLElement | undefined;

function forget(): void {
  resolved.clear();
  themed.dispatchEvent(new Event('themed'));
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', forget);
new MutationObserver(forget).observe(document.documentElement, { attributeFilter: ['data-theme'] });

/** What `var(--name)` is now, as a colour that a canvas takes. `light-dark()` is only resolved on an element. */
export function colorOf(name: string): string {
  const known = resolved.get(name);
  if (known !== undefined) return known;
  if (probe === undefined) {
    probe = document.createElement('span');
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  const color = getComputedStyle(probe).color;
  resolved.set(name, color);
  return color;
}

/** Calls back when every colour may be another. */
export function onTheme(listener: () => void): () => void {
  themed.addEventListener('themed', listener);
  return () => themed.removeEventListener('themed', listener);
}
