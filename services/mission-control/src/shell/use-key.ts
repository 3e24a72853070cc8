import { useEffect, useRef } from 'react';
import { keys } from './settings.ts';

/** Does something when a single key is pressed outside of a field and of a dialog, unless single keys are switched off. */
export function useKey(key: string, act: () => void): void {
  useKeys([key], act);
}

/** The same for any of several keys. Enter on a control is the control's own. */
export function useKeys(wanted: readonly string[], act: (key: string) => void): void {
  const newest = useRef({ wanted, act });
  newest.current = { wanted, act };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key } = event;
      if (!newest.current.wanted.includes(key)) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (keys.get() === 'off' || document.querySelector('dialog[open]') !== null) return;
      if (ownsKey(event.target, key)) return;
      event.preventDefault();
      newest.current.act(key);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function ownsKey(at: EventTarget | null, key: string): boolean {
  if (!(at instanceof HTMLElement)) return false;
  if (at instanceof HTMLInputElement && at.type === 'radio') return false;
  if (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return true;
  return key === 'Enter' && /^(A|BUTTON|SUMMARY)$/.test(at.tagName);
}
